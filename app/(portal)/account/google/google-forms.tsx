"use client";

import { ActionForm, FormError, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { linkGoogleAction, unlinkGoogleAction } from "./actions";

export function LinkForm({ closeHref }: { closeHref: string }) {
  return (
    <ActionForm action={linkGoogleAction}>
      <FormError />
      <p>
        You’ll choose a Google account. Google tells us only its email address and ID. When you return to My Account, you can
        sign in with that account.
      </p>
      <p>Go to Google now?</p>
      <div className={buttonRow}>
        <SubmitButton>Yes</SubmitButton>
        <LinkButton href={closeHref}>No</LinkButton>
      </div>
    </ActionForm>
  );
}

export function UnlinkForm({ email, closeHref }: { email: string; closeHref: string }) {
  return (
    <ActionForm action={unlinkGoogleAction}>
      <FormError />
      <p>{email} can no longer sign you in here. Your password still works, and browsers stay signed in. You can link it again.</p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">Disable</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
