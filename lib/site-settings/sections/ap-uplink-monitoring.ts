import { checkField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const apUplinkMonitoring = defineSection({
  id: "ap-uplink-monitoring",
  title: "AP Uplink Monitoring",
  description: "Access points turn their WLANs off while their uplink port has no link.",
  labels: { "uplink_port_config.keep_wlans_up_if_down": "Keep WLANs on without a link" },
  fields: {
    "uplink_port_config.keep_wlans_up_if_down": checkField({
      label: "Enable uplink monitoring",
      hint: "Turn it off where access points have power but no cable, as in a survey. Mesh relays are never monitored.",
      fallback: false,
      inverted: true,
    }),
    "uplink_port_config.dot1x": checkField({ label: "802.1X to the switch", hint: "Access points prove themselves with their certificate. The switch must trust the organization’s CA certificate." }),
  },
});
