"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { FollowLink } from "@/lib/accounts/schema";
import { validateAddressAction } from "../../actions";

export function ValidateForm({ token }: { token: string }) {
  return (
    <ActionForm schema={FollowLink} action={validateAddressAction}>
      <FormError />
      <HiddenField name="token" value={token} />
      <SubmitButton>Validate</SubmitButton>
    </ActionForm>
  );
}
