import { defineSection } from "@/lib/shared/settings/section";

export const wanEdgeAdvancedSecurity = defineSection({
  id: "wan-edge-advanced-security",
  title: "WAN Edge Advanced Security",
  description: "When signatures of WAN edges are updated.",
});
