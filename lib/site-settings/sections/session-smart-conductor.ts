import { ipAddress } from "@/lib/shared/network-address";
import { listField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const sessionSmartConductor = defineSection({
  id: "session-smart-conductor",
  title: "Session Smart Conductor",
  description: "The conductor that the Session Smart routers of this site connect to.",
  fields: {
    "ssr.conductor_hosts": listField({
      label: "IP addresses",
      hint: "Up to two, separated by a comma. Empty: that of the organization.",
      item: ipAddress,
      max: 2,
      separator: "commas",
    }),
  },
});
