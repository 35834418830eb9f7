"use client";

import { ActionForm, CheckField, FormError, HiddenField, SubmitButton, TextField } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";
import { templateKinds, type TemplateList } from "./kinds";

type DialogFormProps = { list: TemplateList; templateId: string; action: FormAction; closeHref: string };

const loadSchema = async () => (await import("@/lib/templates/schema")).CloneTemplate;

/** Asks for the name of a copy. */
export function CloneTemplateForm({ list, templateId, action, closeHref }: DialogFormProps) {
  const { one, button } = templateKinds[list];
  return (
    <ActionForm schema={loadSchema} action={action} defaults={{ templateId }}>
      <FormError />
      <HiddenField name="templateId" value={templateId} />
      <p>The copy has the saved settings of this {one}. Nothing uses it yet.</p>
      <TextField name="name" label="Name of the copy" required maxLength={64} autoComplete="off" />
      <div className={buttonRow}>
        <SubmitButton>{`Clone ${button}`}</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}

/** Asks whether a template is to be deleted, and says what uses it. */
export function DeleteTemplateForm({ list, templateId, use, unassign, action, closeHref }: DialogFormProps & { use: string; unassign?: string }) {
  return (
    <ActionForm action={action} defaults={{ templateId }}>
      <FormError />
      <HiddenField name="templateId" value={templateId} />
      <p className="wrap-anywhere">{use}</p>
      {unassign && <CheckField name="unassign" label={unassign} hint="Without a template, their radios use their defaults." />}
      <p>You can’t undo this.</p>
      <div className={buttonRow}>
        <SubmitButton variant="danger">{`Delete ${templateKinds[list].button}`}</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
