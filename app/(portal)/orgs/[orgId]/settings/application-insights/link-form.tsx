"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type LinkFormProps = { application: string; label: string; action: FormAction; closeHref: string };

export function LinkForm({ application, label, action, closeHref }: LinkFormProps) {
  return (
    <ActionForm action={action} defaults={{ application }}>
      <FormError />
      <HiddenField name="application" value={application} />
      <p>
        You sign in at {label} and allow the portal to read call quality. The link belongs to the organization, not to you, and stays until a
        Super User unlinks it.
      </p>
      <div className={buttonRow}>
        <SubmitButton>{`Continue to ${label}`}</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
