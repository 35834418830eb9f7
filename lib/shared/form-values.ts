import { AppError } from "./app-error";
import type { FormValues } from "./form-state";

const secretField = /password|secret|token|^code$/i;

/** Name of the hidden field that carries the initial values of a form. */
export const initialValuesField = "$opened";

type Value = string | string[] | undefined;

const comparable = (value: Value) => (Array.isArray(value) ? [...value].sort().join("\n") : (value ?? "").replaceAll("\r\n", "\n").trim());

/** Whether two field values are equal: lists in any order, a missing value like an empty one. */
export const isSameValue = (one: Value, other: Value): boolean => comparable(one) === comparable(other);

/** Reads the values of a submitted form: `x[]` becomes a list under `x`; files and names that begin with `$` are left out. */
export function parseFormData(form: unknown): FormValues {
  if (!(form instanceof FormData)) throw new AppError("invalid", "This was not sent by a form. Reload the page and try again");
  const values: FormValues = Object.create(null);
  for (const [name, value] of form) {
    if (typeof value !== "string" || name.startsWith("$")) continue;
    if (!name.endsWith("[]")) {
      values[name] = value;
      continue;
    }
    const key = name.slice(0, -2);
    const list = values[key];
    values[key] = [...(Array.isArray(list) ? list : []), ...(value === "" ? [] : [value])];
  }
  return { ...values };
}

/** Returns the values without secrets, to show them again after a failed submission. */
export function safeFormValues(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !secretField.test(name)));
}
