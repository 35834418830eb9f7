import { AppError, StaleVersionError } from "@/lib/shared/app-error";
import type { FormValues } from "@/lib/shared/form-state";
import { isHost } from "@/lib/shared/network-address";
import { type SettingsDocument, textAt, valueAt } from "@/lib/shared/settings/document";
import { sectionRules } from "@/lib/shared/settings/section-rules";
import { passphraseProblem, ssidProblem } from "@/lib/shared/ssid";
import { namesIn, substitute, type Values } from "@/lib/shared/variables";
import { vlanIdProblem, vlanListProblem } from "@/lib/shared/vlan-ids";
import { wlanSections } from "@/lib/wlans/sections";
import { passphraseName, radiusSecretName } from "@/lib/wlans/sections/security";
import { vlanKindOf } from "@/lib/wlans/sections/vlan";

const rules = sectionRules(wlanSections);

/** The changes that the values of the form make. */
export const typedWlanChanges = rules.typedChanges;

/** The titles of the sections that hold these settings or secrets. */
export const wlanSectionTitles = rules.sectionTitles;

/** The name of a setting of a WLAN in words; undefined for a path that is none. */
export const wlanSettingLabel = rules.label;

export type Wlan = { id: string; templateId: string; template: string; /** That of the template. */ version: number; document: SettingsDocument };

/** The values of the form of a WLAN; a new one has no id. */
export const wlanFormValues = ({ id, templateId, version, document }: Pick<Wlan, "templateId" | "version" | "document"> & { id?: string }): FormValues => ({
  ...rules.toForm(document),
  ...(id && { wlanId: id }),
  templateId,
  version: String(version),
});

/** The error for a save with an outdated version of the template. */
export const staleWlanError = (current: Wlan, by = "Someone") => new StaleVersionError(`${by} changed this template after you opened it`, by, wlanFormValues(current));

/** The error for a WLAN that needs a secret and has none. */
export function missingSecretError(document: SettingsDocument, has: (name: string) => boolean): AppError | undefined {
  const type = textAt(document, "auth.type");
  const lacks = (name: string, message: string) => (has(name) ? undefined : new AppError("invalid", "Check the marked fields", { [name]: [message] }));
  if (type === "psk") return lacks(passphraseName, "Enter a passphrase");
  return type === "eap" ? lacks(radiusSecretName, "Enter the shared secret") : undefined;
}

/** A text of a WLAN that can hold variables, with what is wrong with it once they have values. */
export type WlanText = { label: string; text: string; problemOf?: (text: string) => string | undefined };

const textOf = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

function vlanTexts(document: SettingsDocument): WlanText[] {
  const listAt = (path: string) => [valueAt(document, path) ?? []].flat().map(textOf).join(",");
  switch (vlanKindOf(document)) {
    case "untagged":
      return [];
    case "tagged":
      return [{ label: "VLAN ID", text: textOf(valueAt(document, "vlan_id")), problemOf: vlanIdProblem }];
    case "pool":
      return [{ label: "VLAN IDs", text: listAt("vlan_ids"), problemOf: vlanListProblem }];
    case "dynamic":
      return [
        { label: "Static VLAN ID", text: listAt("dynamic_vlan.default_vlan_ids") || "999", problemOf: vlanListProblem },
        ...Object.entries((valueAt(document, "dynamic_vlan.vlans") ?? {}) as Record<string, string>).flatMap(([id, name]) => [
          { label: "Dynamic VLAN ID", text: id, problemOf: vlanIdProblem },
          { label: "Interface", text: name },
        ]),
      ];
  }
}

const hostProblem = (text: string) => (isHost(text) ? undefined : "Enter a host name or an IP address");
const portProblem = (text: string) => (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535 ? undefined : "Enter a port from 1 to 65535");

function securityTexts(document: SettingsDocument, secrets: Readonly<Record<string, string>>): WlanText[] {
  const type = textAt(document, "auth.type");
  if (type === "psk") return [{ label: "Passphrase", text: secrets[passphraseName] ?? "", problemOf: passphraseProblem }];
  if (type !== "eap") return [];
  const servers = (valueAt(document, "auth_servers") ?? []) as { host: string; port?: unknown }[];
  const hosts = servers.flatMap(({ host, port = 1812 }): WlanText[] => [
    { label: "RADIUS server", text: host, problemOf: hostProblem },
    { label: "RADIUS port", text: textOf(port), problemOf: portProblem },
  ]);
  return [...hosts, { label: "Shared secret", text: secrets[radiusSecretName] ?? "" }];
}

/** The texts of a WLAN that hold variables and apply to how it is set up. */
export const wlanTexts = (document: SettingsDocument, secrets: Readonly<Record<string, string>>): WlanText[] =>
  [{ label: "SSID", text: textAt(document, "ssid"), problemOf: ssidProblem }, ...securityTexts(document, secrets), ...vlanTexts(document)].filter(({ text }) => namesIn(text).length > 0);

/** The names of the variables in texts, each once. */
export const namesOf = (texts: readonly WlanText[]): string[] => [...new Set(texts.flatMap(({ text }) => namesIn(text)))];

/** The variables without a value, and what is wrong with the texts whose variables have one; it never holds the text of a secret. */
export function problemsWith(texts: readonly WlanText[], values: Values): { missing: string[]; problems: string[] } {
  const missing = new Set<string>();
  const problems = new Set<string>();
  for (const { label, text, problemOf } of texts) {
    const result = substitute(text, values);
    for (const name of result.missing) missing.add(name);
    const problem = result.missing.length === 0 ? problemOf?.(result.text) : undefined;
    if (problem !== undefined) problems.add(`${label}: ${problem}`);
  }
  return { missing: [...missing], problems: [...problems] };
}
