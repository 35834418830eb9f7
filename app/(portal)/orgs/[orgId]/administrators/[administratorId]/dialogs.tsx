import { Dialog } from "@/components/ui/dialog";
import type { Actor } from "@/lib/access/actor";
import { type Administrator, getRevocationImpact } from "@/lib/administrators/queries";
import { countText } from "@/lib/shared/count-text";
import { endMemberSessionsAction, resendInvitationAction, revokeAccessAction, startResetAction } from "../actions";
import { CancelInvitationDialog } from "../cancel-invitation-dialog";
import { ConfirmForm } from "./confirm-form";

type DialogsProps = { actor: Actor; organization: string; administrator: Administrator; dialog: string | string[] | undefined };

/** The confirmation dialogs of this page; the address says which one is open. */
export async function Dialogs({ actor, organization, administrator, dialog }: DialogsProps) {
  const { id, name, email, accountId, status } = administrator;
  const { orgId } = actor;
  const closeHref = `/orgs/${orgId}/administrators/${id}`;
  const same = { administratorId: id, closeHref };
  if (accountId) {
    const { invitations } = dialog === "revoke" ? await getRevocationImpact(actor, { administratorId: id }) : { invitations: 0 };
    return <MemberDialogs orgId={orgId} organization={organization} name={name} email={email} dialog={dialog} same={same} invitations={invitations} />;
  }
  if (dialog === "resend") {
    return (
      <Dialog title="Send the invitation again?" closeHref={closeHref}>
        <ConfirmForm {...same} action={resendInvitationAction.bind(null, orgId)} variant="primary" label="Resend Invitation">
          {status === "accepted"
            ? `We’ll send the email to create a login to ${email} again.`
            : `We’ll send the invitation to ${email} again. It is valid for 7 days.`}{" "}
          Links in older emails stop working.
        </ConfirmForm>
      </Dialog>
    );
  }
  return dialog === "cancel" ? <CancelInvitationDialog orgId={orgId} administrator={administrator} closeHref={closeHref} /> : null;
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
      <Dialog title={`End ${name}’s sessions?`} closeHref={same.closeHref}>
        <ConfirmForm {...same} action={endMemberSessionsAction.bind(null, orgId)} variant="danger" label="End Sessions">
          {name} is signed out of {organization} immediately, on all devices, and must sign in again. Their access doesn’t
          change, and other organizations aren’t affected.
        </ConfirmForm>
      </Dialog>
    );
  }
  if (dialog === "reset") {
    return (
      <Dialog title={`Send ${name} a password reset?`} closeHref={same.closeHref}>
        <ConfirmForm {...same} action={startResetAction.bind(null, orgId)} variant="primary" label="Send Password Reset">
          We’ll email {email} a link to choose a new password. It works for an hour. The current password stays valid until a
          new one is chosen.
        </ConfirmForm>
      </Dialog>
    );
  }
  if (dialog !== "revoke") return null;
  return (
    <Dialog title={`Revoke ${name}’s access?`} closeHref={same.closeHref}>
      <ConfirmForm {...same} action={revokeAccessAction.bind(null, orgId)} variant="danger" label="Revoke Access">
        {name} loses access to {organization} immediately, on all devices, and is notified at {email}.{" "}
        {invitations > 0 && `${countText(invitations, "pending invitation")} sent by ${name} ${invitations === 1 ? "is" : "are"} cancelled. `}
        Audit log entries are kept.
      </ConfirmForm>
    </Dialog>
  );
}
