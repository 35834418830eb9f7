import { defineArea } from "../shared/define-area.ts";

export const firmware = defineArea({
  name: "firmware",
  downloads: { "sites/firmware/next-run": { permission: "site.read", path: "sites/firmware/next-run?schedule=sun+02:00+Europe/Berlin" } },
});
