import * as z from "zod/mini";
import { checkField, secretField, textField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { optionalSingleLine } from "@/lib/shared/text-schemas";

const maxSsidBytes = 32;
const ssid = optionalSingleLine(maxSsidBytes).check(z.refine((text) => new TextEncoder().encode(text).length <= maxSsidBytes, "An SSID has at most 32 bytes"));

const passphrase = "wifi.mesh_psk";

/** 8 to 63 printable ASCII characters. */
const isPassphrase = (text: unknown) => typeof text === "string" && (text === "" || /^[\x20-\x7e]{8,63}$/.test(text));

export const wirelessMesh = defineSection({
  id: "wireless-mesh",
  title: "Wireless Mesh",
  description: "Access points without a cable connect through others.",
  fields: {
    "wifi.mesh_enabled": checkField({ label: "Enable mesh", hint: "Which access points are base and relay is set for each of them." }),
    "wifi.mesh_allow_dfs": checkField({ label: "Use DFS channels", hint: "A relay that looks for another base must listen on them first, which interrupts the connection." }),
    "wifi.mesh_ssid": textField({ label: "Mesh SSID", hint: "Empty: made from the site ID.", schema: ssid, maxLength: maxSsidBytes }),
    [passphrase]: secretField({ label: "Mesh passphrase", hint: "8 to 63 characters. Empty: a random one." }),
  },
  check: (values) => (isPassphrase(values[passphrase] ?? "") ? undefined : { [passphrase]: "Use 8 to 63 letters, digits, spaces and ASCII symbols" }),
});
