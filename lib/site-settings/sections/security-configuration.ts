import * as z from "zod/mini";
import { checkField, listField, numberField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { boundedText, singleLine } from "@/lib/shared/text-schemas";

const lines = (text: string) => text.split("\n").map((line) => line.trim()).filter(Boolean);

const bssidMessage = "Enter MAC addresses, like cc:8e:6f:d4:bf:16, or their beginning, like cc:8e:*";
const isBssid = (text: string) => /^(?:[\da-f]{12}|(?:[\da-f]{2}){1,5}\*)$/i.test(text.replaceAll(/[:-]/g, ""));
const bssid = boundedText(24, { tooLong: bssidMessage }).check(z.trim(), z.refine(isBssid, bssidMessage));

const rssi = (line: string) => numberField({ label: "RSSI from", line, unit: "dBm", min: -85, max: 0, fallback: -80 });
const duration = (line: string) => numberField({ label: "Seen for", line, unit: "minutes", min: 0, max: 59, fallback: 10 });

const [failures, seconds] = ["wids.repeated_auth_failures.threshold", "wids.repeated_auth_failures.duration"];
const autoPrevent = { line: "Auto-Prevent Clients", placeholder: "Off" };

export const securityConfiguration = defineSection({
  id: "security-configuration",
  title: "Security Configuration",
  description: "Which access points nearby are reported as a risk, and after how many authentication failures clients are kept from joining.",
  fields: {
    "rogue.enabled": checkField({ label: "Detect rogue and neighbor APs", hint: "Rogue APs are on your network, but not claimed. Neighbor APs are unknown ones nearby." }),
    "rogue.honeypot_enabled": checkField({ label: "Detect honeypot APs", hint: "Unauthorized APs that advertise your SSIDs." }),
    "rogue.min_rogue_rssi": rssi("Rogue APs"),
    "rogue.min_rogue_duration": duration("Rogue APs"),
    "rogue.min_rssi": rssi("Neighbor APs"),
    "rogue.min_duration": duration("Neighbor APs"),
    [failures]: numberField({ ...autoPrevent, label: "After", unit: "failures", min: 1, max: 1_000 }),
    [seconds]: numberField({ ...autoPrevent, label: "Within", unit: "seconds", min: 1, max: 86_400 }),
    "rogue.whitelisted_ssids": listField({ label: "Allowed SSIDs", hint: "One per line, never reported. * stands for any text.", item: singleLine(32), max: 50, maxLength: 33, split: lines }),
    "rogue.whitelisted_bssids": listField({ label: "Allowed BSSIDs", hint: "One per line, never reported. * at the end stands for any address that begins so.", item: bssid, max: 100, maxLength: 25, placeholder: "cc:8e:6f:d4:bf:16\ncc:82:*" }),
  },
  check: (values) => {
    const [after, within] = [values[failures], values[seconds]];
    if ((after === undefined) === (within === undefined)) return undefined;
    return after === undefined ? { [failures]: "Enter how many failures count" } : { [seconds]: "Enter the time in which they count" };
  },
});
