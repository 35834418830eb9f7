import { defineArea } from "../shared/define-area.ts";

export const wlanTemplates = defineArea({
  name: "wlan-templates",
  constraints: {
    wlan_template_scopes_group_same_org: { field: "groups", message: "One of these groups no longer exists" },
    wlan_template_scopes_site_same_org: { field: "sites", message: "One of these sites no longer exists" },
    wlan_template_scopes_template_same_org: { message: "WLAN template not found", code: "not_found" },
    wlan_templates_name_key: { field: "name", message: "A WLAN template with this name already exists" },
    wlans_template_same_org: { message: "WLAN template not found", code: "not_found" },
  },
  silentConstraints: { wlan_template_scopes_key: "named twice is ignored" },
  tables: {
    wlan_templates: { app: "select, insert, update, delete", worker: "select" },
    wlans: { app: "select, insert, update, delete", worker: "select, update" },
    wlan_template_scopes: { app: "select, insert, update, delete", worker: "select" },
  },
  organizationRows: {
    wlan_templates: [{ one: "WLAN template" }],
    wlans: "a part of the WLAN templates",
    wlan_template_scopes: "a part of the WLAN templates",
  },
});
