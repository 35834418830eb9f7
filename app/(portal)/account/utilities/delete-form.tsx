"use client";

import { ActionForm, CheckField, FormError, HiddenField, SubmitButton, TextField } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { deleteAccountAction } from "./actions";

/** Confirms the deletion; the names of organizations that are deleted too must be typed. */
export function DeleteForm({ organizations }: { organizations: readonly { id: string; name: string }[] }) {
  const names = [...new Set(organizations.map(({ name }) => name))];
  return (
    <ActionForm
      schema={async () => (await import("@/lib/account-deletion/schema")).DeleteAccount}
      action={deleteAccountAction}
    >
      <FormError />
      {organizations.map(({ id }) => (
        <HiddenField key={id} name="organizations[]" value={id} />
      ))}
      {names.length === 1 && <TextField name="organizationNames" label="Name of the organization" hint={`Enter ${names[0]} to delete it.`} autoComplete="off" required />}
      {names.length > 1 && (
        <TextField name="organizationNames" label="Names of the organizations" hint={`To delete them, enter each name on its own line: ${names.join(", ")}`} autoComplete="off" rows={names.length} required />
      )}
      <CheckField name="agreed" label="I understand that this can’t be undone" />
      <div className={buttonRow}>
        <SubmitButton variant="danger">Delete Account</SubmitButton>
        <LinkButton href="/account">Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
