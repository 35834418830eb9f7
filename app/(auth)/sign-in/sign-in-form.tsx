"use client";

import { ActionForm, FormError, HiddenField, PasswordField, SubmitButton, TextField } from "@/components/form";
import { AppLink } from "@/components/ui/link";
import { signInAction } from "../actions";

export function SignInForm({ email, next, org }: { email: string; next: string; org: string }) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/accounts/schema")).SignIn}
      action={signInAction}
      defaults={{ email }}
    >
      <FormError />
      {next && <HiddenField name="next" value={next} />}
      {org && <HiddenField name="org" value={org} />}
      <TextField name="email" label="Email" type="email" autoComplete="username webauthn" required />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        beside={<AppLink href="/recover">Forgot password?</AppLink>}
      />
      <SubmitButton>Sign in</SubmitButton>
    </ActionForm>
  );
}
