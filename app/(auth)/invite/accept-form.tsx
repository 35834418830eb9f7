"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { AcceptInvitation } from "@/lib/acceptances/schema";
import { acceptInvitationAction } from "./actions";

export function AcceptForm({ token, purpose }: { token: string; purpose: "invite" | "create_login" }) {
  return (
    <ActionForm schema={AcceptInvitation} action={acceptInvitationAction}>
      <FormError />
      <HiddenField name="token" value={token} />
      <HiddenField name="purpose" value={purpose} />
      <SubmitButton>Accept</SubmitButton>
    </ActionForm>
  );
}
