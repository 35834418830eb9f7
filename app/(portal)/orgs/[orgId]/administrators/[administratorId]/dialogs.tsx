import { Dialog } from "@/components/ui/dialog";
import type { Actor } from "@/lib/access/actor";
import { type Administrator, getRevocationImpact } from "@/lib/administrators/queries";
import { countText } from "@/lib/shared/count-text";
import { cancelInvitationAction, endMemberSessionsAction, resendInvitationAction, revokeAccessAction, startResetAction } from "../actions";
import { ConfirmForm } from "./confirm-form";

type Asked = string | string[] | undefined;
type DialogsProps = { actor: Actor; organization: string; administrator: Administrator; dialog: Asked };

/** The confirmation dialogs of this page; the address says which one is open. */
export async function Dialogs({ actor, organization, administrator: { id, name, email, accountId, status }, dialog }: DialogsProps) {
  const { orgId } = actor;
  const closeHref = `/orgs/${orgId}/administrators/${id}`;
  const same = { administratorId: id, closeHref };
  if (accountId) {
    const { invitations } = dialog === "revoke" ? await getRevocationImpact(actor, { administratorId: id }) : { invitations: 0 };
    return <MemberDialogs orgId={orgId} organization={organization} name={name} email={email} dialog={dialog} same={same} invitations={invitations} />;
  }
  if (dialog === "resend") {
    return (
      <Dialog title={`Send again to ${email}`} closeHref={closeHref}>
        <ConfirmForm {...same} action={resendInvitationAction.bind(null, orgId)} variant="primary" label="Resend Invitation">
          {status === "accepted"
            ? "The invitation was accepted, and the login is still to be created: the mail with that link is sent again."
            : "The invitation is sent again and can be accepted for 7 days from now."}{" "}
          Links in older mails stop working.
        </ConfirmForm>
      </Dialog>
    );
  }
  if (dialog !== "cancel") return null;
  return (
    <Dialog title={`Cancel the invitation of ${name}`} closeHref={closeHref}>
      <ConfirmForm {...same} action={cancelInvitationAction.bind(null, orgId)} variant="danger" label="Cancel Invitation">
        The link that was mailed to {email} stops working, and the invitation leaves the list. The address can be invited again.
      </ConfirmForm>
    </Dialog>
  );
}

type MemberDialogsProps = Pick<DialogsProps, "organization" | "dialog"> & {
  orgId: string;
  /** How many pending invitations the member sent. */
  invitations: number;
  name: string;
  email: string;
  same: { administratorId: string; closeHref: string };
};

function MemberDialogs({ orgId, organization, name, email, dialog, same, invitations }: MemberDialogsProps) {
  if (dialog === "sessions") {
    return (
      <Dialog title={`End the sessions of ${name}`} closeHref={same.closeHref}>
        <ConfirmForm {...same} action={endMemberSessionsAction.bind(null, orgId)} variant="danger" label="End Sessions">
          {name} must sign in again to enter {organization}, in every browser, from the very next click. Access stays as it
          is, and so do sessions in other organizations.
        </ConfirmForm>
      </Dialog>
    );
  }
  if (dialog === "reset") {
    return (
      <Dialog title={`Password reset for ${name}`} closeHref={same.closeHref}>
        <ConfirmForm {...same} action={startResetAction.bind(null, orgId)} variant="primary" label="Send Password Reset">
          A link to choose a new password is mailed to {email}; it works for an hour. The present password keeps working
          until then, and only {name} ever sees the new one.
        </ConfirmForm>
      </Dialog>
    );
  }
  if (dialog !== "revoke") return null;
  return (
    <Dialog title={`Revoke access of ${name}`} closeHref={same.closeHref}>
      <ConfirmForm {...same} action={revokeAccessAction.bind(null, orgId)} variant="danger" label="Revoke Access">
        {name} loses access to {organization} immediately, on all devices, and is notified at {email}.{" "}
        {invitations > 0 && `${countText(invitations, "pending invitation")} sent by ${name} ${invitations === 1 ? "is" : "are"} cancelled. `}
        Audit log entries are kept.
      </ConfirmForm>
    </Dialog>
  );
}
