import { defineSection } from "@/lib/shared/settings/section";

export const wanEdgeManagement = defineSection({
  id: "wan-edge-management",
  title: "WAN Edge Management",
  description: "How WAN edges of this site are administered.",
});
