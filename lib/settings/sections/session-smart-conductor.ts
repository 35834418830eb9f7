import { ipAddress } from "@/lib/shared/network-address";
import { listField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const sessionSmartConductor = defineSection({
  id: "session-smart-conductor",
  title: "Session Smart Conductor",
  description: "The conductor that your Session Smart routers connect to.",
  fields: {
    "ssr.conductor_hosts": listField({
      label: "IP addresses",
      hint: "Up to two, separated by a comma.",
      item: ipAddress,
      max: 2,
      separator: "commas",
      placeholder: "192.0.2.10, 192.0.2.11",
    }),
  },
});
