"use client";

import { ActionForm, FormError, HiddenField, SubmitButton, TextField } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { useHydrated } from "@/components/ui/use-hydrated";
import { createOrganizationInNewTabAction } from "./actions";

/** Without script the form is submitted to a new tab; with script this tab receives the result and opens one. */
export function OrganizationForm() {
  const isHydrated = useHydrated();
  return (
    <ActionForm
      schema={async () => (await import("@/lib/organizations/schema")).CreateOrganization}
      action={createOrganizationInNewTabAction}
    >
      <FormError />
      {isHydrated && <HiddenField name="inNewTab" value="true" />}
      <TextField
        name="name"
        label="Name"
        maxLength={64}
        required
        hint="It opens in a new tab. You become its Super User, and it starts with one site, Primary Site."
      />
      <div className={buttonRow}>
        <SubmitButton inNewTab>OK</SubmitButton>
        <LinkButton href="/account">Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
