import { get, type FieldErrors as Errors, type ResolverResult, set } from "react-hook-form";
import type * as z from "zod/mini";
import { parseFormData } from "@/lib/shared/form-values";
import type { FieldErrors, FormState, FormValues } from "@/lib/shared/form-state";
import { nameOf } from "./form-controls";

/** Field errors in the format of react-hook-form, with the first message of each field; names with dots are paths. */
export function errorsOf(fields: FieldErrors = {}): Errors<FormValues> {
  const errors: Errors<FormValues> = {};
  for (const [name, messages] of Object.entries(fields)) {
    const message = messages?.[0];
    if (message !== undefined) set(errors, name, { type: "server", message });
  }
  return errors;
}

/** The message of a field, if it has an error. */
export function messageOf(errors: object, name: string): string | undefined {
  const message: unknown = get(errors, `${name}.message`);
  return typeof message === "string" && message !== "" ? message : undefined;
}

/** The message of the form, unless a field shows the same one or all invalid fields were corrected. */
export function wholeOf(error: FormState["error"], current: object): string | undefined {
  const wrong = Object.entries(error?.fields ?? {});
  const isCorrected = wrong.length > 0 && Object.keys(current).length === 0;
  const isSaid = wrong.flatMap(([, messages]) => messages).includes(error?.message);
  return isCorrected || isSaid ? undefined : error?.message;
}

/** Validates the form data with the server's schema; without a schema there are no errors. */
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

/** The first invalid control in the order of the page. */
export function firstError(form: HTMLFormElement, errors: object = {}): HTMLElement | undefined {
  return [...form.elements].find(
    (control): control is HTMLElement =>
      control instanceof HTMLElement && nameOf(control) !== "" && get(errors, nameOf(control)) !== undefined && control.getAttribute("type") !== "hidden",
  );
}

/** What people use instead of a control that is hidden while scripts run. */
const shownFor = (form: HTMLFormElement, control: HTMLElement) =>
  control.checkVisibility() ? control : (form.querySelector<HTMLElement>(`[data-stands-for="${CSS.escape(nameOf(control))}"]`) ?? control);

/** Scrolls to a control and focuses it, or the form's message when there is none. */
export function focusField(form: HTMLFormElement, control: HTMLElement | undefined) {
  const target = control ? shownFor(form, control) : form.querySelector<HTMLElement>("[data-form-error]");
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
}

const chosen = ["checkbox", "radio", "file", "hidden"];

/** The field of an event, and whether it is a text input that is not empty. */
export function partOf(target: EventTarget): { name: string; typed: boolean } | undefined {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement)) {
    return undefined;
  }
  const name = nameOf(target);
  return name === "" ? undefined : { name, typed: target.value !== "" && !chosen.includes(target.type) };
}
