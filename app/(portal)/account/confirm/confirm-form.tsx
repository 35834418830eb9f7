"use client";

import { ActionForm, FormError, HiddenField, PasswordField, PasswordOwner, SubmitButton } from "@/components/form";
import { ConfirmIdentity } from "@/lib/confirmations/schema";
import { confirmIdentityAction } from "./actions";

type ConfirmFormProps = { email: string; next: string; closeHref: string };

/** Asks once more for the password before something sensitive, then leads on to it. */
export function ConfirmForm({ email, next, closeHref }: ConfirmFormProps) {
  return (
    <ActionForm schema={ConfirmIdentity} action={confirmIdentityAction}>
      <FormError />
      <p>Confirm that it is you. For the next ten minutes you are not asked again.</p>
      <PasswordOwner email={email} />
      <HiddenField name="next" value={next} />
      <PasswordField name="password" label="Password" autoComplete="current-password" required />
      <div className="form-end">
        <SubmitButton>Confirm</SubmitButton>
        <a className="button" href={closeHref}>Back</a>
      </div>
    </ActionForm>
  );
}
