"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { SendAgain } from "@/lib/accounts/schema";
import type { FormAction } from "@/lib/vocabulary/result";

export function AgainForm({ request, action }: { request: string; action: FormAction }) {
  return (
    <ActionForm schema={SendAgain} action={action}>
      <FormError />
      <HiddenField name="request" value={request} />
      <SubmitButton tone="plain">Send again</SubmitButton>
    </ActionForm>
  );
}
