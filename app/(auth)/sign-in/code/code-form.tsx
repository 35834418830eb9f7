"use client";

import { CodeField } from "@/app/(portal)/account/two-factor/code-field";
import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { passSecondFactorAction } from "./actions";

export function CodeForm({ challengeId, next, org }: { challengeId: string; next: string; org: string }) {
  return (
    <ActionForm
      schema={async () => (await import("@/lib/two-factor/schema")).VerifySecondFactor}
      action={passSecondFactorAction}
    >
      <FormError />
      <HiddenField name="challengeId" value={challengeId} />
      {next && <HiddenField name="next" value={next} />}
      {org && <HiddenField name="org" value={org} />}
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the page's only field, and its title says what it is for */}
      <CodeField autoFocus />
      <SubmitButton>Sign in</SubmitButton>
    </ActionForm>
  );
}
