import { defineArea } from "../shared/define-area.ts";

export const wlanTemplates = defineArea({
  name: "wlan-templates",
  events: {
    "wlan_template.created": "Created WLAN template {subject}",
    "wlan_template.updated": "Changed {fields} of WLAN template {subject}",
    "wlan_template.deleted": "Deleted WLAN template {subject}",
    "wlan_template.exported": "Exported {subject}",
  },
  constraints: {
    wlan_template_scopes_group_same_org: { field: "groups", message: "One of these groups no longer exists" },
    wlan_template_scopes_site_same_org: { field: "sites", message: "One of these sites no longer exists" },
    wlan_template_scopes_template_same_org: { message: "WLAN template not found", code: "not_found" },
    wlan_templates_name_key: { field: "name", message: "A WLAN template with this name already exists" },
  },
  flashMessages: {
    "wlan-template-created": "WLAN template created",
    "wlan-template-saved": "WLAN template saved",
    "wlan-template-cloned": "WLAN template cloned",
    "wlan-template-deleted": "WLAN template deleted",
  },
  commands: [
    { label: "WLAN Templates", path: "wlan-templates", permission: "template.read" },
    { label: "Create WLAN Template", path: "wlan-templates/new", permission: "template.update" },
  ],
  pages: {
    "wlan-templates": { permission: "template.read" },
    "wlan-templates/new": { permission: "template.update" },
    "wlan-templates/[templateId]": { permission: "template.read", path: "wlan-templates/[wlanTemplate]" },
    "wlan-templates/[templateId]/sites": { permission: "template.read", path: "wlan-templates/[wlanTemplate]/sites" },
  },
  downloads: { "wlan-templates/download": { permission: "template.read" } },
  actions: {
    createWlanTemplateAction: { permission: "template.update", page: "wlan-templates/new", button: "Create WLAN Template", fields: { name: "{word}" }, effect: "added" },
    updateWlanTemplateAction: { permission: "template.update", page: "wlan-templates/[wlanTemplate]", button: "Save", fields: { name: "{word}" }, target: "wlanTemplate", effect: "changed" },
    cloneWlanTemplateAction: { permission: "template.update", page: "wlan-templates/[wlanTemplate]?dialog=clone", button: "Clone WLAN Template", fields: { name: "{word}" }, shownOn: "wlan-templates", target: "wlanTemplate", effect: "added" },
    deleteWlanTemplateAction: { permission: "template.update", page: "wlan-templates/[wlanTemplate]?dialog=delete", button: "Delete WLAN Template", target: "wlanTemplate", effect: "deleted" },
  },
  demoTargets: { wlanTemplate: { list: "wlan-templates", createdBy: "createWlanTemplateAction", deletedBy: "deleteWlanTemplateAction" } },
  screenshots: [
    { name: "wlan-templates", path: "/orgs/[org]/wlan-templates" },
    { name: "wlan-templates-empty", path: "/orgs/[org]/wlan-templates?search=nothing" },
    { name: "wlan-template", path: "/orgs/[org]/wlan-templates/[wlanTemplate]" },
    { name: "wlan-template-sites", path: "/orgs/[org]/wlan-templates/[wlanTemplate]/sites" },
    { name: "wlan-template-clone", path: "/orgs/[org]/wlan-templates/[wlanTemplate]?dialog=clone", viewportOnly: true },
    { name: "wlan-template-delete", path: "/orgs/[org]/wlan-templates/[wlanTemplate]?dialog=delete", viewportOnly: true },
    { name: "wlan-template-new", path: "/orgs/[org]/wlan-templates/new" },
    { name: "wlan-new", path: "/orgs/[org]/wlan-templates/[wlanTemplate]/wlans/new" },
    { name: "wlan-new-error", path: "/orgs/[org]/wlan-templates/[wlanTemplate]/wlans/new", press: "Add WLAN" },
  ],
  silentConstraints: { wlan_template_scopes_key: "named twice is ignored" },
  tables: {
    wlan_templates: { app: "select, insert, update, delete", worker: "select" },
    wlan_template_scopes: { app: "select, insert, update, delete", worker: "select" },
  },
  organizationRows: {
    wlan_templates: [{ one: "WLAN template" }],
    wlan_template_scopes: "a part of the WLAN templates",
  },
});
