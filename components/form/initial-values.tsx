"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { initialValuesField, isSameValue, parseFormData } from "@/lib/shared/form-values";
import type { FormState, FormValues } from "@/lib/shared/form-state";
import { setFieldValue } from "./form-controls";

/**
 * The initial values of a versioned form. They stay when the page is rendered again, until a concurrent save is reported:
 * then its values become the initial ones, and fields that were not edited show them.
 */
export function useInitialValues(form: RefObject<HTMLFormElement | null>, defaults: FormValues | undefined, state: FormState) {
  const [first] = useState(defaults);
  const rendered = first?.version === undefined ? defaults : first;
  const initialValues = state.initialValues ?? rendered;
  const before = useRef(initialValues);

  useEffect(() => {
    const element = form.current;
    const previous = before.current;
    before.current = initialValues;
    if (!element || !previous || !state.conflict) return;
    const current = parseFormData(new FormData(element));
    for (const [name, { now }] of Object.entries(state.conflict.fields)) {
      if (isSameValue(current[name], previous[name])) setFieldValue(element, name, now);
    }
  }, [form, state, initialValues]);

  return { rendered, initialValues };
}

/** Hidden fields with the version and the initial values of a form. */
export function InitialValues({ values }: { values: FormValues | undefined }) {
  if (values?.version === undefined) return null;
  return (
    <>
      <input type="hidden" name="version" value={values.version} />
      <input type="hidden" name={initialValuesField} value={JSON.stringify(values)} />
    </>
  );
}
