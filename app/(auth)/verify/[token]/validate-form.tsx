"use client";

import { ActionForm, FormError, HiddenField, PasswordField, SubmitButton } from "@/components/form";
import { ValidateAddress } from "@/lib/accounts/schema";
import { validateAddressAction } from "../../actions";

export function ValidateForm({ token, email }: { token: string; email: string }) {
  return (
    <ActionForm schema={ValidateAddress} action={validateAddressAction}>
      <FormError />
      <HiddenField name="token" value={token} />
      {/* Lets a password keeper know whose password this is. */}
      <input type="email" name="username" defaultValue={email} autoComplete="username" readOnly hidden />
      <PasswordField name="password" label="Password you chose" autoComplete="current-password" required />
      <SubmitButton>Validate</SubmitButton>
    </ActionForm>
  );
}
