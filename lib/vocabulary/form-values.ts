import { Fault } from "./fault";
import type { FormValues } from "./result";

const secret = /password|secret|token|^code$/i;

/** The field in which a form carries what it was opened with. */
export const openedName = "$opened";

type Value = string | string[] | undefined;

const written = (value: Value) => (Array.isArray(value) ? [...value].sort().join("\n") : (value ?? "").replaceAll("\r\n", "\n").trim());

/** Whether two values of a field say the same: lists in any order, and nothing is nothing. */
export const sameValue = (one: Value, other: Value): boolean => written(one) === written(other);

/** What a submitted form says, the same in browser and server: `x[]` is always a list under `x`; files, and what begins with a dollar, are left out. */
export function valuesOf(form: unknown): FormValues {
  if (!(form instanceof FormData)) throw new Fault("invalid", "This was not sent by a form. Reload the page and try again");
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

/** What may be shown again after a failed submission: everything but secrets. */
export function echoOf(values: FormValues): FormValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !secret.test(name)));
}
