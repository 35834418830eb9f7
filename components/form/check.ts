import type { FieldErrors as Errors, ResolverResult } from "react-hook-form";
import type * as z from "zod/mini";
import { parseFormData } from "@/lib/shared/form-values";
import type { FieldErrors, FormState, FormValues } from "@/lib/shared/form-state";
import { nameOf } from "./put";

/** Field errors as react-hook-form keeps them; the first message of each field is the one shown. */
export function errorsOf(fields: FieldErrors = {}): Errors<FormValues> {
  const shown = Object.entries(fields).flatMap(([name, messages]) => {
    const message = messages?.[0];
    return message === undefined ? [] : [[name, { type: "server", message }]];
  });
  return Object.fromEntries(shown);
}

/** What is wrong with the whole, unless a field says the same or every field that was wrong is right by now. */
export function wholeOf(error: FormState["error"], current: object): string | undefined {
  const wrong = Object.entries(error?.fields ?? {});
  const isCorrected = wrong.length > 0 && Object.keys(current).length === 0;
  const isSaid = wrong.flatMap(([, messages]) => messages).includes(error?.message);
  return isCorrected || isSaid ? undefined : error?.message;
}

/** Checks exactly what would be sent, with the schema the server uses; without one there is nothing to say. */
export async function checkedBy(schema: z.ZodMiniType | undefined, form: HTMLFormElement | null): Promise<ResolverResult<FormValues>> {
  if (!form) return { values: {}, errors: {} };
  const values = parseFormData(new FormData(form));
  if (!schema) return { values, errors: {} };
  const checked = await schema.safeParseAsync(values);
  if (checked.success) return { values, errors: {} };
  const fields: Record<string, string[]> = {};
  for (const { path, message } of checked.error.issues) (fields[String(path[0] ?? "root")] ??= []).push(message);
  return { values: {}, errors: errorsOf(fields) };
}

/** The first control on the screen, not in the schema, that has an error. */
export function firstError(form: HTMLFormElement, errors: object = {}): HTMLElement | undefined {
  const wrong = new Set(Object.keys(errors));
  return [...form.elements].find(
    (control): control is HTMLElement =>
      control instanceof HTMLElement && wrong.has(nameOf(control)) && control.getAttribute("type") !== "hidden",
  );
}

/** Brings a control into view and the caret into it; without one, the form's own message. */
export function focusField(form: HTMLFormElement, control: HTMLElement | undefined) {
  const target = control ?? form.querySelector<HTMLElement>("[data-form-error]");
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
}

const chosen = ["checkbox", "radio", "file", "hidden"];

/** The field an event came from, and whether it is one that is typed into and not empty. */
export function partOf(target: EventTarget): { name: string; typed: boolean } | undefined {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement)) {
    return undefined;
  }
  const name = nameOf(target);
  return name === "" ? undefined : { name, typed: target.value !== "" && !chosen.includes(target.type) };
}
