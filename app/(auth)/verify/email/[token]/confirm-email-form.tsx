"use client";

import { ActionForm, FormError, HiddenField, PasswordField, SubmitButton } from "@/components/form";
import { confirmEmailAction } from "../actions";

export function ConfirmEmailForm({ token, asksPassword }: { token: string; asksPassword: boolean }) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/email-changes/schema")).ConfirmEmailChange}
      action={confirmEmailAction}
    >
      <FormError />
      <HiddenField name="token" value={token} />
      {asksPassword && <PasswordField name="password" label="Password" autoComplete="current-password" required hint="Your account password." />}
      <SubmitButton>Confirm email address</SubmitButton>
    </ActionForm>
  );
}
