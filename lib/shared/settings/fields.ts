import * as z from "zod/mini";
import { checkbox } from "@/lib/shared/form-schemas";
import { boundedArray, boundedText, multiLine, rowId } from "@/lib/shared/text-schemas";
import { asciiForm, splitList } from "@/lib/shared/typed-text";
import { valueAt } from "./document";
import type { FieldControl, SettingsField } from "./section";

export type Labels = Pick<SettingsField, "label" | "hint" | "within" | "line">;

type SingleValue<T> = Labels & {
  required?: true;
  control: FieldControl;
  value: z.ZodMiniType<T>;
  form: z.ZodMiniType<T | undefined>;
  fallback?: T;
  format: (value: T | undefined) => string | string[];
};

/** A field that stands for the value at its path. */
export const single =
  <T>({ value, form, fallback, format, ...rest }: SingleValue<T>) =>
  (path: string): SettingsField => ({
    ...rest,
    document: { [path]: value },
    defaults: { [path]: fallback },
    form,
    toForm: (document) => format((valueAt(document, path) as T | undefined) ?? fallback),
    toDocument: (typed) => ({ [path]: typed }),
  });

const opposite = z.pipe(checkbox, z.transform((checked: boolean) => !checked));

type CheckField = Labels & { fallback?: boolean; inverted?: true };

/** A check box, on or off by default; an inverted one is checked while the value is false. */
export const checkField = ({ fallback = false, inverted, ...labels }: CheckField) =>
  single<boolean>({
    ...labels,
    control: { kind: "check" },
    value: z.boolean(),
    form: inverted ? opposite : checkbox,
    fallback,
    format: (value) => ((value === true) === (inverted !== true) ? "true" : ""),
  });

const inherited = "inherit";

/** On, off, or the value of the organization, which applies while nothing is set. */
export function inheritedCheckField(labels: Labels) {
  const options = [
    { value: inherited, label: "As the organization" },
    { value: "true", label: "On" },
    { value: "false", label: "Off" },
  ] as const;
  const chosen = z._default(z.enum([inherited, "true", "false"], "Choose one"), inherited);
  const form = z.pipe(chosen, z.transform((value) => (value === inherited ? undefined : value === "true")));
  return single<boolean>({ ...labels, control: { kind: "choice", options, as: "select" }, value: z.boolean(), form, format: (value) => String(value ?? inherited) });
}

type NumberField = Labels & { min: number; max: number; unit: string; fallback?: number; placeholder?: string };

/** A whole number between two limits; empty means the default. */
export function numberField({ min, max, unit, fallback, placeholder, ...labels }: NumberField) {
  const message = `Enter a number from ${min} to ${max}`;
  const value = z.int(message).check(z.minimum(min, message), z.maximum(max, message));
  const typed = z.pipe(z._default(boundedText(20), ""), z.transform((text) => (text.trim() === "" ? undefined : Number(asciiForm(text)))));
  const form = z.pipe(typed, z.optional(value));
  return single<number>({ ...labels, control: { kind: "number", unit, placeholder, signed: min < 0 || undefined }, value, form, fallback, format: (shown) => (shown === undefined ? "" : String(shown)) });
}

type TextSchema = z.ZodMiniType<string, string | undefined>;
type TextField = Labels & { schema: TextSchema; maxLength: number; required?: true; mono?: true; placeholder?: string; fallback?: string };

/** One line of text; unless it is required, empty means not set, or the default. */
export function textField({ schema, maxLength, required, mono, placeholder, fallback, ...labels }: TextField) {
  const value = required ? schema : schema.check(z.minLength(1, "Fill in this field"));
  const emptyAsUnset: z.ZodMiniType<string | undefined> = z.pipe(schema, z.transform((text: string) => (text === "" ? undefined : text)));
  const form = required ? schema : emptyAsUnset;
  return single<string>({ ...labels, required, control: { kind: "text", maxLength, mono, placeholder }, value, form, fallback, format: (text) => text ?? "" });
}

/** Text of several lines. */
export function proseField({ max, rows, placeholder, ...labels }: Labels & { max: number; rows: number; placeholder?: string }) {
  const value = multiLine(max);
  const form = z.pipe(z._default(value, ""), z.transform((text: string) => (text === "" ? undefined : text)));
  return single<string>({ ...labels, control: { kind: "lines", rows, placeholder, prose: true }, value, form, format: (text = "") => text });
}

