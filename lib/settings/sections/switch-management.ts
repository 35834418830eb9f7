import { checkField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const switchManagement = defineSection({
  id: "switch-management",
  title: "Switch Management",
  description: "How switches reach this portal.",
  fields: {
    "switch_mgmt.use_mxedge_proxy": checkField({ label: "Switch proxy", hint: "Switches connect through an edge instead of directly." }),
  },
});
