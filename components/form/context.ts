"use client";

import { createContext, use, useId } from "react";
import type { FieldErrors as Errors } from "react-hook-form";
import type { FormValues, MergeConflict, Preview } from "@/lib/shared/form-state";
import type { BulkOutcome } from "@/lib/shared/selection";
import { messageOf } from "./check";

type Shown = { values: FormValues; errors: Errors<FormValues>; pending: boolean; message?: string; meanwhile?: MergeConflict; isOtherAccount?: boolean; isSignedOut?: boolean; isRestored?: boolean; outcome?: BulkOutcome; preview?: Preview };

export const FormContext = createContext<Shown>({ values: {}, errors: {}, pending: false });

/** The state of a field: initial value, messages, and the ids that associate them. */
export function useField(name: string, hint?: unknown) {
  const id = useId();
  const { values, errors, meanwhile } = use(FormContext);
  const error = messageOf(errors, name);
  const theirs = meanwhile?.fields[name];
  const value = values[name];
  const described = [error || hint ? `${id}-note` : "", theirs ? `${id}-theirs` : ""].filter(Boolean).join(" ");
  return {
    value: typeof value === "string" ? value : undefined,
    list: Array.isArray(value) ? value : [],
    labels: meanwhile?.labels ?? {},
    note: { id, name, error, theirs: theirs && { by: meanwhile?.updatedBy ?? "", ...theirs } },
    control: {
      id,
      name,
      "aria-invalid": error ? true : undefined,
      "aria-describedby": described || undefined,
    },
  };
}

export type FieldNote = ReturnType<typeof useField>["note"];
