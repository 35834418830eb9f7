import { defineSection } from "@/lib/shared/settings/section";

export const occupancyAnalytics = defineSection({
  id: "occupancy-analytics",
  title: "Occupancy Analytics",
  description: "Who counts as an occupant, and who is told when a zone is over its capacity.",
});
