"use client";

import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { formStack } from "@/components/ui/form-class";
import type { FormAction, FormValues } from "@/lib/shared/form-state";
import { previewedField } from "@/lib/shared/form-values";
import { firstError, focusField, wholeOf } from "./check";
import { FormContext } from "./context";
import { useDraft } from "./draft";
import { InitialValues, useInitialValues } from "./initial-values";
import { PageIdentityFields } from "./page-identity";
import { useSubmission } from "./submission";
import { useUnsavedWarning } from "./unsaved";
import { type LoadSchema, useChecks } from "./use-checks";

type ActionFormProps = {
  /** Schema for validation in the browser; none for forms without inputs. */
  schema?: LoadSchema;
  action: FormAction;
  defaults?: FormValues;
  /** Warn before leaving with unsaved changes. */
  warnUnsaved?: boolean;
  className?: string;
  children: ReactNode;
};

/** A form for a server action: works without script, and validates in the browser with script. */
export function ActionForm({ schema, action, defaults, warnUnsaved = false, className, children }: ActionFormProps) {
  const element = useRef<HTMLFormElement>(null);
  const { posted, state, send, fallback, pending } = useSubmission(action);
  const { rendered, initialValues } = useInitialValues(element, defaults, state);
  const { errors, fetchSchema, beforeSending, recheck } = useChecks(element, schema, state);
  useUnsavedWarning(element, { on: warnUnsaved && !pending && !state.outcome, isSaved: initialValues?.version !== undefined });
  const isRestored = useDraft(element);

  useEffect(() => {
    if (state.error && element.current) focusField(element.current, firstError(element.current, state.error.fields));
  }, [state]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const sendNow = () => send(new FormData(form, submitter));
    void beforeSending(event, sendNow, (wrong) => focusField(form, firstError(form, wrong)));
  };

  const { conflict, error } = state;
  const shown = {
    values: posted.values ?? rendered ?? {},
    errors,
    pending,
    message: wholeOf(error, errors),
    meanwhile: conflict,
    isOtherAccount: Boolean(state.pageIdentity),
    isSignedOut: error?.isSignedOut,
    isRestored,
    outcome: state.outcome,
    preview: state.preview,
  };
  return (
    <FormContext value={shown}>
      <form
        ref={element}
        className={className ?? formStack}
        action={fallback}
        onSubmit={submit}
        onFocus={() => void fetchSchema()}
        onBlur={recheck}
        onChange={recheck}
        noValidate
      >
        <PageIdentityFields sentBefore={state.pageIdentity} />
        <InitialValues values={initialValues} />
        {state.previewed && <input type="hidden" name={previewedField} value={state.previewed} />}
        {children}
      </form>
    </FormContext>
  );
}
