import { defineSection } from "@/lib/shared/settings/section";

export const apFirmwareUpgrade = defineSection({
  id: "ap-firmware-upgrade",
  title: "AP Firmware Upgrade",
  description: "When access points install new firmware, and which.",
});
