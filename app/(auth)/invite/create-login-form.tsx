"use client";

import { ActionForm, FormError, HiddenField, PasswordOwner, SubmitButton } from "@/components/form";
import type { PasswordRequirement } from "@/lib/shared/password-rules";
import type { FormValues } from "@/lib/shared/form-state";
import { AccountFields, type Terms } from "../account-fields";
import { createLoginAction } from "./actions";

type CreateLoginFormProps = Terms & { token: string; email: string; defaults: FormValues; requirements: PasswordRequirement[] };

export function CreateLoginForm({ token, email, defaults, requirements, ...terms }: CreateLoginFormProps) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/invitation-acceptance/schema")).CreateLogin}
      action={createLoginAction}
      defaults={defaults}
    >
      <FormError />
      <HiddenField name="token" value={token} />
      <PasswordOwner email={email} />
      <AccountFields {...terms} requirements={requirements} />
      <SubmitButton>Create Login</SubmitButton>
    </ActionForm>
  );
}
