"use client";

import { ActionForm, FormError, HiddenField, PasswordOwner, SubmitButton } from "@/components/form";
import { CreateLogin } from "@/lib/acceptances/schema";
import type { FormValues } from "@/lib/vocabulary/result";
import { AccountFields, type Terms } from "../../../account-fields";
import { createLoginAction } from "../../actions";

type CreateLoginFormProps = Terms & { token: string; email: string; defaults: FormValues; minimum: number };

export function CreateLoginForm({ token, email, defaults, minimum, ...terms }: CreateLoginFormProps) {
  return (
    <ActionForm schema={CreateLogin} action={createLoginAction} defaults={defaults}>
      <FormError />
      <HiddenField name="token" value={token} />
      <PasswordOwner email={email} />
      <AccountFields
        {...terms}
        passwordHint={`${minimum} to 128 characters. Widely used passwords, and names that others know of you or the organization, are refused.`}
      />
      <SubmitButton>Create Login</SubmitButton>
    </ActionForm>
  );
}
