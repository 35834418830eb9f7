import { optionalNetworkHost } from "@/lib/shared/network-address";
import { inheritedCheckField, numberField, secretField, textField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const switchManagement = defineSection({
  id: "switch-management",
  title: "Switch Management",
  description: "How switches of this site are reached and administered.",
  fields: {
    "switch_mgmt.root_password": secretField({ label: "Root password" }),
    "switch_mgmt.use_mxedge_proxy": inheritedCheckField({ label: "Switch proxy", hint: "Switches connect through an edge instead of directly." }),
    "switch_mgmt.mxedge_proxy_host": textField({ label: "Proxy host", schema: optionalNetworkHost, maxLength: 253, placeholder: "edge.example.com" }),
    "switch_mgmt.mxedge_proxy_port": numberField({ label: "Proxy port", min: 1, max: 65_535, unit: "TCP", fallback: 2222 }),
    "switch_mgmt.config_revert_timer": numberField({
      label: "Revert configuration after",
      hint: "When a switch does not confirm a change. From 1 to 30 minutes.",
      min: 1,
      max: 30,
      unit: "minutes",
      fallback: 10,
    }),
    "switch_mgmt.cli_idle_timeout": numberField({ label: "End idle CLI sessions after", hint: "From 1 to 60 minutes.", min: 1, max: 60, unit: "minutes", placeholder: "As the switch" }),
  },
});
