"use client";

import { createContext, use, useId } from "react";
import type { FieldErrors as Errors } from "react-hook-form";
import type { FormValues } from "@/lib/vocabulary/result";

type Shown = { values: FormValues; errors: Errors<FormValues>; pending: boolean; message?: string };

export const FormContext = createContext<Shown>({ values: {}, errors: {}, pending: false });

/** What a field needs to show itself: its value to begin with, its error, and the ids that tie them together. */
export function useField(name: string, hint?: unknown) {
  const id = useId();
  const { values, errors } = use(FormContext);
  const message = errors[name]?.message;
  const error = typeof message === "string" && message !== "" ? message : undefined;
  const noteId = `${id}-note`;
  const value = values[name];
  return {
    value: typeof value === "string" ? value : undefined,
    list: Array.isArray(value) ? value : [],
    error,
    noteId,
    control: {
      id,
      name,
      "aria-invalid": error ? true : undefined,
      "aria-describedby": error || hint ? noteId : undefined,
    },
  };
}
