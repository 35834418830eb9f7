"use client";

import { unstable_rethrow } from "next/navigation";
import { useActionState, useCallback, useRef, useState, useTransition } from "react";
import type { FormAction, FormState } from "@/lib/shared/form-state";

const nothing: FormState = {};
const unanswered = "The server didn’t answer. What you typed is still here: check your connection and try again.";

/**
 * Submits a form, one request at a time, and keeps the returned state. `fallback` is the action attribute for submission
 * without script; with script `send` is used, because React resets the fields after a form action.
 */
export function useSubmission(action: FormAction) {
  const [posted, fallback] = useActionState(action, nothing);
  const [answer, setAnswer] = useState<FormState>();
  const [pending, startTransition] = useTransition();
  const busy = useRef(false);
  const state = answer ?? posted;

  const send = useCallback(
    (form: FormData) => {
      if (busy.current) return;
      busy.current = true;
      startTransition(async () => {
        try {
          setAnswer(await action(state, form));
        } catch (error) {
          unstable_rethrow(error);
          setAnswer({ values: state.values, pageIdentity: state.pageIdentity, error: { message: unanswered } });
        } finally {
          busy.current = false;
        }
      });
    },
    [action, state],
  );

  return { posted, state, send, fallback, pending };
}
