import { defineSection } from "@/lib/shared/settings/section";

export const applicationInsights = defineSection({
  id: "application-insights",
  title: "Application Insights Integration (Beta)",
  description: "Lets the portal read call quality from the applications that your people use.",
});
