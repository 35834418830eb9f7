"use client";

import { type FocusEvent, type FormEvent, type RefObject, useMemo, useRef } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod/mini";
import type { FormState, FormValues } from "@/lib/shared/form-state";
import { checkedBy, errorsOf, partOf } from "./check";

/** Fetches what the fields of a form are checked with. */
export type LoadSchema = () => Promise<z.ZodMiniType>;

/** The schema comes when somebody first turns to the form: no page waits for it, and until it is here the server alone decides. */
function useSchema(load: LoadSchema | undefined) {
  const here = useRef<z.ZodMiniType>(undefined);
  const coming = useRef<Promise<z.ZodMiniType | undefined>>(undefined);
  const fetchSchema = () => {
    coming.current ??= load?.().then(
      (schema) => (here.current = schema),
      () => (coming.current = undefined),
    );
    return coming.current;
  };
  return { here, fetchSchema };
}

/** Checks a field when it is left, then as it is typed once it was wrong, and all of them before they are sent. */
export function useChecks(form: RefObject<HTMLFormElement | null>, load: LoadSchema | undefined, state: FormState) {
  const { here, fetchSchema } = useSchema(load);
  const sending = useRef(false);
  const refused = useMemo(() => errorsOf(state.error?.fields), [state]);
  const { formState, handleSubmit, trigger, getFieldState } = useForm<FormValues>({
    mode: "onSubmit",
    reValidateMode: "onSubmit",
    shouldFocusError: false,
    errors: refused,
    // Who sends does not wait for a slow line to bring the schema.
    resolver: async () => checkedBy(sending.current ? here.current : await fetchSchema(), form.current),
  });

  const beforeSending = async (event: FormEvent, send: () => void, refuse: (errors: object) => void) => {
    sending.current = true;
    try {
      await handleSubmit(send, refuse)(event);
    } finally {
      sending.current = false;
    }
  };

  const recheck = (event: FormEvent<HTMLFormElement> | FocusEvent<HTMLFormElement>) => {
    const part = partOf(event.target);
    if (!part) return;
    const wrong = getFieldState(part.name, formState).invalid;
    const left = event.type === "blur" && part.typed && !("relatedTarget" in event && isSubmit(event.relatedTarget));
    if (wrong || left) void trigger(part.name);
  };

  return { errors: formState.errors, fetchSchema, beforeSending, recheck };
}

// An error drawn between the two halves of a click would move the button away from under it.
const isSubmit = (target: EventTarget | null) => target instanceof HTMLButtonElement && target.type === "submit";
