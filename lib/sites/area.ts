import { defineArea } from "../shared/define-area.ts";

export const sites = defineArea({
  name: "sites",
  permissions: {
    "site.read": { allows: "see sites", roles: ["super_user", "network_admin", "observer", "installer", "helpdesk", "super_observer"] },
    "site.create": { allows: "create sites", roles: ["super_user", "network_admin"], needsAllSites: true },
    "site.update": { allows: "change sites", roles: ["super_user", "network_admin"] },
    "site.group": { allows: "change site groups", roles: ["super_user", "network_admin"], needsAllSites: true },
    "site.delete": { allows: "delete sites", roles: ["super_user", "network_admin"], needsAllSites: true },
  },
  events: {
    "site.created": "Added site {subject}",
    "site.updated": "Changed {fields} of site {subject}",
    "site.deleted": "Deleted site {subject}",
    "site.exported": "Exported {subject}",
  },
  constraints: {
    site_group_members_group_same_org: { field: "groups", message: "One of these groups no longer exists" },
    site_group_members_site_same_org: { message: "Site not found", code: "not_found" },
    sites_name_key: { field: "name", message: "A site with this name already exists" },
  },
  silentConstraints: {
    site_group_members_key: "joining twice is ignored",
  },
  flashMessages: {
    "site-created": "Site created",
    "site-saved": "Site saved",
    "site-deleted": "Site deleted",
  },
  commands: [{ label: "Create Site", path: "sites/new", permission: "site.create" }],
  menu: { label: "Site Configuration", path: "sites", icon: "map-pin", permission: "site.read", covers: ["site-groups", "rf-templates", "device-profiles", "wlan-templates", "wlans"] },
  overviewCards: { sites: { label: "Sites", path: "sites", permission: "site.read" } },
  firstSteps: {
    "first-site": {
      label: "Name your first site and add its address",
      description: "Use the name and the street address that your colleagues know.",
      path: "sites",
      permission: "site.update",
      position: 1,
    },
  },
  tables: {
    sites: { app: "select, insert, update, delete", worker: "select, insert, update, delete" },
    site_groups: { app: "select, insert, update, delete", worker: "select" },
    site_group_members: { app: "select, insert, update, delete", worker: "select, insert", auth: "select" },
  },
  organizationRows: {
    sites: [{ one: "site" }],
    site_groups: [{ one: "site group" }],
    site_group_members: "a part of the site groups",
  },
  pages: {
    sites: { permission: "site.read" },
    "sites/new": { permission: "site.create" },
  },
  downloads: {
    "sites/download": { permission: "site.read" },
    "sites/groups/options": { permission: "site.read", path: "sites/groups/options?search=a" },
    "sites/options": { permission: "site.read", path: "sites/options?search=a" },
  },
  actions: {
    createSiteAction: {
      permission: "site.create",
      page: "sites/new",
      button: "Create Site",
      fields: { name: "{word}", country: "DE", timeZone: "Europe/Berlin", streetAddress: "Grid Street 1" },
      effect: "added",
    },
    addSelectedToGroupAction: {
      permission: "site.group",
      page: "sites?dialog=add-to-group&ids=[site]",
      button: "Add to Group",
      fields: { group: "{first}" },
      target: "site",
      effect: "changed",
      showsResults: true,
    },
    removeSelectedFromGroupAction: {
      permission: "site.group",
      page: "sites?dialog=remove-from-group&ids=[site]",
      button: "Remove from Group",
      fields: { group: "{first}" },
      target: "site",
      undoes: "addSelectedToGroupAction",
      effect: "changed",
      showsResults: true,
    },
    deleteSiteAction: {
      permission: "site.delete",
      page: "sites/[site]?dialog=delete",
      button: "Delete Site",
      target: "site",
      effect: "deleted",
    },
  },
  demoTargets: { site: { list: "sites", createdBy: "createSiteAction", changedBy: "updateSiteSettingsAction", deletedBy: "deleteSiteAction", belongsToSites: true } },
  screenshots: [
    { name: "sites", path: "/orgs/[org]/sites" },
    { name: "sites-search", path: "/orgs/[org]/sites?search=berlin" },
    { name: "sites-empty", path: "/orgs/[org]/sites?search=nowhere" },
    { name: "sites-filter", path: "/orgs/[org]/sites", open: "Country", viewportOnly: true },
    { name: "sites-saved", path: "/orgs/[org]/sites?notice=site-created", viewportOnly: true },
    { name: "site", path: "/orgs/[org]/sites/[site]" },
    { name: "site-delete", path: "/orgs/[org]/sites/[site]?dialog=delete", viewportOnly: true },
    { name: "site-new", path: "/orgs/[org]/sites/new" },
    { name: "site-new-error", path: "/orgs/[org]/sites/new", press: "Create Site" },
  ],
});
