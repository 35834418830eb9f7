import { defineArea } from "../shared/define-area.ts";

export const siteImports = defineArea({
  name: "site-imports",
  constraints: { site_imports_running_key: { message: "Another import of sites is running. Start this one when it is done" } },
  tables: { site_imports: { app: "select, insert, update, delete", worker: "select, update, delete" } },
  organizationRows: { site_imports: "a record of how sites were added" },
});
