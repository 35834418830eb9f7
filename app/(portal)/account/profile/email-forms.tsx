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
        We’ll send a link to the new address. Until you confirm it there, you sign in with {email}. Then you sign in with the new
        address, and all other browsers are signed out. We’ll notify {email}.
      </p>
      <TextField name="email" label="New email address" type="email" autoComplete="email" required />
      <div className={buttonRow}>
        <SubmitButton>Send link</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}

export function AgainForm({ pending }: { pending: string }) {
  return (
    <ActionForm action={requestAddressAgainAction}>
      <FormError />
      <p>We’ll send a new link to {pending}. Older links stop working.</p>
      <div className={buttonRow}>
        <SubmitButton>Send again</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}

export function CancelForm({ email, pending }: { email: string; pending: string }) {
  return (
    <ActionForm action={cancelAddressAction}>
      <FormError />
      <p>
        The link sent to {pending} stops working, and you keep {email}.
      </p>
      <div className={buttonRow}>
        <SubmitButton>Discard new address</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
