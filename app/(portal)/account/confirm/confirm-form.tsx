"use client";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { ActionForm, FormError, HiddenField, PasswordField, PasswordOwner, SubmitButton } from "@/components/form";
import { PasskeyForm } from "@/components/passkey/passkey-form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { confirmIdentityAction, confirmWithPasskeyAction } from "./actions";

type ConfirmFormProps = {
  email: string;
  next: string;
  closeHref: string;
  /** WebAuthn options; null when the account has no passkey. */
  options: PublicKeyCredentialRequestOptionsJSON | null;
};

/** Reauthenticates by password or passkey, then continues. */
export function ConfirmForm({ email, next, closeHref, options }: ConfirmFormProps) {
  return (
    <div className="grid gap-4">
      <ActionForm
        schema={async () => (await import("@/lib/reauthentication/schema")).Reauthenticate}
        action={confirmIdentityAction}
      >
        <FormError />
        <p>Confirm it’s you. You won’t be asked again for ten minutes.</p>
        <PasswordOwner email={email} />
        <HiddenField name="next" value={next} />
        <PasswordField name="password" label="Password" autoComplete="current-password" required />
        <div className={buttonRow}>
          <SubmitButton>Confirm</SubmitButton>
          <LinkButton href={closeHref}>Cancel</LinkButton>
        </div>
      </ActionForm>
      {options && (
        <PasskeyForm kind="confirm" action={confirmWithPasskeyAction} options={options} label="Use a passkey instead">
          <HiddenField name="next" value={next} />
        </PasskeyForm>
      )}
    </div>
  );
}
