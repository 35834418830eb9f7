"use client";

import type { ReactNode } from "react";
import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/shared/form-state";

type ConfirmFormProps = {
  administratorId: string;
  action: FormAction;
  closeHref: string;
  variant: "primary" | "danger";
  label: string;
  children: ReactNode;
};

/** One thing to be done to one administrator, after its consequences have been said. */
export function ConfirmForm({ administratorId, action, closeHref, variant, label, children }: ConfirmFormProps) {
  return (
    <ActionForm action={action}>
      <FormError />
      <HiddenField name="administratorId" value={administratorId} />
      <p>{children}</p>
      <div className={buttonRow}>
        <SubmitButton variant={variant}>{label}</SubmitButton>
        <LinkButton href={closeHref}>Back</LinkButton>
      </div>
    </ActionForm>
  );
}
