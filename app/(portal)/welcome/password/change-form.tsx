"use client";

import {
  ActionForm,
  FormError,
  HiddenField,
  NewPasswordField,
  PasswordField,
  PasswordOwner,
  SubmitButton,
} from "@/components/form";
import { hintClass } from "@/components/ui/form-class";
import { AppLink } from "@/components/ui/link";
import type { PasswordRequirement } from "@/lib/shared/password-rules";
import { changeOldPasswordAction } from "./actions";

type ChangeFormProps = { email: string; next: string; requirements: PasswordRequirement[]; alone: boolean };

export function ChangeForm({ email, next, ...rules }: ChangeFormProps) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/profile/schema")).ChangePassword}
      action={changeOldPasswordAction}
    >
      <FormError />
      {next && <HiddenField name="next" value={next} />}
      <PasswordOwner email={email} />
      <PasswordField
        name="currentPassword"
        label="Current password"
        autoComplete="current-password"
        required
        beside={<AppLink href="/recover">Forgot password?</AppLink>}
      />
      <NewPasswordField name="password" label="New password" required {...rules} />
      <p className={hintClass}>Your other browsers are signed out.</p>
      <SubmitButton>Change password</SubmitButton>
    </ActionForm>
  );
}
