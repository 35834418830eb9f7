import * as z from "zod/mini";
import { singleLine } from "@/lib/shared/text-schemas";
import { listField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

const isIpAddress = (text: string) => z.union([z.ipv4(), z.ipv6()]).safeParse(text).success;

export const sessionSmartConductor = defineSection({
  id: "session-smart-conductor",
  title: "Session Smart Conductor",
  description: "The conductor that your Session Smart routers connect to.",
  fields: {
    "ssr.conductor_hosts": listField({
      label: "IP addresses",
      hint: "Up to two, separated by a comma.",
      item: singleLine(45).check(z.refine(isIpAddress, "Enter IP addresses, like 192.0.2.10")),
      max: 2,
      separator: "commas",
      placeholder: "192.0.2.10, 192.0.2.11",
    }),
  },
});
