import { certificateLabel, storedCertificate } from "@/lib/certificates/rules";
import { deviceProfileLabel } from "@/lib/device-profiles/rules";
import { rfTemplateLabel } from "@/lib/rf-templates/rules";
import { settingLabel, settingsEvents } from "@/lib/settings/rules";
import { siteSettingLabel } from "@/lib/site-settings/rules";
import { fieldLabel } from "@/lib/shared/field-labels";
import { wlanSettingLabel } from "@/lib/wlans/rules";

export type Difference = { field: string; before: string | null; after: string | null };

type Sides = { before?: Record<string, unknown>; after?: Record<string, unknown> };

/** The fields of the change of an event with formatted values; null when a side lacks the field. */
export function differences(change: Sides | null, event?: string): Difference[] {
  const { before, after } = change ?? {};
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names.map((name) => ({ field: inWords(name, event), before: text(before, name), after: text(after, name) }));
}

type LabelOf = (path: string) => string | undefined;

const changes = ["created", "updated", "deleted"];

/** What names the settings of an event in words, by the event. */
const labels = new Map<string, LabelOf>([
  ["site.updated", siteSettingLabel],
  ...settingsEvents.map((event) => [event, settingLabel] as const),
  ...changes.map((change) => [`rf_template.${change}`, rfTemplateLabel] as const),
  ...changes.map((change) => [`device_profile.${change}`, deviceProfileLabel] as const),
  ...changes.map((change) => [`wlan.${change}`, wlanSettingLabel] as const),
]);

const inWords = (name: string, event = "") => {
  const label = labels.get(event)?.(name) ?? fieldLabel(name);
  return label.charAt(0).toUpperCase() + label.slice(1);
};

function text(side: Record<string, unknown> | undefined, name: string): string | null {
  return side && Object.hasOwn(side, name) ? shown(side[name]) : null;
}

const isTextRecord = (value: unknown): value is Record<string, string> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every((one) => typeof one === "string");

function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "Not set";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value)) return value.length === 0 ? "None" : value.map(shown).join(", ");
  if (isTextRecord(value)) return Object.entries(value).map((entry) => entry.join(": ")).join(", ");
  if (typeof value !== "string") return JSON.stringify(value);
  const certificate = value.startsWith("-----BEGIN CERTIFICATE-----") ? storedCertificate(value) : null;
  return certificate ? certificateLabel(certificate) : value;
}
