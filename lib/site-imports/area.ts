import { defineArea } from "../shared/define-area.ts";

export const siteImports = defineArea({
  name: "site-imports",
  tables: { site_imports: { app: "select, insert, update, delete", worker: "select, update, delete" } },
  organizationRows: { site_imports: "a record of how sites were added" },
});
