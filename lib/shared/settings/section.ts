import type * as z from "zod/mini";
import type { SettingsDocument } from "./document";

/** A column of a field that holds rows. */
export type RowColumn = {
  key: string;
  label: string;
  kind: "text" | "number" | "choice";
  options?: readonly { value: string; label: string }[];
  placeholder?: string;
  /** Whether a number may be negative. */
  signed?: true;
  /** Whether its cells need the whole width. */
  wide?: true;
};

/** How a form shows a field. */
export type FieldControl =
  | { kind: "text"; maxLength: number; mono?: true; placeholder?: string }
  | { kind: "number"; unit: string; placeholder?: string; signed?: true }
  | { kind: "time" }
  | { kind: "check" }
  | { kind: "choice"; options: readonly { value: string; label: string; description?: string }[]; as?: "select" }
  | { kind: "lines"; rows: number; placeholder?: string; prose?: true }
  | { kind: "rows"; columns: readonly RowColumn[]; max: number; add: string; ordered?: true }
  | { kind: "sites" }
  | { kind: "secret" }
  /** A field that its page draws. */
  | { kind: "own" };

/** The other values of a submitted form, and the document before the change. */
export type SubmittedForm = { values: Readonly<Record<string, unknown>>; document: SettingsDocument };

/** A field of a section. Its name in the form is its path in the settings document, unless it stands for several values. */
export type SettingsField = {
  label: string;
  hint?: string;
  control: FieldControl;
  /** The option of a choice of the same section that this field belongs to. */
  within?: string;
  /** Fields with the same line stand side by side behind this text. */
  line?: string;
  required?: true;
  /** The paths that the field reads and writes in the settings document, with the schema of each value. */
  document: Readonly<Record<string, z.ZodMiniType>>;
  /** What applies to a path while the document has no value there. */
  defaults?: Readonly<Record<string, unknown>>;
  /** Parses what a form sends. */
  form: z.ZodMiniType;
  /** The value in the form, with the default where the document has none. */
  toForm: (document: SettingsDocument) => string | string[];
  /** The changes of the document for a parsed value; undefined removes a path. */
  toDocument: (value: unknown, form: SubmittedForm) => Readonly<Record<string, unknown>>;
  /** What is wrong with a parsed value that changes the document, where that depends on what is stored. */
  problem?: (value: unknown, form: SubmittedForm) => string | undefined;
};

/** One card of a settings page: its part of the settings document, the defaults and the form. */
export type Section = {
  id: string;
  title: string;
  description: string;
  fields: Readonly<Record<string, SettingsField>>;
  /** Paths of the document that no field of the form changes. */
  document?: Readonly<Record<string, z.ZodMiniType>>;
  /** Secrets by the path of the address that they are sent to: when it changes, they must be typed again, or whoever changes it could read them. */
  secretsSentTo?: Readonly<Record<string, string>>;
  /** The names of those paths in words, and of secrets that no field of the form sets. */
  labels?: Readonly<Record<string, string>>;
  /** Errors beside fields that do not fit each other, by the parsed values of the form. */
  check?: (values: Readonly<Record<string, unknown>>) => Readonly<Record<string, string>> | undefined;
};

type FieldOf = (path: string) => SettingsField;
type SectionSpec = Omit<Section, "fields"> & { fields?: Readonly<Record<string, SettingsField | FieldOf>> };

/** Declares a section; fields that stand for one value learn their path from their key. */
export function defineSection({ fields = {}, ...section }: SectionSpec): Section {
  const named = Object.entries(fields).map(([path, field]) => [path, typeof field === "function" ? field(path) : field] as const);
  return { ...section, fields: Object.fromEntries(named) };
}
