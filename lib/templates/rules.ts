import { AppError, StaleVersionError } from "@/lib/shared/app-error";
import { countText } from "@/lib/shared/count-text";
import type { EventName } from "@/lib/shared/events";
import type { FormValues } from "@/lib/shared/form-state";
import { type SettingsDocument, valueAt, withChanges } from "@/lib/shared/settings/document";
import { sectionRules } from "@/lib/shared/settings/section-rules";
import { inBraces, namesIn, substitute } from "@/lib/shared/variables";
import type { SectionSet } from "@/lib/shared/settings/section-set";

export const deviceTypes = ["ap", "switch", "gateway"] as const;

export type DeviceType = (typeof deviceTypes)[number];

/** A template with its settings as one document, its name among them. */
export type Template = { id: string; name: string; version: number; type: DeviceType | null; document: SettingsDocument };

/** A kind of template: what it is called, and the events of its changes. */
export type TemplateKind = {
  noun: string;
  events: { created: EventName; updated: EventName; deleted: EventName };
  sectionsOf: (type: DeviceType | null) => SectionSet;
};

/** The values of the form of a template, with the defaults for what is not set. */
export const templateFormValues = ({ sectionsOf }: TemplateKind, { id, type, version, document }: Template): FormValues => ({
  ...sectionRules(sectionsOf(type)).toForm(document),
  templateId: id,
  ...(type && { type }),
  version: String(version),
});

/** Names the settings of a kind of template in words, by their paths; undefined for a path that is no setting. */
export function templateLabels({ sectionsOf }: TemplateKind): (path: string) => string | undefined {
  const rules = [...new Set(deviceTypes.map((type) => sectionsOf(type)))].map(sectionRules);
  return (path) => rules.map(({ label }) => label(path)).find((label) => label !== undefined);
}

/** A document as an audit entry records it: its settings by their paths, and what no section knows under its own names. */
export function recordedDocument({ documentPaths }: SectionSet, document: SettingsDocument): SettingsDocument {
  const known = Object.keys(documentPaths).flatMap((path) => (valueAt(document, path) === undefined ? [] : [[path, valueAt(document, path)] as const]));
  return { ...Object.fromEntries(known), ...withChanges(document, Object.fromEntries(known.map(([path]) => [path, undefined]))) };
}

/** The error for a save with an outdated version; it carries who saved and the current values. */
export const staleTemplateError = (kind: TemplateKind, current: Template, by = "Someone") =>
  new StaleVersionError(`${by} changed this ${kind.noun} after you opened it`, by, templateFormValues(kind, current));

type Site = { id: string; name: string; variables: Readonly<Record<string, string>> };
type SomeSites = { total: number; sites: readonly Site[] };

/** The sites that use a template, and those of them that lack a variable of it: how many, and the first by name. */
export type TemplateUse = SomeSites & { lacking: SomeSites };

const list = new Intl.ListFormat("en-GB");

/** Which sites use a template, as a sentence with the names of the first ones. */
export function usageText({ total, sites }: { total: number; sites: readonly { name: string }[] }): string {
  if (total === 0) return "No site uses it.";
  const more = total - sites.length;
  const names = [...sites.map(({ name }) => name), ...(more > 0 ? [`${more} more`] : [])];
  return `${countText(total, "site")} ${total === 1 ? "uses" : "use"} it: ${list.format(names)}.`;
}

/** The error for the deletion of a template that sites use. */
export function templateInUseError(total: number): AppError {
  const message = `${countText(total, "site")} ${total === 1 ? "uses" : "use"} it, so it was not deleted`;
  return new AppError("conflict", message, { unassign: [message] });
}

/** The error for the deletion of a template that a site begins to use at the same moment. */
export const templateUsedMeanwhileError = () => new AppError("conflict", "Another site began to use it just now, so it was not deleted. Try again");

/** A setting that holds variables, as it is at a site; with what is wrong about it there. */
export type ResolvedSetting = { label: string; text: string; problem?: string };

/** The settings of a document that hold variables, with the values of a site in their place. */
export function resolvedSettings({ documentPaths, fields }: SectionSet, document: SettingsDocument, variables: Readonly<Record<string, string>>): ResolvedSetting[] {
  return Object.entries(documentPaths).flatMap(([path, schema]) => {
    const value = valueAt(document, path);
    if (typeof value !== "string" || namesIn(value).length === 0) return [];
    const { text, missing } = substitute(value, new Map(Object.entries(variables)));
    const problem = missing.length > 0 ? `${list.format(missing.map(inBraces))} ${missing.length === 1 ? "has" : "have"} no value` : schema.safeParse(text).error?.issues[0]?.message;
    return [{ label: fields[path]?.label ?? path, text, problem }];
  });
}
