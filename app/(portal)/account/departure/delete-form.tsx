"use client";

import { ActionForm, CheckField, FormError, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { deleteAccountAction } from "./actions";

export function DeleteForm() {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/account-deletion/schema")).DeleteAccount}
      action={deleteAccountAction}
    >
      <FormError />
      <CheckField name="agreed" label="I understand that this cannot be undone" />
      <div className={buttonRow}>
        <SubmitButton variant="danger">Delete Account</SubmitButton>
        <LinkButton href="/account">Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
