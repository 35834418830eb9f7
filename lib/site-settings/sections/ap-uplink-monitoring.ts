import { defineSection } from "@/lib/shared/settings/section";

export const apUplinkMonitoring = defineSection({
  id: "ap-uplink-monitoring",
  title: "AP Uplink Monitoring",
  description: "Access points turn their WLANs off while their uplink port has no link.",
});
