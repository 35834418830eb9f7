"use client";

import { ActionForm, FormError, HiddenField, SubmitButton, TextField } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type FormProps = { action: FormAction; closeHref: string };

export function AssignForm({ action, closeHref }: FormProps) {
  return (
    <ActionForm schema={async () => (await import("@/lib/organization-msps/schema")).AssignMsp} action={action}>
      <FormError />
      <TextField name="mspId" label="MSP ID" hint="Your provider gives you this ID. The assignment begins when one of its administrators accepts." autoComplete="off" mono required />
      <div className={buttonRow}>
        <SubmitButton>Assign to an MSP</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}

export function EndForm({ mspId, text, button, action, closeHref }: FormProps & { mspId: string; text: string; button: string }) {
  return (
    <ActionForm action={action}>
      <FormError />
      <HiddenField name="mspId" value={mspId} />
      <p>{text}</p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">{button}</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
