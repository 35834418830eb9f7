import * as z from "zod/mini";
import { openedName, sameValue } from "./form-values";
import type { FormValues, Meanwhile } from "./result";

const Opened = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** What a form was opened with, as it says itself. */
export function openedIn(form: unknown): FormValues | undefined {
  const text = form instanceof FormData ? form.get(openedName) : null;
  if (typeof text !== "string") return undefined;
  try {
    return Opened.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Brings together what was typed and what somebody saved meanwhile: what only they changed is theirs, what was
 * changed here is kept, and each field they changed is told. Of a form that cannot say what it was opened with, all is kept.
 */
export function meet(opened: FormValues | undefined, typed: FormValues, now: FormValues, by: string) {
  const values: FormValues = { ...typed };
  const fields: Meanwhile["fields"] = {};
  for (const [name, stands] of Object.entries(now)) {
    const kept = name !== "version" && (!opened || !sameValue(typed[name], opened[name]));
    if (!kept) values[name] = stands;
    const changed = !opened || !sameValue(stands, opened[name]);
    if (changed && name !== "version" && !(kept && sameValue(typed[name], stands))) fields[name] = { now: stands, kept };
  }
  return { values, opened: now, meanwhile: { by, fields } };
}
