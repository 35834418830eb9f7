"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type DeleteSiteFormProps = { siteId: string; name: string; action: FormAction; closeHref: string };

export function DeleteSiteForm({ siteId, name, action, closeHref }: DeleteSiteFormProps) {
  return (
    <ActionForm action={action} defaults={{ siteId }}>
      <FormError />
      <HiddenField name="siteId" value={siteId} />
      <p>
        {name} disappears from lists, site groups and from the site access of administrators. Its entries in the audit log stay.
        This cannot be undone.
      </p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">Delete Site</SubmitButton>
        <LinkButton href={closeHref}>Keep it</LinkButton>
      </div>
    </ActionForm>
  );
}