type Option = { value: string; label: string; description?: string };
type ChoiceField = Labels & { options: readonly [Option, ...Option[]]; fallback?: string; as?: "select"; message?: string };

/** One of several values; the first one unless another is the default. */
export function choiceField({ options, fallback = options[0].value, as, message = "Choose one", ...labels }: ChoiceField) {
  const value = z.enum(options.map((option) => option.value) as [string, ...string[]], message);
  return single<string>({ ...labels, control: { kind: "choice", options, as }, value, form: z._default(value, fallback), fallback, format: (chosen = "") => chosen });
}

const timeMessage = "Enter a time, like 02:00";

/** A time of day, HH:MM. */
export const timeOfDay = boundedText(5, { tooLong: timeMessage }).check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, timeMessage));

/** A time of day; empty means the default. */
export const timeField = ({ fallback, ...labels }: Labels & { fallback?: string }) =>
  single<string>({ ...labels, control: { kind: "time" }, value: timeOfDay, form: optionalForm(timeOfDay), fallback, format: (time = "") => time });

/** A schema for which empty text means that nothing is set. */
export function optionalForm<T>(schema: z.ZodMiniType<T, string>, maxLength = 200): z.ZodMiniType<T | undefined> {
  const text = z._default(boundedText(maxLength), "");
  const parsed = z.transform((typed: string, context) => {
    if (typed.trim() === "") return undefined;
    const { data, error } = schema.safeParse(typed);
    for (const { message } of error?.issues ?? []) context.issues.push({ code: "custom", message, input: typed });
    return data;
  });
  return z.pipe(text, parsed) as z.ZodMiniType<T | undefined>;
}

type ListField = Labels & {
  item: z.ZodMiniType<string, string>;
  max: number;
  rows?: number;
  placeholder?: string;
  separator?: "lines" | "commas";
  /** The length of the longest item. */
  maxLength?: number;
  /** How typed text is split; at lines, commas and semicolons when left out. */
  split?: (text: string) => string[];
};

/** Several values, typed one per line or separated by commas. */
export function listField({ item, max, rows = 3, placeholder, separator = "lines", maxLength = 200, split = splitList, ...labels }: ListField) {
  const value = boundedArray(item, max, `Enter at most ${max}`);
  const typed = z.pipe(z._default(multiLine(max * maxLength), ""), z.transform((text) => [...new Set(split(text))]));
  const form = z.pipe(typed, value);
  const control: FieldControl = separator === "lines" ? { kind: "lines", rows, placeholder } : { kind: "text", maxLength: max * 50, placeholder };
  return single<string[]>({ ...labels, control, value, form, fallback: [], format: (list = []) => list.join(separator === "lines" ? "\n" : ", ") });
}

type NumbersField = Labels & { min: number; max: number; /** How many there can be. */ most: number; placeholder?: string };

/** Whole numbers between two limits, separated by commas. */
export function numbersField({ min, max, most, placeholder, ...labels }: NumbersField) {
  const message = `Enter numbers from ${min} to ${max}`;
  const number = z.int(message).check(z.minimum(min, message), z.maximum(max, message));
  const value = boundedArray(number, most, `Enter at most ${most}`);
  const maxLength = most * 8;
  const typed = z.pipe(z._default(boundedText(maxLength), ""), z.transform((text) => [...new Set(splitList(asciiForm(text)).map(Number))]));
  return single<number[]>({ ...labels, control: { kind: "text", maxLength, placeholder }, value, form: z.pipe(typed, value), fallback: [], format: (list = []) => list.join(", ") });
}

/** How many sites a field can list. */
export const maxSites = 500;

/** Sites of the organization. */
export function sitesField(labels: Labels) {
  const value = boundedArray(rowId("Choose a site"), maxSites);
  return single<string[]>({ ...labels, control: { kind: "sites" }, value, form: z._default(value, []), fallback: [], format: (list = []) => list });
}

const maxSecretLength = 4_096;

/** A secret that is stored encrypted beside the document and never shown: empty keeps what is set. */
export const secretField = (labels: Labels): SettingsField => ({
  ...labels,
  control: { kind: "secret" },
  document: {},
  form: z._default(boundedText(maxSecretLength).check(z.trim()), ""),
  toForm: () => "",
  toDocument: () => ({}),
});
