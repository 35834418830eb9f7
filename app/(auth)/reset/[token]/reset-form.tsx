"use client";

import { ActionForm, FormError, HiddenField, PasswordField, SubmitButton } from "@/components/form";
import { ResetPassword } from "@/lib/accounts/schema";
import { resetPasswordAction } from "../../actions";

export function ResetForm({ token, email, minimum }: { token: string; email: string; minimum: number }) {
  return (
    <ActionForm schema={ResetPassword} action={resetPasswordAction}>
      <FormError />
      <HiddenField name="token" value={token} />
      {/* Lets a password keeper know whose password this is. */}
      <input type="email" name="username" defaultValue={email} autoComplete="username" readOnly hidden />
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
