"use client";

import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import type { FormAction } from "@/lib/shared/form-state";
import { FormContext } from "./context";
import { PageIdentityFields } from "./page-identity";
import { useSubmission } from "./submission";
import { FormError } from "./submit";

type ButtonFormProps = { action: FormAction; id?: string; className?: string; children?: ReactNode };

/** A form of buttons without inputs; shows the server's error above them. */
export function ButtonForm({ action, id, className, children }: ButtonFormProps) {
  const element = useRef<HTMLFormElement>(null);
  const { state, send, fallback, pending } = useSubmission(action);
  const message = state.error?.message;

  useEffect(() => {
    if (state.error) element.current?.querySelector<HTMLElement>("[data-form-error]")?.focus();
  }, [state]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    send(new FormData(event.currentTarget, submitter));
  };

  return (
    <FormContext value={{ values: {}, errors: {}, pending, message, isOtherAccount: Boolean(state.pageIdentity), isSignedOut: state.error?.isSignedOut }}>
      <form ref={element} id={id} className={className} action={fallback} onSubmit={submit}>
        <PageIdentityFields sentBefore={state.pageIdentity} />
        <FormError />
        {children}
      </form>
    </FormContext>
  );
}
