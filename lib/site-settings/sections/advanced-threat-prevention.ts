import { defineSection } from "@/lib/shared/settings/section";

export const advancedThreatPrevention = defineSection({
  id: "advanced-threat-prevention",
  title: "Juniper ATP",
  description: "Integration with Juniper Advanced Threat Prevention Cloud.",
});
