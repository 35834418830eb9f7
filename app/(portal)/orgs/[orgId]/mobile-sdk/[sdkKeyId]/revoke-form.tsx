"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type RevokeSdkKeyFormProps = { sdkKeyId: string; action: FormAction; closeHref: string };

export function RevokeSdkKeyForm({ sdkKeyId, action, closeHref }: RevokeSdkKeyFormProps) {
  return (
    <ActionForm action={action} defaults={{ sdkKeyId }} className="grid gap-4">
      <FormError />
      <HiddenField name="sdkKeyId" value={sdkKeyId} />
      <p>Every app that uses this key stops working with your organization, and its enrollment link no longer opens. You can’t undo this.</p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">Revoke SDK Key</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
