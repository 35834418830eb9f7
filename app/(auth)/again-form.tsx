"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import type { FormAction } from "@/lib/shared/form-state";

export function AgainForm({ request, action }: { request: string; action: FormAction }) {
  return (
    <ActionForm action={action}>
      <FormError />
      <HiddenField name="request" value={request} />
      <SubmitButton variant="plain">Send again</SubmitButton>
    </ActionForm>
  );
}
