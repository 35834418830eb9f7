import { defineArea } from "../shared/define-area.ts";

export const usageAnalytics = defineArea({
  name: "usage-analytics",
  events: { "privacy.chosen": "Changed privacy choice" },
  flashMessages: { "privacy-saved": "Privacy choice saved" },
  tables: { usage_events: { worker: "select (id, occurred_at), delete", auth: "select, insert, update, delete" } },
});
