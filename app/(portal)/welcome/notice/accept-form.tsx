"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { acceptNoticeAction } from "./actions";

export function AcceptForm({ version, next }: { version: string; next: string }) {
  return (
    <ActionForm action={acceptNoticeAction}>
      <FormError />
      <HiddenField name="version" value={version} />
      {next && <HiddenField name="next" value={next} />}
      <SubmitButton>Accept</SubmitButton>
    </ActionForm>
  );
}
