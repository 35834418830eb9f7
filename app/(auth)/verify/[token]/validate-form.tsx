"use client";

import { ActionForm, FormError, HiddenField, PasswordField, PasswordOwner, SubmitButton } from "@/components/form";
import { validateAddressAction } from "../../actions";

export function ValidateForm({ token, email, needsPassword }: { token: string; email: string; needsPassword: boolean }) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/accounts/schema")).VerifyEmail}
      action={validateAddressAction}
    >
      <FormError />
      <HiddenField name="token" value={token} />
      {needsPassword && (
        <>
          <PasswordOwner email={email} />
          <PasswordField name="password" label="Your password" autoComplete="current-password" required hint="The one you chose when you signed up." />
        </>
      )}
      <SubmitButton>Confirm and sign in</SubmitButton>
    </ActionForm>
  );
}
