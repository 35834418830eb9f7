"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { initialValuesField, isSameValue, parseFormData } from "@/lib/shared/form-values";
import type { FormState, FormValues } from "@/lib/shared/form-state";
import { put } from "./put";

/**
 * What a form of something with versions was opened with. It stays so however often the page is drawn anew, until
 * somebody else's save is told: then that is what the form goes on from, and what nobody touched here is shown as they left it.
 */
export function useOpened(form: RefObject<HTMLFormElement | null>, defaults: FormValues | undefined, state: FormState) {
  const [first] = useState(defaults);
  const drawn = first?.version === undefined ? defaults : first;
  const opened = state.initialValues ?? drawn;
  const before = useRef(opened);

  useEffect(() => {
    const element = form.current;
    const began = before.current;
    before.current = opened;
    if (!element || !began || !state.conflict) return;
    const typed = parseFormData(new FormData(element));
    for (const [name, { now }] of Object.entries(state.conflict.fields)) {
      if (isSameValue(typed[name], began[name])) put(element, name, now);
    }
  }, [form, state, opened]);

  return { drawn, opened };
}

/** Sends along which save a form goes on from, and what stood there. */
export function Opened({ values }: { values: FormValues | undefined }) {
  if (values?.version === undefined) return null;
  return (
    <>
      <input type="hidden" name="version" value={values.version} />
      <input type="hidden" name={initialValuesField} value={JSON.stringify(values)} />
    </>
  );
}
