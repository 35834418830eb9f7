"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type UnlinkFormProps = { linkedAccountId: string; label: string; /** Whether the access can be withdrawn at the application from here. */ canRevoke: boolean; action: FormAction; closeHref: string };

export function UnlinkForm({ linkedAccountId, label, canRevoke, action, closeHref }: UnlinkFormProps) {
  return (
    <ActionForm action={action} defaults={{ linkedAccountId }}>
      <FormError />
      <HiddenField name="linkedAccountId" value={linkedAccountId} />
      <p>The portal stops reading call quality from this account at once.</p>
      <p>{canRevoke ? `Its access is withdrawn at ${label}, too.` : `${label} can’t be told from here: an administrator withdraws the access there.`} You can link the account again.</p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">Unlink</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
