import { StaleVersionError } from "@/lib/shared/app-error";
import type { FormValues } from "@/lib/shared/form-state";
import { isSameValue } from "@/lib/shared/form-values";
import { removalField } from "@/lib/settings/schema";
import { fields, secretNames, sections } from "@/lib/settings/sections";
import { withChanges, type SettingsDocument } from "@/lib/settings/sections/document";

export type Settings = { orgId: string; version: number; document: SettingsDocument };

/** Changes by path, where undefined removes a value, secrets by name, where null removes one, and text behind the message of the audit entry. */
export type SettingsChange = { values?: Readonly<Record<string, unknown>>; secrets?: Readonly<Record<string, string | null>>; note?: string };

export type TypedChange = Required<Omit<SettingsChange, "note">>;

/** The context to which a secret of the settings is encrypted. */
export const secretAad = (orgId: string, name: string): string => `organization_secrets/${orgId}/${name}`;

/** The values of the settings form, with the defaults for what is not set. */
export const settingsFormValues = ({ document, version }: Settings): FormValues => ({
  version: String(version),
  ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.toForm(document)])),
  ...Object.fromEntries(secretNames.map((name) => [removalField(name), ""])),
});

/** The changes that the values of the form make; a value that was shown as a default and kept is no change. */
export function typedChanges(document: SettingsDocument, values: Readonly<Record<string, unknown>>): TypedChange {
  const changes = Object.entries(fields).flatMap(([name, field]) => {
    const change = field.toDocument(values[name]);
    const isSame = isSameValue(field.toForm(document), field.toForm(withChanges(document, change)));
    return isSame ? [] : Object.entries(change);
  });
  const secrets = secretNames.flatMap((name): [string, string | null][] => {
    const typed = values[name];
    if (typeof typed === "string" && typed !== "") return [[name, typed]];
    return values[removalField(name)] === true ? [[name, null]] : [];
  });
  return { values: Object.fromEntries(changes), secrets: Object.fromEntries(secrets) };
}

/** The titles of the sections that hold these paths or secrets, in the order of the page. */
export function sectionTitles(paths: readonly string[]): string[] {
  const owned = sections.map(({ title, fields: own, labels }) => ({
    title,
    paths: new Set([...Object.keys(own), ...Object.keys(labels ?? {}), ...Object.values(own).flatMap((field) => Object.keys(field.document))]),
  }));
  return owned.filter((section) => paths.some((path) => section.paths.has(path))).map(({ title }) => title);
}

const pathLabels = new Map(
  sections.flatMap(({ title, fields: own, labels = {} }) => {
    const named = Object.entries(own).flatMap(([name, { label, document }]) => [name, ...Object.keys(document)].map((path) => [path, label]));
    return [...named, ...Object.entries(labels)].map(([path = "", label = ""]): [string, string] => [path, `${title}: ${label}`]);
  }),
);

/** The events whose audit entries hold changes of settings. */
export const settingsEvents = ["settings.updated", "organization.imported"] as const;

/** The name of a setting or secret in words, with its section; undefined for a path that is no setting. */
export const settingLabel = (path: string): string | undefined => pathLabels.get(path);

/** The error for a save with an outdated version; it carries who saved and the current values. */
export const staleSettingsError = (current: Settings, by = "Someone") =>
  new StaleVersionError(`${by} changed these settings after you opened them`, by, settingsFormValues(current));

/** What sections object to in a document whose values are each valid, by the name of the field. */
export function documentProblems(document: SettingsDocument): Record<string, string> {
  const parsed = Object.entries(fields).map(([name, { form, toForm }]) => [name, form.safeParse(toForm(document)).data] as const);
  const values = Object.fromEntries(parsed);
  return Object.assign({}, ...sections.map(({ check }) => check?.(values) ?? {})) as Record<string, string>;
}
