import { defineSection } from "@/lib/shared/settings/section";

export const switchManagement = defineSection({
  id: "switch-management",
  title: "Switch Management",
  description: "How switches of this site are reached and administered.",
});
