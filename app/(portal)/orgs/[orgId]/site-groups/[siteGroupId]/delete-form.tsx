"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type DeleteSiteGroupFormProps = { siteGroupId: string; consequences: string; action: FormAction; closeHref: string };

export function DeleteSiteGroupForm({ siteGroupId, consequences, action, closeHref }: DeleteSiteGroupFormProps) {
  return (
    <ActionForm action={action} defaults={{ siteGroupId }}>
      <FormError />
      <HiddenField name="siteGroupId" value={siteGroupId} />
      <p>{consequences}</p>
      <p>You can’t undo this.</p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">Delete Site Group</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
