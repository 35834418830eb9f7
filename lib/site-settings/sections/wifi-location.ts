import { defineSection } from "@/lib/shared/settings/section";

export const wifiLocation = defineSection({
  id: "wifi-location",
  title: "WiFi Location Settings",
  description: "Which WiFi clients count in location and occupancy.",
});
