"use client";

import { ActionForm, FormError, HiddenField, PasswordField, SubmitButton } from "@/components/form";
import { ConfirmAddress } from "@/lib/addresses/schema";
import { confirmEmailAction } from "../actions";

export function ConfirmEmailForm({ token, asksPassword }: { token: string; asksPassword: boolean }) {
  return (
    <ActionForm schema={ConfirmAddress} action={confirmEmailAction}>
      <FormError />
      <HiddenField name="token" value={token} />
      {asksPassword && <PasswordField name="password" label="Password" autoComplete="current-password" required hint="The password of your account." />}
      <SubmitButton>Confirm email address</SubmitButton>
    </ActionForm>
  );
}
