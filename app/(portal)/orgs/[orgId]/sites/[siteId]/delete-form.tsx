"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { DeleteSite } from "@/lib/sites/schema";
import type { FormAction } from "@/lib/vocabulary/result";

export function DeleteSiteForm({ siteId, name, action }: { siteId: string; name: string; action: FormAction }) {
  return (
    <ActionForm schema={DeleteSite} action={action} defaults={{ siteId }}>
      <FormError />
      <HiddenField name="siteId" value={siteId} />
      <p>
        {name} disappears from lists, site groups and from the site access of administrators. Its entries in the audit log stay.
        This cannot be undone.
      </p>
      <SubmitButton tone="danger">Delete Site</SubmitButton>
    </ActionForm>
  );
}
