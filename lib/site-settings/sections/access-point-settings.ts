import { hostName } from "@/lib/shared/network-address";
import { checkField, listField, numberField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

const statusPage = "status_portal.enabled";
const hostNames = "status_portal.hostnames";

export const accessPointSettings = defineSection({
  id: "access-point-settings",
  title: "Access Point Settings",
  description: "What the access points of this site do by themselves.",
  fields: {
    [statusPage]: checkField({ label: "Local Status Page", hint: "Clients can open a page about the access point that they are connected to." }),
    [hostNames]: listField({ label: "Hostname", hint: "Where clients open that page. Up to 5, separated by commas.", item: hostName, max: 5, separator: "commas", placeholder: "status.example.com" }),
    config_auto_revert: checkField({
      label: "Automatically Revert Configuration",
      hint: "An access point that loses the portal after a change returns to its last working configuration. Needs firmware 0.7 or newer.",
    }),
    "led.enabled": checkField({ label: "Status LED", fallback: true }),
    "led.brightness": numberField({ label: "LED brightness", hint: "From 0 to 255.", min: 0, max: 255, unit: "of 255", fallback: 255 }),
  },
  check: (values) => (values[statusPage] === true && Array.isArray(values[hostNames]) && values[hostNames].length === 0 ? { [hostNames]: "Enter where clients open the status page" } : undefined),
});
