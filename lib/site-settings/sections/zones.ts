import { defineSection } from "@/lib/shared/settings/section";

export const zones = defineSection({
  id: "zones",
  title: "Zones",
  description: "Areas around access points that clients enter and leave.",
});
