import { checkField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const advancedThreatPrevention = defineSection({
  id: "advanced-threat-prevention",
  title: "Juniper ATP",
  description: "Integration with Juniper Advanced Threat Prevention Cloud. Your SRX firewalls must be enrolled there, and the integration enabled.",
  fields: {
    "skyatp.enabled": checkField({ label: "Enable" }),
    "skyatp.send_ip_mac_mapping": checkField({ label: "Send IP-MAC Mapping to Juniper ATP", hint: "It can then follow clients by MAC address." }),
  },
});
