import { defineSection } from "@/lib/shared/settings/section";

export const webhooks = defineSection({
  id: "webhooks",
  title: "Webhooks",
  description: "Alarms and events of this site, sent to your server.",
});
