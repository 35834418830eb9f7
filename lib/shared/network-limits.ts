import * as z from "zod/mini";
import { isIpAddress } from "./network-address";
import { boundedText } from "./text-schemas";
import { asciiForm } from "./typed-text";

export const portLimits = { min: 1, max: 65_535 };
export const vlanLimits = { min: 1, max: 4_094 };

/** Whether a text is an IPv4 or IPv6 address with the length of a prefix. */
function isSubnet(text: string): boolean {
  const [, address = "", prefix] = /^([\d.a-f:]+)\/(\d{1,3})$/i.exec(text) ?? [];
  return isIpAddress(address) && Number(prefix) <= (address.includes(":") ? 128 : 32);
}

const message = "Enter a subnet, like 10.0.0.0/8";

/** An IPv4 or IPv6 network with the length of its prefix. */
export const subnetAddress: z.ZodMiniType<string, string> = boundedText(50, { missing: message, tooLong: message }).check(
  z.overwrite((text) => asciiForm(text).trim()),
  z.refine(isSubnet, message),
);
