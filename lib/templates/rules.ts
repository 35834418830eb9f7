import { AppError, StaleVersionError } from "@/lib/shared/app-error";
import { countText } from "@/lib/shared/count-text";
import type { EventName } from "@/lib/shared/events";
import type { FormValues } from "@/lib/shared/form-state";
import { type SettingsDocument, valueAt, withChanges } from "@/lib/shared/settings/document";
import { sectionRules } from "@/lib/shared/settings/section-rules";
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

/** How many sites use a template, and the names of the first of them. */
export type TemplateUse = { total: number; sites: readonly { id: string; name: string }[] };

const list = new Intl.ListFormat("en-GB");

/** Which sites use a template, as a sentence with the names of the first ones. */
export function usageText({ total, sites }: TemplateUse): string {
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
