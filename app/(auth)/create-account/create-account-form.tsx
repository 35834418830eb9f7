"use client";

import { ActionForm, FormError, RadioGroup, SubmitButton, TextField } from "@/components/form";
import { passwordRequirements } from "@/lib/shared/password-rules";
import { regions } from "@/lib/shared/regions";
import { AccountFields, type Terms } from "../account-fields";
import { createAccountAction } from "../actions";

type Region = keyof typeof regions;
type CreateAccountFormProps = Terms & { served: readonly Region[]; region: Region };

const where: Record<Region, string> = {
  global: "Data is stored in the global region.",
  europe: "Data is stored in Europe, under the GDPR.",
};

export function CreateAccountForm({ served, region, ...terms }: CreateAccountFormProps) {
  const options = served.map((key) => ({ value: key, label: regions[key], description: where[key] }));
  return (
    <ActionForm
      schema={async () => (await import("@/lib/accounts/schema")).RequestSignUp}
      action={createAccountAction}
      defaults={{ region }}
    >
      <FormError />
      <RadioGroup name="region" label="Region" required options={options} />
      <TextField name="email" label="Email" type="email" autoComplete="email" required />
      <AccountFields {...terms} requirements={passwordRequirements([])} />
      <SubmitButton>Create Account</SubmitButton>
    </ActionForm>
  );
}
