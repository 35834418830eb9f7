import type * as z from "zod/mini";
import { TextField } from "@/components/form";
import type { Selected } from "@/components/table/selection";
import type { SelectionAction } from "@/components/table/selection-bar";
import { SelectionDialog } from "@/components/table/selection-dialog";
import type { Params } from "@/components/table/url";
import { type Actor, can } from "@/lib/access/actor";
import { getSelectedForReview } from "@/lib/access-reviews/queries";
import type { ListAccessReview } from "@/lib/access-reviews/schema";
import { keepReviewedAction, revokeReviewedAction } from "./actions";

type Kind = SelectionAction & { button: string; variant: "primary" | "danger"; action: typeof keepReviewedAction; text: string };

const kinds: readonly Kind[] = [
  {
    dialog: "keep",
    label: "Keep",
    button: "Keep Access",
    variant: "primary",
    action: keepReviewedAction,
    text: "Nothing changes for them. The decision is recorded with the access that they have now.",
  },
  {
    dialog: "revoke",
    label: "Revoke",
    button: "Revoke Access",
    variant: "danger",
    action: revokeReviewedAction,
    text: "They lose access immediately, on all devices, and are notified by email. Pending invitations that they sent are cancelled. The decision is recorded.",
  },
];

/** The decisions that the actor may take. */
export const reviewActions = (actor: Actor): SelectionAction[] =>
  can(actor, "access_review.decide") ? kinds.map(({ dialog, label }) => ({ dialog, label })) : [];

type SelectionDialogsProps = {
  actor: Actor;
  selected: Selected;
  search: z.output<typeof ListAccessReview>;
  total: number;
  params: Params;
  path: string;
};

export function SelectionDialogs({ actor, search, ...list }: SelectionDialogsProps) {
  const kind = can(actor, "access_review.decide") ? kinds.find(({ dialog }) => dialog === list.selected.dialog) : undefined;
  if (!kind) return null;
  const filter = {
    search: search.search ?? "",
    roles: [search.role ?? []].flat(),
    use: [search.use ?? []].flat(),
    twoFactor: [search.twoFactor ?? []].flat(),
    reviewed: [search.reviewed ?? []].flat(),
  };
  return (
    <SelectionDialog
      {...list}
      title={kind.button}
      action={kind.action.bind(null, actor.orgId)}
      filter={filter}
      label={kind.button}
      variant={kind.variant}
      noun="people"
      namesOf={(ids) => getSelectedForReview(actor, { ids })}
    >
      <p>{kind.text}</p>
      <TextField name="reason" label="Reason" optional maxLength={500} hint="Recorded with the decision, and shown in the report." />
    </SelectionDialog>
  );
}
