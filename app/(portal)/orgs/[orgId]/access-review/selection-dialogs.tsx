import type * as z from "zod/mini";
import { TextField } from "@/components/form";
import { BulkForm } from "@/components/table/bulk-form";
import { namesText, type Selected, selectionParams } from "@/components/table/selection";
import type { SelectionAction } from "@/components/table/selection-bar";
import { totalText } from "@/components/table/table-foot";
import { hrefWith, type Params } from "@/components/table/url";
import { Dialog } from "@/components/ui/dialog";
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

export async function SelectionDialogs({ actor, selected, search, total, params, path }: SelectionDialogsProps) {
  const kind = can(actor, "access_review.decide") ? kinds.find(({ dialog }) => dialog === selected.dialog) : undefined;
  if (!kind) return null;
  const { ids, all } = selected;
  const names = all || ids.length === 0 ? [] : await getSelectedForReview(actor, { ids });
  const filter = {
    search: search.search ?? "",
    roles: [search.role ?? []].flat(),
    use: [search.use ?? []].flat(),
    twoFactor: [search.twoFactor ?? []].flat(),
    reviewed: [search.reviewed ?? []].flat(),
  };
  const closeHref = hrefWith(path, params, selectionParams(params, selected));
  return (
    <Dialog title={kind.button} closeHref={closeHref}>
      <BulkForm
        action={kind.action.bind(null, actor.orgId)}
        selected={selected}
        filter={filter}
        total={all ? total : ids.length}
        label={kind.button}
        variant={kind.variant}
        closeHref={closeHref}
        doneHref={hrefWith(path, params, { after: params.after, before: params.before })}
      >
        <p>{all ? `All ${totalText({ total })} people that match the filter.` : namesText(names)}</p>
        <p>{kind.text}</p>
        <TextField name="reason" label="Reason" optional maxLength={500} hint="Kept with the decision, for whoever reads the report." />
      </BulkForm>
    </Dialog>
  );
}
