import { Window } from "@/components/ui/window";
import type { Administrator } from "@/lib/administrators/queries";
import { cancelInvitationAction, endMemberSessionsAction, resendInvitationAction, revokeAccessAction, startResetAction } from "../actions";
import { ConfirmForm } from "./confirm-form";

type Asked = string | string[] | undefined;
type WindowsProps = { orgId: string; organization: string; administrator: Administrator; asked: Asked };

/** The confirmations of this page, each open because the address says so. */
export function Windows({ orgId, organization, administrator: { id, name, email, accountId, status }, asked }: WindowsProps) {
  const closeHref = `/orgs/${orgId}/administrators/${id}`;
  const same = { administratorId: id, closeHref };
  if (accountId) return <MemberWindows orgId={orgId} organization={organization} name={name} email={email} asked={asked} same={same} />;
  if (asked === "resend") {
    return (
      <Window title={`Send again to ${email}`} closeHref={closeHref}>
        <ConfirmForm {...same} action={resendInvitationAction.bind(null, orgId)} tone="primary" label="Resend Invitation">
          {status === "accepted"
            ? "The invitation was accepted, and the login is still to be created: the mail with that link is sent again."
            : "The invitation is sent again and can be accepted for 7 days from now."}{" "}
          Links in older mails stop working.
        </ConfirmForm>
      </Window>
    );
  }
  if (asked !== "cancel") return null;
  return (
    <Window title={`Cancel the invitation of ${name}`} closeHref={closeHref}>
      <ConfirmForm {...same} action={cancelInvitationAction.bind(null, orgId)} tone="danger" label="Cancel Invitation">
        The link that was mailed to {email} stops working, and the invitation leaves the list. The address can be invited again.
      </ConfirmForm>
    </Window>
  );
}

type MemberWindowsProps = Pick<WindowsProps, "orgId" | "organization" | "asked"> & {
  name: string;
  email: string;
  same: { administratorId: string; closeHref: string };
};

function MemberWindows({ orgId, organization, name, email, asked, same }: MemberWindowsProps) {
  if (asked === "sessions") {
    return (
      <Window title={`End the sessions of ${name}`} closeHref={same.closeHref}>
        <ConfirmForm {...same} action={endMemberSessionsAction.bind(null, orgId)} tone="danger" label="End Sessions">
          {name} must sign in again to enter {organization}, in every browser, from the very next click. Access stays as it
          is, and so do sessions in other organizations.
        </ConfirmForm>
      </Window>
    );
  }
  if (asked === "reset") {
    return (
      <Window title={`Password reset for ${name}`} closeHref={same.closeHref}>
        <ConfirmForm {...same} action={startResetAction.bind(null, orgId)} tone="primary" label="Send Password Reset">
          A link to choose a new password is mailed to {email}; it works for an hour. The present password keeps working
          until then, and only {name} ever sees the new one.
        </ConfirmForm>
      </Window>
    );
  }
  if (asked !== "revoke") return null;
  return (
    <Window title={`Revoke access of ${name}`} closeHref={same.closeHref}>
      <ConfirmForm {...same} action={revokeAccessAction.bind(null, orgId)} tone="danger" label="Revoke Access">
        {name} loses access to {organization} with the very next click, in every browser, and is told by mail to {email}.
        Invitations that {name} sent and nobody took up stop working. Entries in the audit log stay.
      </ConfirmForm>
    </Window>
  );
}
