import { defineArea } from "../shared/define-area.ts";

export const rfTemplates = defineArea({
  name: "rf-templates",
  permissions: {
    "template.read": { allows: "see templates", roles: ["super_user", "network_admin", "observer", "installer", "helpdesk", "super_observer"] },
    "template.update": { allows: "change templates", roles: ["super_user", "network_admin"], needsAllSites: true },
  },
  events: {
    "rf_template.created": "Created RF template {subject}",
    "rf_template.updated": "Changed {fields} of RF template {subject}",
    "rf_template.deleted": "Deleted RF template {subject}",
    "rf_template.exported": "Exported {subject}",
  },
  constraints: { rf_templates_name_key: { field: "name", message: "An RF template with this name already exists" } },
  flashMessages: {
    "rf-template-created": "RF template created",
    "rf-template-saved": "RF template saved",
    "rf-template-cloned": "RF template cloned",
    "rf-template-deleted": "RF template deleted",
  },
  commands: [
    { label: "RF Templates", path: "rf-templates", permission: "template.read" },
    { label: "Create RF Template", path: "rf-templates/new", permission: "template.update" },
  ],
  pages: {
    "rf-templates": { permission: "template.read" },
    "rf-templates/new": { permission: "template.update" },
    "rf-templates/[templateId]": { permission: "template.read", path: "rf-templates/[rfTemplate]" },
  },
  downloads: { "rf-templates/download": { permission: "template.read" } },
  actions: {
    createRfTemplateAction: { permission: "template.update", page: "rf-templates/new", button: "Create RF Template", fields: { name: "{word}" }, effect: "added" },
    updateRfTemplateAction: { permission: "template.update", page: "rf-templates/[rfTemplate]", button: "Save", fields: { name: "{word}" }, target: "rfTemplate", effect: "changed" },
    cloneRfTemplateAction: { permission: "template.update", page: "rf-templates/[rfTemplate]?dialog=clone", button: "Clone RF Template", fields: { name: "{word}" }, shownOn: "rf-templates", target: "rfTemplate", effect: "added" },
    deleteRfTemplateAction: { permission: "template.update", page: "rf-templates/[rfTemplate]?dialog=delete", button: "Delete RF Template", target: "rfTemplate", effect: "deleted" },
  },
  demoTargets: { rfTemplate: { list: "rf-templates", createdBy: "createRfTemplateAction", deletedBy: "deleteRfTemplateAction" } },
  screenshots: [
    { name: "rf-templates", path: "/orgs/[org]/rf-templates" },
    { name: "rf-templates-empty", path: "/orgs/[org]/rf-templates?search=nothing" },
    { name: "rf-template", path: "/orgs/[org]/rf-templates/[rfTemplate]" },
    { name: "rf-template-clone", path: "/orgs/[org]/rf-templates/[rfTemplate]?dialog=clone", viewportOnly: true },
    { name: "rf-template-delete", path: "/orgs/[org]/rf-templates/[rfTemplate]?dialog=delete", viewportOnly: true },
    { name: "rf-template-new", path: "/orgs/[org]/rf-templates/new" },
  ],
  tables: { rf_templates: { app: "select, insert, update, delete", worker: "select" } },
  organizationRows: { rf_templates: [{ one: "RF template" }] },
});
