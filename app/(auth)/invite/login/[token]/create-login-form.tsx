"use client";

import { ActionForm, CheckField, FormError, HiddenField, PasswordField, SubmitButton, TextField } from "@/components/form";
import { CreateLogin } from "@/lib/acceptances/schema";
import type { FormValues } from "@/lib/vocabulary/result";
import { createLoginAction } from "../../actions";

type CreateLoginFormProps = {
  token: string;
  email: string;
  defaults: FormValues;
  minimum: number;
  operator: string;
  termsUrl?: string;
  privacyUrl?: string;
};

export function CreateLoginForm({ token, email, defaults, minimum, operator, termsUrl, privacyUrl }: CreateLoginFormProps) {
  return (
    <ActionForm schema={CreateLogin} action={createLoginAction} defaults={defaults}>
      <FormError />
      <HiddenField name="token" value={token} />
      {/* Lets a password keeper know whose password this is. */}
      <input type="email" name="username" defaultValue={email} autoComplete="username" readOnly hidden />
      <div className="pair">
        <TextField name="firstName" label="First Name" autoComplete="given-name" maxLength={64} required />
        <TextField name="lastName" label="Last Name" autoComplete="family-name" maxLength={64} required />
      </div>
      <TextField name="phone" label="Phone" type="tel" autoComplete="tel" maxLength={32} hint="May be left empty." />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="new-password"
        required
        hint={`${minimum} to 128 characters. Widely used passwords, and names that others know of you or the organization, are refused.`}
      />
      <CheckField
        name="analytics"
        label="Allow usage analysis"
        hint={privacyUrl ? <a className="link" href={privacyUrl}>Privacy Notice</a> : "You can change this later."}
      />
      <CheckField
        name="terms"
        label={`I accept the terms of use of ${operator}`}
        hint={termsUrl && <a className="link" href={termsUrl}>Terms of use</a>}
      />
      <SubmitButton>Create Login</SubmitButton>
    </ActionForm>
  );
}
