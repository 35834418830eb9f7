"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { endOtherSessionsAction, endSessionAction } from "./actions";

type EndFormProps = { sessionId?: string; closeHref: string };

/** Ends one session, or without one all others. */
export function EndForm({ sessionId, closeHref }: EndFormProps) {
  return (
    <ActionForm action={sessionId ? endSessionAction : endOtherSessionsAction}>
      <FormError />
      {sessionId && <HiddenField name="sessionId" value={sessionId} />}
      <div className={buttonRow}>
        <SubmitButton variant="danger">{sessionId ? "End session" : "End all others"}</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
