import { defineArea } from "../shared/define-area.ts";

export const siteGroups = defineArea({
  name: "site-groups",
  events: {
    "site_group.created": "Added site group {subject}",
    "site_group.renamed": "Renamed site group {subject}",
    "site_group.deleted": "Deleted site group {subject}",
    "site_group.exported": "Exported {subject}",
  },
  constraints: { site_groups_name_key: { field: "name", message: "A site group with this name already exists" } },
  flashMessages: {
    "site-group-created": "Site group created",
    "site-group-saved": "Site group saved",
    "site-group-deleted": "Site group deleted",
  },
  commands: [
    { label: "Site Groups", path: "site-groups", permission: "site.group" },
    { label: "Create Site Group", path: "site-groups/new", permission: "site.group" },
  ],
  pages: {
    "site-groups": { permission: "site.group" },
    "site-groups/new": { permission: "site.group" },
    "site-groups/[siteGroupId]": { permission: "site.group", path: "site-groups/[siteGroup]" },
  },
  downloads: {
    "site-groups/download": { permission: "site.group" },
    "site-groups/suggestions": { permission: "site.group", path: "site-groups/suggestions?search=a" },
  },
  actions: {
    createSiteGroupAction: { permission: "site.group", page: "site-groups/new", button: "Create Site Group", fields: { name: "{word}" }, effect: "added" },
    renameSiteGroupAction: { permission: "site.group", page: "site-groups/[siteGroup]", button: "Save", fields: { name: "{word}" }, target: "siteGroup", effect: "changed" },
    deleteSiteGroupAction: { permission: "site.group", page: "site-groups/[siteGroup]?dialog=delete", button: "Delete Site Group", target: "siteGroup", effect: "deleted" },
  },
  demoTargets: { siteGroup: { list: "site-groups", createdBy: "createSiteGroupAction", deletedBy: "deleteSiteGroupAction" } },
  screenshots: [
    { name: "site-groups", path: "/orgs/[org]/site-groups" },
    { name: "site-groups-empty", path: "/orgs/[org]/site-groups?search=nothing" },
    { name: "site-group", path: "/orgs/[org]/site-groups/[siteGroup]" },
    { name: "site-group-delete", path: "/orgs/[org]/site-groups/[siteGroup]?dialog=delete", viewportOnly: true },
    { name: "site-group-new", path: "/orgs/[org]/site-groups/new" },
  ],
});
