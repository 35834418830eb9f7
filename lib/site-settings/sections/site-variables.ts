import { defineSection } from "@/lib/shared/settings/section";

export const siteVariables = defineSection({
  id: "site-variables",
  title: "Site Variables",
  description: "Values that templates use as {{name}}.",
});
