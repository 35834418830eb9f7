import { Dialog } from "@/components/ui/dialog";
import type { Administrator } from "@/lib/administrators/queries";
import { ConfirmForm } from "./[administratorId]/confirm-form";
import { cancelInvitationAction } from "./actions";

type CancelInvitationDialogProps = {
  orgId: string;
  administrator: Pick<Administrator, "id" | "name" | "email">;
  closeHref: string;
  /** The address to return to instead of the action's own. */
  back?: string;
};

/** Confirms cancelling an invitation, on the list or on the page of the administrator. */
export function CancelInvitationDialog({ orgId, administrator: { id, name, email }, closeHref, back }: CancelInvitationDialogProps) {
  return (
    <Dialog title={`Cancel ${name}’s invitation?`} closeHref={closeHref}>
      <ConfirmForm administratorId={id} action={cancelInvitationAction.bind(null, orgId)} closeHref={closeHref} back={back} variant="danger" label="Cancel Invitation">
        The link sent to {email} stops working. You can invite this address again.
      </ConfirmForm>
    </Dialog>
  );
}
