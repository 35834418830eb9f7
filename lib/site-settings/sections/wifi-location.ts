import { checkField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

const connected = "wifi.locate_connected";
const unconnected = "wifi.locate_unconnected";

export const wifiLocation = defineSection({
  id: "wifi-location",
  title: "WiFi Location Settings",
  description: "Which WiFi clients count in location and occupancy.",
  fields: {
    [connected]: checkField({ label: "Enable WiFi location", hint: "Access points locate the clients that are connected to them.", fallback: true }),
    [unconnected]: checkField({ label: "Include unconnected clients", hint: "Off: they are excluded from location and occupancy." }),
  },
  check: (values) => (values[unconnected] === true && values[connected] !== true ? { [unconnected]: "Only with WiFi location: enable it, or leave this off" } : undefined),
});
