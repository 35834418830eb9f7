"use client";

import type { ReactNode } from "react";
import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { fieldPair } from "@/components/ui/form-class";
import { choosePrivacyAction } from "./actions";

/** Two equal options; none is preselected. */
export function PrivacyForm({ next, children }: { next: string; children: ReactNode }) {
  return (
    <ActionForm action={choosePrivacyAction}>
      {children}
      <FormError />
      <HiddenField name="next" value={next} />
      <div className={fieldPair}>
        <SubmitButton variant="plain" name="analytics" value="no">Don’t allow</SubmitButton>
        <SubmitButton variant="plain" name="analytics" value="yes">Allow</SubmitButton>
      </div>
    </ActionForm>
  );
}
