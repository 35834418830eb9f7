"use client";

import type { ReactNode } from "react";
import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { backField } from "@/lib/shared/form-values";
import type { FormAction } from "@/lib/shared/form-state";

type ConfirmFormProps = {
  administratorId: string;
  action: FormAction;
  closeHref: string;
  /** The address to return to instead of the action's own. */
  back?: string;
  variant: "primary" | "danger";
  label: string;
  children: ReactNode;
};

/** Confirms one action on an administrator, with its consequences. */
export function ConfirmForm({ administratorId, action, closeHref, back, variant, label, children }: ConfirmFormProps) {
  return (
    <ActionForm action={action}>
      <FormError />
      <HiddenField name="administratorId" value={administratorId} />
      {back && <HiddenField name={backField} value={back} />}
      <p>{children}</p>
      <div className={buttonRow}>
        <SubmitButton variant={variant}>{label}</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
