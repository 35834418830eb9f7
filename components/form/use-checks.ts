"use client";

import { type FocusEvent, type FormEvent, type RefObject, useMemo, useRef } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod/mini";
import type { FormState, FormValues } from "@/lib/shared/form-state";
import { checkedBy, errorsOf, partOf } from "./check";

/** Loads the schema of a form. */
export type LoadSchema = () => Promise<z.ZodMiniType>;

/** Loads the schema on first focus, so that no page waits for it; until then only the server validates. */
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

/** Validates a field on blur, an invalid one on input, and all fields before submission. */
export function useChecks(form: RefObject<HTMLFormElement | null>, load: LoadSchema | undefined, state: FormState) {
  const { here, fetchSchema } = useSchema(load);
  const sending = useRef(false);
  const refused = useMemo(() => errorsOf(state.error?.fields), [state]);
  const { formState, handleSubmit, trigger, getFieldState } = useForm<FormValues>({
    mode: "onSubmit",
    reValidateMode: "onSubmit",
    shouldFocusError: false,
    errors: refused,
    // Submission does not wait for the schema on a slow connection.
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
    // Without a schema only a new value clears the server's error: clearing it on blur would move what is being clicked.
    if (!part || (event.type === "blur" && !load)) return;
    const wrong = getFieldState(part.name, formState).invalid;
    const left = event.type === "blur" && part.typed && !("relatedTarget" in event && isSubmit(event.relatedTarget));
    if (wrong || left) void trigger(part.name);
  };

  return { errors: formState.errors, fetchSchema, beforeSending, recheck };
}

// An error rendered between mousedown and mouseup would move the button that is being clicked.
const isSubmit = (target: EventTarget | null) => target instanceof HTMLButtonElement && target.type === "submit";
