import { defineArea } from "../shared/define-area.ts";

export const variableImport = defineArea({
  name: "variable-import",
  flashMessages: { "variables-imported": "Variables imported" },
  actions: {
    importVariablesAction: {
      permission: "site.update",
      page: "sites/[site]?dialog=import-variables",
      button: "Show Rows",
      fields: { document: "Variable,Value\nsite_code,{word}\n" },
      confirmedBy: "Import 1 Variable",
      target: "site",
      effect: "changed",
    },
  },
  screenshots: [
    { name: "import-variables", path: "/orgs/[org]/sites/[site]?dialog=import-variables", viewportOnly: true },
  ],
});
