"use client";

import type { ReactNode } from "react";
import { ActionForm, CheckField, FormError, HiddenField, PasswordField, PasswordOwner, SubmitButton } from "@/components/form";
import { ButtonForm } from "@/components/form/button-form";
import { Button, buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";
import { acknowledgeCodesAction, setUpTwoFactorAction, verifyTwoFactorAction } from "./actions";
import { CodeField } from "./code-field";

type Onward = { next: string | null };

/** Makes the key and opens the page that shows it. */
export function SetUpForm({ next }: Onward) {
  return (
    <ButtonForm action={setUpTwoFactorAction}>
      {next && <HiddenField name="next" value={next} />}
      <div className={buttonRow}>
        <SubmitButton>Set up…</SubmitButton>
      </div>
    </ButtonForm>
  );
}

const setUpFormId = "set-up-two-factor";

/** The button of `DetachedSetUpForm`, to be placed within another form. */
export const SetUpButton = () => <Button form={setUpFormId}>Set up…</Button>;

/** The set-up form whose button is within another form. */
export const DetachedSetUpForm = () => <ButtonForm id={setUpFormId} action={setUpTwoFactorAction} />;

export function VerifyForm({ next }: Onward) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/two-factor/schema")).CompleteTwoFactorSetup}
      action={verifyTwoFactorAction}
    >
      <FormError />
      {next && <HiddenField name="next" value={next} />}
      <CodeField label="Token" hint="The 6-digit code that the app shows now." recovery={false} />
      <div className={buttonRow}>
        <SubmitButton>Verify</SubmitButton>
        <LinkButton href="/account">Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}

/** Confirms that the recovery codes are stored; until then the page keeps showing them. */
export function AcknowledgeCodesForm({ next }: Onward) {
  return (
    <ActionForm schema={async () => (await import("@/lib/two-factor/schema")).AcknowledgeRecoveryCodes} action={acknowledgeCodesAction}>
      <FormError />
      {next && <HiddenField name="next" value={next} />}
      <CheckField name="stored" label="I have stored these codes" />
      <div className={buttonRow}>
        <SubmitButton>Done</SubmitButton>
      </div>
    </ActionForm>
  );
}

type PasswordAndCodeFormProps = { email: string; action: FormAction; variant: "primary" | "danger"; label: string; children: ReactNode };

/** A form that requires the password and a code. */
export function PasswordAndCodeForm({ email, action, variant, label, children }: PasswordAndCodeFormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/two-factor/schema")).PasswordAndCode} action={action}>
      <FormError />
      <p>{children}</p>
      <PasswordOwner email={email} />
      <PasswordField name="password" label="Password" autoComplete="current-password" required />
      <CodeField />
      <div className={buttonRow}>
        <SubmitButton variant={variant}>{label}</SubmitButton>
        <LinkButton href="/account">Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
