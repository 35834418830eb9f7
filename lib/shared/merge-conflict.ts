import * as z from "zod/mini";
import { initialValuesField, isSameValue } from "./form-values";
import type { FormValues, MergeConflict } from "./form-state";

const maxInitialValuesLength = 200_000;
const InitialValues = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Reads the initial values that a form carries, or undefined when there are none. */
export function readInitialValues(form: unknown): FormValues | undefined {
  const text = form instanceof FormData ? form.get(initialValuesField) : null;
  if (typeof text !== "string" || text.length > maxInitialValuesLength) return undefined;
  try {
    return InitialValues.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

type MergedForm = { values: FormValues; initialValues: FormValues; conflict: MergeConflict };

/**
 * Merges typed values with those that somebody saved in the meantime: typed changes win, other changes are taken over,
 * and each field that the other save changed is reported. Without initial values every typed value counts as a change.
 */
export function mergeForm(opened: FormValues | undefined, typed: FormValues, current: FormValues, by: string): MergedForm {
  const values: FormValues = { ...typed };
  const fields: MergeConflict["fields"] = {};
  for (const [name, value] of Object.entries(current)) {
    const keepTyped = name !== "version" && (!opened || !isSameValue(typed[name], opened[name]));
    if (!keepTyped) values[name] = value;
    const changed = !opened || !isSameValue(value, opened[name]);
    if (changed && name !== "version" && !(keepTyped && isSameValue(typed[name], value))) fields[name] = { now: value, kept: keepTyped };
  }
  return { values, initialValues: current, conflict: { updatedBy: by, fields } };
}
