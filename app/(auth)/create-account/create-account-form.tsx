"use client";

import { ActionForm, CheckField, FormError, PasswordField, RadioGroup, SubmitButton, TextField } from "@/components/form";
import { CreateAccount, regions } from "@/lib/accounts/schema";
import { createAccountAction } from "../actions";

type Region = keyof typeof regions;
type CreateAccountFormProps = {
  served: readonly Region[];
  region: Region;
  operator: string;
  termsUrl?: string;
  privacyUrl?: string;
};

const where: Record<Region, string> = {
  global: "Kept by the global instance.",
  europe: "Kept under European data protection law (GDPR).",
};

export function CreateAccountForm({ served, region, operator, termsUrl, privacyUrl }: CreateAccountFormProps) {
  const options = served.map((key) => ({ value: key, label: regions[key], description: where[key] }));
  return (
    <ActionForm schema={CreateAccount} action={createAccountAction} defaults={{ region }}>
      <FormError />
      <RadioGroup name="region" label="Region" required options={options} />
      <TextField name="email" label="Email" type="email" autoComplete="email" required />
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
        hint="8 to 128 characters. Widely used passwords, and those that rest on your name or address, are refused."
      />
      <CheckField
        name="analytics"
        label="Allow usage analysis"
        hint={privacyUrl ? <a className="link" href={privacyUrl}>Privacy Notice</a> : "Off unless you allow it."}
      />
      <CheckField
        name="terms"
        label={`I accept the terms of use of ${operator}`}
        hint={termsUrl && <a className="link" href={termsUrl}>Terms of use</a>}
      />
      <SubmitButton>Create Account</SubmitButton>
    </ActionForm>
  );
}
