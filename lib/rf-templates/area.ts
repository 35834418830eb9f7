import { defineArea } from "../shared/define-area.ts";

export const rfTemplates = defineArea({
  name: "rf-templates",
  constraints: { rf_templates_name_key: { field: "name", message: "An RF template with this name already exists" } },
  tables: { rf_templates: { app: "select, insert, update, delete", worker: "select" } },
  organizationRows: { rf_templates: [{ one: "RF template" }] },
});
