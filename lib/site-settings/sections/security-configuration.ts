import { defineSection } from "@/lib/shared/settings/section";

export const securityConfiguration = defineSection({
  id: "security-configuration",
  title: "Security Configuration",
  description: "Which access points nearby are reported as a risk.",
});
