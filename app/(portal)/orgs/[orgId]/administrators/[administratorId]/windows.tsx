import { Window } from "@/components/ui/window";
import type { Administrator } from "@/lib/administrators/queries";
import { cancelInvitationAction, resendInvitationAction, revokeAccessAction } from "../actions";
import { ConfirmForm } from "./confirm-form";

type Asked = string | string[] | undefined;
type WindowsProps = { orgId: string; organization: string; administrator: Administrator; asked: Asked };

/** The confirmations of this page, each open because the address says so. */
export function Windows({ orgId, organization, administrator: { id, name, email, accountId, status }, asked }: WindowsProps) {
  const closeHref = `/orgs/${orgId}/administrators/${id}`;
  const same = { administratorId: id, closeHref };
  if (accountId) {
    if (asked !== "revoke") return null;
    return (
      <Window title={`Revoke access of ${name}`} closeHref={closeHref}>
        <ConfirmForm {...same} action={revokeAccessAction.bind(null, orgId)} tone="danger" label="Revoke Access">
          {name} loses access to {organization} with the very next click, in every browser, and is told by mail to {email}.
          Invitations that {name} sent and nobody took up stop working. Entries in the audit log stay.
        </ConfirmForm>
      </Window>
    );
  }
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
