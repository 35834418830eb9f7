import { defineArea } from "../shared/define-area.ts";

export const dataExport = defineArea({
  name: "data-export",
  events: { "account.exported": "Exported own data" },
  screenshots: [{ name: "account-export", path: "/account?dialog=export", viewportOnly: true }],
});
