import { defineArea } from "../shared/define-area.ts";

export const sites = defineArea({
  name: "sites",
  permissions: {
    "site.read": { roles: ["super_user", "network_admin", "observer", "installer", "helpdesk", "super_observer"] },
    "site.create": { roles: ["super_user", "network_admin"], needsAllSites: true },
    "site.update": { roles: ["super_user", "network_admin"] },
    "site.group": { roles: ["super_user", "network_admin"], needsAllSites: true },
    "site.delete": { roles: ["super_user", "network_admin"], needsAllSites: true },
  },
  events: {
    "site.created": "Add site {subject}",
    "site.updated": "Update site {subject}",
    "site.deleted": "Delete site {subject}",
    "site.exported": "Export {subject}",
  },
  constraints: {
    site_group_members_group_same_org: { field: "groups", message: "One of these groups is not there any more" },
    site_group_members_site_same_org: { message: "Site not found", code: "not_found" },
    site_groups_name_key: { field: "name", message: "A site group with this name already exists" },
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
  menu: { label: "Site Configuration", path: "sites", icon: "map-pin", permission: "site.read" },
  tables: {
    sites: { app: "select, insert, update, delete", worker: "select, insert, update, delete" },
    site_groups: { app: "select, insert, update, delete", worker: "select" },
    site_group_members: { app: "select, insert, update, delete", worker: "select", auth: "select" },
  },
  pages: {
    sites: { permission: "site.read" },
    "sites/new": { permission: "site.create" },
    "sites/[siteId]": { permission: "site.read", path: "sites/[site]" },
  },
  downloads: { "sites/download": { permission: "site.read" } },
  actions: {
    createSiteAction: {
      permission: "site.create",
      page: "sites/new",
      button: "Create Site",
      fields: { name: "{word}", country: "DE", timeZone: "Europe/Berlin", streetAddress: "Grid Street 1" },
      effect: "added",
    },
    updateSiteAction: {
      permission: "site.update",
      page: "sites/[site]",
      button: "Save",
      fields: { streetAddress: "{word}" },
      target: "site",
      effect: "changed",
    },
    deleteSiteAction: {
      permission: "site.delete",
      page: "sites/[site]?dialog=delete",
      button: "Delete Site",
      target: "site",
      effect: "deleted",
    },
  },
  demoTargets: { site: { list: "sites", createdBy: "createSiteAction", deletedBy: "deleteSiteAction", belongsToSites: true } },
  screenshots: [
    { name: "sites", path: "/orgs/[org]/sites" },
    { name: "sites-search", path: "/orgs/[org]/sites?search=berlin" },
    { name: "sites-empty", path: "/orgs/[org]/sites?search=nowhere" },
    { name: "sites-filter", path: "/orgs/[org]/sites", open: "Countries", viewportOnly: true },
    { name: "sites-saved", path: "/orgs/[org]/sites?notice=site-created", viewportOnly: true },
    { name: "site", path: "/orgs/[org]/sites/[site]" },
    { name: "site-delete", path: "/orgs/[org]/sites/[site]?dialog=delete", viewportOnly: true },
    { name: "site-new", path: "/orgs/[org]/sites/new" },
    { name: "site-new-error", path: "/orgs/[org]/sites/new", press: "Create Site" },
  ],
});
