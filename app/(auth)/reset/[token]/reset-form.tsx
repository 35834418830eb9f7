"use client";

import { ActionForm, FormError, HiddenField, NewPasswordField, PasswordOwner, SubmitButton } from "@/components/form";
import { hintClass } from "@/components/ui/form-class";
import type { PasswordRequirement } from "@/lib/shared/password-rules";
import { resetPasswordAction } from "../../actions";

type ResetFormProps = { token: string; email: string; requirements: PasswordRequirement[]; alone: boolean };

export function ResetForm({ token, email, ...rules }: ResetFormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/accounts/schema")).ResetPassword} action={resetPasswordAction}>
      <FormError />
      <HiddenField name="token" value={token} />
      <PasswordOwner email={email} />
      <NewPasswordField name="password" label="New password" required {...rules} />
      <p className={hintClass}>All browsers that are signed in now are signed out.</p>
      <SubmitButton>Set new password</SubmitButton>
    </ActionForm>
  );
}
