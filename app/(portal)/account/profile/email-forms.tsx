"use client";

import { ActionForm, FormError, SubmitButton, TextField } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { cancelAddressAction, requestAddressAction, requestAddressAgainAction } from "./actions";

const closeHref = "/account";

export function ChangeEmailForm({ email }: { email: string }) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/email-changes/schema")).RequestEmailChange}
      action={requestAddressAction}
    >
      <FormError />
      <p>
        A link is mailed to the new address. Until you open it and confirm, you sign in with {email}; afterwards with the new
        one, and every other browser is signed out. {email} is told.
      </p>
      <TextField name="email" label="New email address" type="email" autoComplete="email" required />
      <div className={buttonRow}>
        <SubmitButton>Send link</SubmitButton>
        <LinkButton href={closeHref}>Back</LinkButton>
      </div>
    </ActionForm>
  );
}

export function AgainForm({ pending }: { pending: string }) {
  return (
    <ActionForm action={requestAddressAgainAction}>
      <FormError />
      <p>A new link is mailed to {pending}. Older links stop working.</p>
      <div className={buttonRow}>
        <SubmitButton>Send again</SubmitButton>
        <LinkButton href={closeHref}>Back</LinkButton>
      </div>
    </ActionForm>
  );
}

export function CancelForm({ email, pending }: { email: string; pending: string }) {
  return (
    <ActionForm action={cancelAddressAction}>
      <FormError />
      <p>
        The link that was mailed to {pending} stops working, and you keep {email}.
      </p>
      <div className={buttonRow}>
        <SubmitButton>Cancel the change</SubmitButton>
        <LinkButton href={closeHref}>Back</LinkButton>
      </div>
    </ActionForm>
  );
}
