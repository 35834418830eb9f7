"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { backField } from "@/lib/shared/form-values";
import type { FormAction, FormValues } from "@/lib/shared/form-state";
import { AccessFields, type AccessOptions } from "./access-fields";

type AccessFormProps = { action: FormAction; defaults: FormValues; options: AccessOptions; closeHref: string };

/** Role and site access of one administrator, over the list. */
export function AccessForm({ action, defaults, options, closeHref }: AccessFormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/administrators/schema")).UpdateAdministrator} action={action} defaults={defaults} className="grid gap-3">
      <FormError />
      <HiddenField name="administratorId" value={String(defaults.administratorId)} />
      <HiddenField name={backField} value={closeHref} />
      <AccessFields {...options} />
      <div className={buttonRow}>
        <SubmitButton>Save</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
