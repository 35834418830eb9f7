"use client";

import { ActionForm, FormError, HiddenField, SubmitButton } from "@/components/form";
import { buttonRow, LinkButton } from "@/components/ui/button";
import { acceptMspRequestAction, declineMspRequestAction, endMspOrganizationAction } from "./actions";

export type AnswerKind = "accept" | "decline" | "end";

const answers = {
  accept: { action: acceptMspRequestAction, button: "Accept", danger: false },
  decline: { action: declineMspRequestAction, button: "Decline", danger: true },
  end: { action: endMspOrganizationAction, button: "End Assignment", danger: true },
} as const;

type AnswerFormProps = { kind: AnswerKind; mspId: string; organization: string; text: string; closeHref: string };

/** Accepts or declines a request of an organization, or ends its assignment. */
export function AnswerForm({ kind, mspId, organization, text, closeHref }: AnswerFormProps) {
  const { action, button, danger } = answers[kind];
  return (
    <ActionForm action={action}>
      <FormError />
      <HiddenField name="mspId" value={mspId} />
      <HiddenField name="organization" value={organization} />
      <p>{text}</p>
      <div className={buttonRow}>
        <SubmitButton variant={danger ? "danger" : "primary"}>{button}</SubmitButton>
        <LinkButton href={closeHref}>Cancel</LinkButton>
      </div>
    </ActionForm>
  );
}
