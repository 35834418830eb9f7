"use client";

import { ActionForm, FormError, HiddenField, PasswordField, PasswordOwner, SubmitButton } from "@/components/form";
import { ResetPassword } from "@/lib/accounts/schema";
import { resetPasswordAction } from "../../actions";

export function ResetForm({ token, email, minimum }: { token: string; email: string; minimum: number }) {
  return (
    <ActionForm schema={ResetPassword} action={resetPasswordAction}>
      <FormError />
      <HiddenField name="token" value={token} />
      <PasswordOwner email={email} />
      <PasswordField
        name="password"
        label="New password"
        autoComplete="new-password"
        required
        hint={`${minimum} to 128 characters. Widely used passwords, and names that others know of you, are refused.`}
      />
      <p className="hint">Everybody who is signed in with the old password is signed out.</p>
      <SubmitButton>Set new password</SubmitButton>
    </ActionForm>
  );
}
