import { numberField, secretField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const wanEdgeManagement = defineSection({
  id: "wan-edge-management",
  title: "WAN Edge Management",
  description: "How WAN edges of this site are administered.",
  fields: {
    "gateway_mgmt.root_password": secretField({ label: "Root password" }),
    "gateway_mgmt.config_revert_timer": numberField({
      label: "Revert configuration after",
      hint: "When a WAN edge does not confirm a change. From 1 to 30 minutes.",
      min: 1,
      max: 30,
      unit: "minutes",
      fallback: 10,
    }),
  },
});
