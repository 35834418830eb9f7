import { defineSection } from "@/lib/shared/settings/section";

export const bluetoothLocation = defineSection({
  id: "bluetooth-location",
  title: "Bluetooth based Location Services",
  description: "How access points and apps use Bluetooth to find where things are.",
});
