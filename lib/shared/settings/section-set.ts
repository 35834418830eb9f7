import * as z from "zod/mini";
import { checkbox } from "@/lib/shared/form-schemas";
import { documentSchema } from "./document";
import type { FieldControl, Section, SettingsField } from "./section";

type Fields = Readonly<Record<string, SettingsField>>;

/** The name of the check box that removes a secret. */
export const removalField = (name: string): string => `remove.${name}`;

export type SectionSet = ReturnType<typeof sectionSet>;

/** Makes the form, the document and the defaults from the sections of a page, in their order. */
export function sectionSet(sections: readonly Section[]) {
  const fields: Fields = Object.assign({}, ...sections.map((section) => section.fields));
  const namesOfKind = (kind: FieldControl["kind"]): readonly string[] => Object.entries(fields).flatMap(([name, { control }]) => (control.kind === kind ? [name] : []));
  const secretNames = namesOfKind("secret");
  const documentPaths = Object.assign({}, ...sections.flatMap((section) => [section.document, ...Object.values(section.fields).map(({ document }) => document)])) as Record<string, z.ZodMiniType>;
  const check = (values: Readonly<Record<string, unknown>>) => Object.assign({}, ...sections.map((section) => section.check?.(values))) as Record<string, string>;
  return {
    sections,
    /** All fields by their name in the form. */
    fields,
    /** The names of the fields that hold a secret. */
    secretNames,
    /** The names of the fields that list sites. */
    siteListNames: namesOfKind("sites"),
    /** The schema of every value of the document, by its path. */
    documentPaths,
    document: documentSchema(documentPaths),
    /** What applies to each path that the document has no value at; undefined where nothing does. */
    defaults: Object.assign({}, ...Object.values(fields).map((field) => field.defaults)) as Readonly<Record<string, unknown>>,
    /** Every secret that is sent to an address of the settings, with the path of that address. */
    secretsSentTo: Object.assign({}, ...sections.map((section) => section.secretsSentTo)) as Readonly<Record<string, string>>,
    formShape: formShape(fields, secretNames),
    /** Errors beside fields that do not fit each other. */
    check,
  };
}

function formShape(fields: Fields, secretNames: readonly string[]): Record<string, z.ZodMiniType> {
  const removals = Object.fromEntries(secretNames.map((name) => [removalField(name), checkbox]));
  return { ...Object.fromEntries(Object.entries(fields).map(([name, { form }]) => [name, form])), ...removals };
}
