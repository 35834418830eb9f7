"use client";

import { ActionForm, FormError, SubmitButton, TextField } from "@/components/form";
import { Recover } from "@/lib/accounts/schema";
import { recoverAction } from "../actions";

export function RecoverForm() {
  return (
    <ActionForm schema={Recover} action={recoverAction}>
      <FormError />
      <TextField name="email" label="Email" type="email" autoComplete="username" required />
      <SubmitButton>Send reset link</SubmitButton>
    </ActionForm>
  );
}
