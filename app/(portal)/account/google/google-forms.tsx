"use client";

import { ActionForm, FormError, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { linkGoogleAction, unlinkGoogleAction } from "./actions";

export function LinkForm({ closeHref }: { closeHref: string }) {
  return (
    <ActionForm action={linkGoogleAction}>
      <FormError />
      <p>
        You are led to Google, where you choose an account. Google tells us its email address and its id, nothing else, and we keep no key
        to it. You come back to My Account, and from then on that Google account signs you in here.
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
      <p>{email} no longer signs you in here. Your password keeps working, and browsers that are signed in stay so. You can link it again.</p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">Disable</SubmitButton>
        <LinkButton href={closeHref}>Keep it</LinkButton>
      </div>
    </ActionForm>
  );
}
