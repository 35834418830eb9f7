import { AppError } from "@/lib/shared/app-error";
import type { FieldErrors, FormValues } from "@/lib/shared/form-state";
import { isSameValue } from "@/lib/shared/form-values";
import { type SettingsDocument, withChanges } from "./document";
import type { Section, SettingsField } from "./section";
import { removalField, type SectionSet } from "./section-set";

/** Changes by path, where undefined removes a value, secrets by name, where null removes one, and text behind the message of the audit entry. */
export type SettingsChange = { values?: Readonly<Record<string, unknown>>; secrets?: Readonly<Record<string, string | null>>; note?: string };

export type TypedChange = Required<Omit<SettingsChange, "note">>;

type Fields = Readonly<Record<string, SettingsField>>;

/** What a server does with the sections of a page: form values, changes, names and objections. */
export function sectionRules({ sections, fields, secretNames, check }: SectionSet) {
  const labels = pathLabels(sections);
  return {
    toForm: (document: SettingsDocument): FormValues => ({
      ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.toForm(document)])),
      ...Object.fromEntries(secretNames.map((name) => [removalField(name), ""])),
    }),
    typedChanges: (document: SettingsDocument, values: Readonly<Record<string, unknown>>) => typedChanges(fields, secretNames, document, values),
    sectionTitles: (paths: readonly string[]) => sectionTitles(sections, paths),
    /** The name of a setting or secret in words, with its section; undefined for a path that is no setting. */
    label: (path: string): string | undefined => labels.get(path),
    /** What sections object to in a document whose values are each valid, by the name of the field. */
    problems(document: SettingsDocument): Record<string, string> {
      // Sections look at few fields, so each is parsed when it is looked at.
      const parsed = Object.entries(fields).map(([name, { form, toForm }]) => [name, { enumerable: true, get: () => form.safeParse(toForm(document)).data }] as const);
      return check(Object.defineProperties({}, Object.fromEntries(parsed)));
    },
  };
}

/** The changes that the values of the form make, or an error beside fields; a value that was shown as a default and kept is no change. */
function typedChanges(fields: Fields, secretNames: readonly string[], document: SettingsDocument, values: Readonly<Record<string, unknown>>): TypedChange {
  const form = { values, document };
  const changed = Object.entries(fields).flatMap(([name, field]) => {
    const change = field.toDocument(values[name], form);
    const isSame = isSameValue(field.toForm(document), field.toForm(withChanges(document, change)));
    return isSame ? [] : [{ name, change, problem: field.problem?.(values[name], form) }];
  });
  const problems = changed.flatMap(({ name, problem }) => (problem === undefined ? [] : [[name, [problem]]]));
  if (problems.length > 0) throw new AppError("invalid", "Check the marked fields", Object.fromEntries(problems) as FieldErrors);
  const changes = changed.flatMap(({ change }) => Object.entries(change));
  const secrets = secretNames.flatMap((name): [string, string | null][] => {
    const typed = values[name];
    if (typeof typed === "string" && typed !== "") return [[name, typed]];
    return values[removalField(name)] === true ? [[name, null]] : [];
  });
  return { values: Object.fromEntries(changes), secrets: Object.fromEntries(secrets) };
}

/** The titles of the sections that hold these paths or secrets, in the order of the page. */
function sectionTitles(sections: readonly Section[], paths: readonly string[]): string[] {
  const owned = sections.map(({ title, fields, labels }) => ({
    title,
    paths: new Set([...Object.keys(fields), ...Object.keys(labels ?? {}), ...Object.values(fields).flatMap((field) => Object.keys(field.document))]),
  }));
  return owned.filter((section) => paths.some((path) => section.paths.has(path))).map(({ title }) => title);
}

const pathLabels = (sections: readonly Section[]) =>
  new Map(
    sections.flatMap(({ title, fields, labels = {} }) => {
      const named = Object.entries(fields).flatMap(([name, { label, document, line }]) =>
        [...new Set([name, ...Object.keys(document)])].map((path) => [path, line === undefined ? label : path === name ? `${line}, ${label}` : line]),
      );
      return [...named, ...Object.entries(labels)].map(([path = "", label = ""]): [string, string] => [path, `${title}: ${label}`]);
    }),
  );
