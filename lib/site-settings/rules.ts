import { StaleVersionError } from "@/lib/shared/app-error";
import { countries } from "@/lib/shared/countries";
import type { FormValues } from "@/lib/shared/form-state";
import { currentTimeZoneName } from "@/lib/shared/time-zone-id";
import { type SettingsDocument, textAt, valueAt } from "@/lib/shared/settings/document";
import { sectionRules, type TypedChange } from "@/lib/shared/settings/section-rules";
import { valueTexts } from "@/lib/shared/settings/value-text";
import { siteSections } from "@/lib/site-settings/sections";
import type { Variables } from "@/lib/site-variables/schema";

const rules = sectionRules(siteSections);
const valueText = valueTexts(siteSections);

/** A value of a site in words, on one line; `names` has names for ids. */
export const siteValueText = (path: string, value: unknown, names?: ReadonlyMap<string, string>): string =>
  path === "country" && typeof value === "string" ? (countries[value] ?? value) : valueText(path, value, names);

/** A site with its settings as one document: the fields of the site under their names, the settings under those of the published API. */
export type SiteSettings = { siteId: string; name: string; version: number; document: SettingsDocument };

/** The names of the fields of a site, which are columns of its row; everything else in its document is a setting. */
export const siteFieldNames = ["name", "country", "timeZone", "streetAddress", "latlng", "notes", "rfTemplate", "groups"] as const;

const isSiteField = (path: string): boolean => siteFieldNames.some((name) => name === path);

/** The settings of a document without the fields of the site. */
export const settingsOnly = (document: SettingsDocument): SettingsDocument =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !isSiteField(name)));

/** The paths of the settings, in the order of the page. */
export const siteSettingPaths: readonly string[] = Object.keys(siteSections.documentPaths).filter((path) => !isSiteField(path));

/** The variables of a site: their values by name. */
export const siteVariablesOf = ({ document }: Pick<SiteSettings, "document">): Variables => (valueAt(document, "vars") ?? {}) as Variables;

/** What a clone takes of a site, besides its country and time zone. */
export type CloneParts = { settings: boolean; groups: boolean; variables: boolean; location: boolean };

/** The document of a clone of a site. Notes stay with the site that they are about. */
export function clonedDocument(document: SettingsDocument, name: string, { settings, groups, variables, location }: CloneParts): SettingsDocument {
  const { country, timeZone, streetAddress = "", latlng, rfTemplate } = document;
  const { vars, ...others } = settingsOnly(document);
  const copied = {
    ...(settings && { ...others, rfTemplate }),
    ...(variables && { vars }),
    ...(location && { latlng }),
    name,
    country,
    timeZone,
    streetAddress: location ? streetAddress : "",
    groups: groups ? (document.groups ?? []) : [],
  };
  return Object.fromEntries(Object.entries(copied).filter(([, value]) => value !== undefined));
}

/** The context to which a secret of the settings of a site is encrypted. */
export const siteSecretAad = (siteId: string, name: string): string => `site_secrets/${siteId}/${name}`;

/** The values of the form of a site, with the defaults for what is not set. */
export const siteSettingsFormValues = ({ siteId, version, document }: SiteSettings): FormValues => ({
  ...rules.toForm(document),
  timeZone: currentTimeZoneName(textAt(document, "timeZone")),
  siteId,
  version: String(version),
});

/** The changes that the values of the form make; a value that was shown as a default and kept is no change. */
export const typedSiteChanges = rules.typedChanges;

/** What a change concerns, for its audit entry: the names of fields of the site, and the titles of the sections of settings and secrets. */
export const changedParts = (paths: readonly string[]): string[] => [...paths.filter(isSiteField), ...rules.sectionTitles(paths.filter((path) => !isSiteField(path)))];

/** The name of a field or setting of a site in words, with its section; undefined for a path that is neither. */
export const siteSettingLabel = rules.label;

/** What sections object to in a document of a site whose values are each valid, by the name of the field. */
export const siteDocumentProblems = rules.problems;

type Server = { host?: string; port?: number };

const addressesIn = (value: unknown) => (Array.isArray(value) ? (value as Server[]) : []).map(({ host, port }) => JSON.stringify([host, port]));

/** Whether a setting names an address that it did not name before; lists of servers are compared by host and port. */
export function hasNewAddress(before: unknown, after: unknown): boolean {
  if (!Array.isArray(before) && !Array.isArray(after)) return before !== after;
  const known = new Set(addressesIn(before));
  return addressesIn(after).some((address) => !known.has(address));
}

const scheduleOfUpgrades = ["auto_upgrade.enabled", "auto_upgrade.day_of_week", "auto_upgrade.time_of_day", "timeZone"];

/** Whether a change of these paths begins a new schedule of firmware upgrades. */
export const changesUpgradeSchedule = (paths: readonly string[]): boolean => paths.some((path) => scheduleOfUpgrades.includes(path));

/** The error for a save with an outdated version; it carries who saved and the current values. */
export const staleSiteSettingsError = (current: SiteSettings, by = "Someone") =>
  new StaleVersionError(`${by} changed this site after you opened it`, by, siteSettingsFormValues(current));

/** What the organization sets for the fields that a site leaves to it, in words, by their names. */
export function inheritedTexts(organization: SettingsDocument): Readonly<Record<string, string>> {
  const hosts = (valueAt(organization, "ssr.conductor_hosts") ?? []) as string[];
  const usesProxy = valueAt(organization, "switch_mgmt.use_mxedge_proxy") === true;
  return {
    "ssr.conductor_hosts": hosts.length === 0 ? "The organization has none." : `The organization has ${hosts.join(" and ")}.`,
    "switch_mgmt.use_mxedge_proxy": `The organization has it ${usesProxy ? "on" : "off"}.`,
  };
}

/** What a change of a site replaces by what, in words; `names` has names for ids. */
export function siteChangeTexts(document: SettingsDocument, { values, secrets }: TypedChange, names: ReadonlyMap<string, string>): { label: string; text: string }[] {
  const textOf = (path: string, value: unknown) => (value === undefined || value === "" ? "Default" : siteValueText(path, value, names));
  const settings = Object.entries(values).map(([path, value]) => ({ path, text: `${textOf(path, valueAt(document, path))} → ${textOf(path, value)}` }));
  const typed = Object.entries(secrets).map(([path, secret]) => ({ path, text: secret === null ? "removed" : "new value" }));
  return [...settings, ...typed].map(({ path, text }) => ({ label: siteSettingLabel(path) ?? path, text }));
}
