import { AppError } from "./app-error";
import type { FormValues } from "./form-state";
import { holdsPrivateKey } from "./key-material";
import { isSecretName } from "./secret-names";

/** Name of the hidden field that carries the initial values of a form. */
export const initialValuesField = "$opened";

/** Name of the hidden field that carries the address to return to. */
export const backField = "$back";

/** Names of the submit buttons of a form with a preview, of the hidden field with what it is about, and of the file input. */
export const stepField = "$step";
export const previewedField = "$previewed";
export const fileField = "$file";

type Value = string | string[] | undefined;

/** A value as text for comparison: lists in any order, line breaks and outer space alike. */
export const comparable = (value: Value) => (Array.isArray(value) ? [...value].sort().join("\n") : (value ?? "").replaceAll("\r\n", "\n").trim());

/** Whether two field values are equal: lists in any order, a missing value like an empty one. */
export const isSameValue = (one: Value, other: Value): boolean => comparable(one) === comparable(other);

const maxFields = 5_000;
const maxNameLength = 100;

/** Reads the values of a submitted form: `x[]` becomes a list under `x`; files and names that begin with `$` are left out. */
export function parseFormData(form: unknown): FormValues {
  if (!(form instanceof FormData)) throw new AppError("invalid", "This wasn’t sent by a form. Reload the page and try again");
  const texts = [...form].filter((field): field is [string, string] => typeof field[1] === "string" && !field[0].startsWith("$"));
  if (texts.length > maxFields || texts.some(([name]) => name.length > maxNameLength)) throw new AppError("invalid", "This form has too many fields");
  const lists = Map.groupBy(texts.filter(([name]) => name.endsWith("[]")), ([name]) => name.slice(0, -2));
  return Object.fromEntries<string | string[]>([
    ...texts.filter(([name]) => !name.endsWith("[]")),
    ...[...lists].map(([name, fields]): [string, string[]] => [name, fields.map(([, value]) => value).filter((value) => value !== "")]),
  ]);
}

/** Returns the values without secrets and without private keys in other fields, to show them again after a failed submission. */
export function safeFormValues(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => !isSecretName(name) && ![value].flat().some(holdsPrivateKey)));
}
