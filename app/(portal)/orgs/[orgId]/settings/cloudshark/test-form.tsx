"use client";

import { ActionForm, FormError, SubmitButton, TextField } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type TestFormProps = { url: string; /** Whether a token is set. */ isSet: boolean; action: FormAction; closeHref: string };

const loadSchema = async () => (await import("@/lib/cloudshark/schema")).TestCloudShark;

export function TestForm({ url, isSet, action, closeHref }: TestFormProps) {
  return (
    <ActionForm schema={loadSchema} action={action} defaults={{ url }}>
      <FormError />
      <p>Asks CloudShark whether it accepts the token. Nothing is saved.</p>
      <TextField name="token" label="API token" hint={isSet ? "Empty: the token that is set." : undefined} required={!isSet} mono autoComplete="off" maxLength={4_096} />
      <TextField name="url" label="URL" hint="Empty: CloudShark’s own service." maxLength={300} placeholder="https://cloudshark.example.com" autoComplete="off" />
      <div className={buttonRow}>
        <SubmitButton>Test connection</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
