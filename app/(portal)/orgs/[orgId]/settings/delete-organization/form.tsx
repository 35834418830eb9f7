"use client";

import { ActionForm, FormError, SubmitButton, TextField } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type DeleteOrganizationFormProps = { name: string; action: FormAction; closeHref: string };

export function DeleteOrganizationForm({ name, action, closeHref }: DeleteOrganizationFormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/organization-deletion/schema")).DeleteOrganization} action={action}>
      <FormError />
      <TextField name="name" label="Name of the organization" hint={`Enter ${name} to delete it.`} autoComplete="off" required />
      <div className={buttonRow}>
        <SubmitButton variant="danger">Delete Organization</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
