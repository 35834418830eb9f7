"use client";

import { ActionForm, FormError, HiddenField, PasswordField, PasswordOwner, SubmitButton } from "@/components/form";
import { validateAddressAction } from "../../actions";

export function ValidateForm({ token, email }: { token: string; email: string }) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/accounts/schema")).VerifyEmail}
      action={validateAddressAction}
    >
      <FormError />
      <HiddenField name="token" value={token} />
      <PasswordOwner email={email} />
      <PasswordField name="password" label="Password you chose" autoComplete="current-password" required />
      <SubmitButton>Validate</SubmitButton>
    </ActionForm>
  );
}
