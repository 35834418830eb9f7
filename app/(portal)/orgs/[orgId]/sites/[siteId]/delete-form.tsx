"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type DeleteSiteFormProps = { siteId: string; name: string; /** What it takes away, a sentence each. */ consequences: readonly string[]; action: FormAction; closeHref: string };

export function DeleteSiteForm({ siteId, name, consequences, action, closeHref }: DeleteSiteFormProps) {
  return (
    <ActionForm action={action} defaults={{ siteId }}>
      <FormError />
      <HiddenField name="siteId" value={siteId} />
      <ul className="list-disc ps-5">
        {consequences.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>Audit log entries for {name} are kept. You can’t undo this.</p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">Delete Site</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
