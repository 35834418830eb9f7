"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { answerInvitationAction, switchAccountAction } from "./actions";

/** Accept or decline. */
export function AnswerForm({ token }: { token: string }) {
  return (
    <ActionForm action={answerInvitationAction}>
      <FormError />
      <HiddenField name="token" value={token} />
      <SubmitButton>Accept</SubmitButton>
      <SubmitButton variant="plain" name="answer" value="decline">Decline</SubmitButton>
    </ActionForm>
  );
}

/** Signs out and leads back to the invitation, by the sign-in page when the invited address has an account. */
export function SwitchAccountForm({ token, primary = false }: { token: string; primary?: boolean }) {
  return (
    <ActionForm action={switchAccountAction}>
      <FormError />
      <HiddenField name="token" value={token} />
      <SubmitButton variant={primary ? "primary" : "plain"}>Switch account</SubmitButton>
    </ActionForm>
  );
}
