"use client";

import { ActionForm, CheckField, FormError, HiddenField, SubmitButton, TextField } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type CloneSiteFormProps = { siteId: string; action: FormAction; closeHref: string };

const loadSchema = async () => (await import("@/lib/site-settings/schema")).CloneSite;

/** Asks for the name of a copy of a site, and which of its saved parts the copy takes over. */
export function CloneSiteForm({ siteId, action, closeHref }: CloneSiteFormProps) {
  return (
    <ActionForm schema={loadSchema} action={action} defaults={{ siteId, settings: "true", groups: "true", variables: "true" }}>
      <FormError />
      <HiddenField name="siteId" value={siteId} />
      <TextField name="name" label="Name of the new site" required maxLength={64} autoComplete="off" />
      <fieldset>
        <legend className="mb-1 text-sm font-medium">Also copy</legend>
        <CheckField name="settings" label="Settings" hint="With the RF template, passwords and shared secrets." />
        <CheckField name="groups" label="Site groups" hint="Administrators with access through these groups get access to the new site." />
        <CheckField name="variables" label="Site variables" />
        <CheckField name="location" label="Address and coordinates" />
      </fieldset>
      <p className="text-sm text-muted">Country and time zone are copied, and notes are not.</p>
      <div className={buttonRow}>
        <SubmitButton>Clone Site</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
