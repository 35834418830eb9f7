"use client";

import { ActionForm, FormError, SubmitButton, TextField } from "@/components/form";
import { recoverAction } from "../actions";

export function RecoverForm() {
  return (
    <ActionForm schema={async () => (await import("@/lib/accounts/schema")).RequestPasswordReset} action={recoverAction}>
      <FormError />
      <TextField name="email" label="Email" type="email" autoComplete="username" required />
      <SubmitButton>Send reset link</SubmitButton>
    </ActionForm>
  );
}
