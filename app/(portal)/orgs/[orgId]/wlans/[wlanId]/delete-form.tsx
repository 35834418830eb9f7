"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type DeleteWlanFormProps = { wlanId: string; template: string; action: FormAction; closeHref: string };

export function DeleteWlanForm({ wlanId, template, action, closeHref }: DeleteWlanFormProps) {
  return (
    <ActionForm action={action} defaults={{ wlanId }}>
      <FormError />
      <HiddenField name="wlanId" value={wlanId} />
      <p>The sites that use the template {template} no longer send it. Its passphrase or shared secret is deleted, too. You can’t undo this.</p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">Delete WLAN</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
