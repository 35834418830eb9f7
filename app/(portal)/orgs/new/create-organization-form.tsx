"use client";

import { ActionForm, FormError, SubmitButton, TextField } from "@/components/form";
import { createOrganizationAction } from "./actions";

export function CreateOrganizationForm() {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/organizations/schema")).CreateOrganization}
      action={createOrganizationAction}
    >
      <FormError />
      <TextField
        name="name"
        label="Name"
        maxLength={64}
        required
        hint="You become its Super User, and it starts with one site, Primary Site. You can change both later."
      />
      <SubmitButton>Create Organization</SubmitButton>
    </ActionForm>
  );
}
