"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { acceptInvitationAction } from "./actions";

export function AcceptForm({ token, purpose }: { token: string; purpose: "invite" | "create_login" }) {
  return (
    <ActionForm action={acceptInvitationAction}>
      <FormError />
      <HiddenField name="token" value={token} />
      <HiddenField name="purpose" value={purpose} />
      <SubmitButton>Accept</SubmitButton>
    </ActionForm>
  );
}
