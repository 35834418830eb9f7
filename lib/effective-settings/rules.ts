import type * as z from "zod/mini";
import type { EffectiveSettingsParams, sources } from "@/lib/effective-settings/schema";
import { rfTemplateSections } from "@/lib/rf-templates/sections";
import { settingsSections } from "@/lib/settings/sections";
import { foldSearch } from "@/lib/shared/fold-text";
import { type SettingsDocument, valueAt, withValueAt } from "@/lib/shared/settings/document";
import { sectionRules } from "@/lib/shared/settings/section-rules";
import { valueTexts } from "@/lib/shared/settings/value-text";
import { siteFieldNames, siteSettingLabel, siteValueText } from "@/lib/site-settings/rules";
import { siteSections } from "@/lib/site-settings/sections";

export type Source = (typeof sources)[number];

/** The documents that a site's configuration is made of, and the names of the secrets that are set. */
export type Layers = {
  site: SettingsDocument;
  organization: SettingsDocument;
  template?: { id: string; name: string; document: SettingsDocument };
  secrets?: { site: readonly string[]; organization: readonly string[] };
};

/** A value that applies to a site, where it comes from, and whether it is the default. */
export type EffectiveValue = { path: string; value: unknown; source: Source; isDefault: boolean; isSecret?: true };

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const isSiteField = (path: string) => siteFieldNames.some((name) => name === path);
const isObject = (value: unknown): value is SettingsDocument => typeof value === "object" && value !== null && !Array.isArray(value);

const inherits = (path: string) => !isSiteField(path) && Object.hasOwn(settingsSections.documentPaths, path);

/** What applies to a path where nothing is set. */
export const defaultOf = (path: string): unknown =>
  siteSections.defaults[path] ?? (inherits(path) ? settingsSections.defaults[path] : undefined) ?? (isRadioPath(path) ? rfTemplateSections.defaults[path] : undefined);

const sitePaths = Object.keys(siteSections.documentPaths);
const radioPaths = Object.keys(rfTemplateSections.documentPaths).filter((path) => path !== "name" && !sitePaths.includes(path));
const isRadioPath = (path: string) => radioPaths.includes(path);

/** The paths of a document's values, each object by its parts. */
export const pathsIn = (document: SettingsDocument, within = ""): string[] =>
  Object.entries(document).flatMap(([name, value]) => (isObject(value) ? pathsIn(value, `${within}${name}.`) : [`${within}${name}`]));

/** The paths of the configuration of a site: its own, and with an RF template those of radios and what else the template has. */
function pathsOf(template: Layers["template"]): string[] {
  if (!template) return sitePaths;
  const known = [...sitePaths, ...radioPaths];
  const others = pathsIn(template.document).filter((path) => !known.some((one) => path === one || path.startsWith(`${one}.`)));
  return [...known, ...others];
}

/** What applies at every path of a site: the nearest of site, RF template and organization that has a value, else the default. */
export function effectiveSettings({ site, organization, template, secrets }: Layers): EffectiveValue[] {
  const values = pathsOf(template).map((path): EffectiveValue => {
    const layers: [Source, unknown][] = [
      ["site", valueAt(site, path)],
      ["template", isSiteField(path) ? undefined : valueAt(template?.document ?? {}, path)],
      ["organization", inherits(path) ? valueAt(organization, path) : undefined],
    ];
    const [source, value] = layers.find(([, given]) => given !== undefined && given !== "") ?? ["default", defaultOf(path)];
    return { path, value, source, isDefault: isSame(value, defaultOf(path)) };
  });
  return [...values, ...siteSections.secretNames.map((name) => secretValue(name, secrets))];
}

function secretValue(path: string, { site, organization }: NonNullable<Layers["secrets"]> = { site: [], organization: [] }): EffectiveValue {
  const source = site.includes(path) ? "site" : organization.includes(path) ? "organization" : "default";
  return { path, value: source !== "default", source, isDefault: source === "default", isSecret: true };
}

/** The settings of a site as one document in the published shape, with defaults and what is inherited, without secrets. */
export const derivedSettings = (values: readonly EffectiveValue[]): SettingsDocument =>
  values.reduce<SettingsDocument>((document, { path, value, isSecret }) => (isSecret || isSiteField(path) ? document : withValueAt(document, path, value)), {});

const radioText = valueTexts(rfTemplateSections);
const radioLabel = sectionRules(rfTemplateSections).label;

/** A value in words. */
export function effectiveText({ path, value, isSecret }: EffectiveValue, template: Layers["template"]): string {
  if (isSecret) return value === true ? "Set" : "Not set";
  if (value === undefined) return "Not set";
  if (path === "rfTemplate") return template?.name ?? "Not set";
  return (isRadioPath(path) ? radioText : siteValueText)(path, value);
}

/** Where a value comes from, in words. */
export function sourceText(source: Source, template: Layers["template"]): string {
  return { site: "Site", template: `RF template ${template?.name ?? ""}`, organization: "Organization", default: "Default" }[source];
}

/** The section and the name of a setting. */
export function settingName(path: string): { section: string; label: string } {
  const [section = "", ...label] = (siteSettingLabel(path) ?? radioLabel(path) ?? `RF Template: ${path}`).split(": ");
  return { section, label: label.join(": ") };
}

type Filter = z.output<typeof EffectiveSettingsParams>;

/** The values that match a filter; every word of the search is in the section, name, path or value. */
export function matchingValues(values: readonly EffectiveValue[], template: Layers["template"], { search = "", source = [], values: shown }: Filter): EffectiveValue[] {
  const words = foldSearch(search).split(" ").filter(Boolean);
  const chosen = [source].flat();
  return values.filter((value) => {
    const text = foldSearch([...Object.values(settingName(value.path)), value.path, effectiveText(value, template)].join(" "));
    return words.every((word) => text.includes(word)) && (chosen.length === 0 || chosen.includes(value.source)) && !(shown === "changed" && value.isDefault);
  });
}
