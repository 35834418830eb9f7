"use client";

import { type FocusEvent, type FormEvent, type ReactNode, useEffect, useMemo, useRef } from "react";
import { useForm } from "react-hook-form";
import type * as z from "zod/mini";
import type { FormAction, FormValues } from "@/lib/vocabulary/result";
import { checkedBy, errorsOf, firstError, focusField, partOf, wholeOf } from "./check";
import { FormContext } from "./context";
import { Opened, useOpened } from "./opened";
import { useSubmission } from "./submission";
import { useUnsavedWarning } from "./unsaved";

type ActionFormProps = {
  schema: z.ZodMiniType;
  action: FormAction;
  defaults?: FormValues;
  /** Ask before leaving with something typed and not sent. */
  warnUnsaved?: boolean;
  className?: string;
  children: ReactNode;
};

/** A real form around a server action: works without script, and is checked as one types when there is script. */
export function ActionForm({ schema, action, defaults, warnUnsaved = false, className, children }: ActionFormProps) {
  const element = useRef<HTMLFormElement>(null);
  const { posted, state, send, fallback, pending } = useSubmission(action);
  const { drawn, opened } = useOpened(element, defaults, state);
  const refused = useMemo(() => errorsOf(state.error?.fields), [state]);
  const { formState, handleSubmit, trigger, getFieldState } = useForm<FormValues>({
    mode: "onSubmit",
    reValidateMode: "onSubmit",
    shouldFocusError: false,
    errors: refused,
    resolver: () => checkedBy(schema, element.current),
  });
  useUnsavedWarning(element, warnUnsaved && !pending);

  useEffect(() => {
    if (state.error && element.current) focusField(element.current, firstError(element.current, state.error.fields));
  }, [state]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const sendNow = () => send(new FormData(form, submitter));
    void handleSubmit(sendNow, (errors) => focusField(form, firstError(form, errors)))(event);
  };

  const recheck = (event: FormEvent<HTMLFormElement> | FocusEvent<HTMLFormElement>) => {
    const part = partOf(event.target);
    if (!part) return;
    const wrong = getFieldState(part.name, formState).invalid;
    const left = event.type === "blur" && part.typed && !("relatedTarget" in event && isSubmit(event.relatedTarget));
    if (wrong || left) void trigger(part.name);
  };

  const { meanwhile, error } = state;
  const shown = { values: posted.values ?? drawn ?? {}, errors: formState.errors, pending, message: wholeOf(error), meanwhile };
  return (
    <FormContext value={shown}>
      <form
        ref={element}
        className={className ?? "form"}
        action={fallback}
        onSubmit={submit}
        onBlur={recheck}
        onChange={recheck}
        noValidate
      >
        <Opened values={opened} />
        {children}
      </form>
    </FormContext>
  );
}

// An error drawn between the two halves of a click would move the button away from under it.
const isSubmit = (target: EventTarget | null) => target instanceof HTMLButtonElement && target.type === "submit";
