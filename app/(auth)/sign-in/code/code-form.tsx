"use client";

import { ActionForm, FormError, SubmitButton, TextField } from "@/components/form";
import { PassSecondFactor } from "@/lib/two-factor/schema";
import { passSecondFactorAction } from "./actions";

export function CodeForm() {
  return (
    <ActionForm schema={PassSecondFactor} action={passSecondFactorAction}>
      <FormError />
      <TextField
        name="code"
        label="Code"
        hint="The 6 digits that your authenticator app shows, or one of your recovery codes."
        autoComplete="one-time-code"
        maxLength={64}
        mono
        required
      />
      <SubmitButton>Sign in</SubmitButton>
    </ActionForm>
  );
}
