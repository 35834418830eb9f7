import { defineSection } from "@/lib/shared/settings/section";

export const engagementAnalytics = defineSection({
  id: "engagement-analytics",
  title: "Engagement Analytics",
  description: "How long visitors stay, by category, and when it is measured.",
});
