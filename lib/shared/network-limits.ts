import * as z from "zod/mini";
import { boundedText } from "./text-schemas";
import { asciiForm } from "./typed-text";

export const portLimits = { min: 1, max: 65_535 };
export const vlanLimits = { min: 1, max: 4_094 };

const subnet = z.union([z.cidrv4(), z.cidrv6()]);
const message = "Enter a subnet, like 10.0.0.0/8";

/** An IPv4 or IPv6 network with the length of its prefix. */
export const subnetAddress: z.ZodMiniType<string, string> = boundedText(50, { missing: message, tooLong: message }).check(
  z.overwrite((text) => asciiForm(text).trim()),
  z.refine((text) => subnet.safeParse(text).success, message),
);
