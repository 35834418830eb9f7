import { Dialog } from "@/components/ui/dialog";
import { can } from "@/lib/access/actor";
import { getOrganizationMsp } from "@/lib/organization-msps/queries";
import { assignMspAction, endMspAction } from "../actions";
import type { DialogProps } from "../dialogs";
import { AssignForm, EndForm } from "./forms";

export function AssignMspDialog({ actor, closeHref }: DialogProps) {
  if (!can(actor, "msp.assign")) return null;
  return (
    <Dialog title="Assign to an MSP" closeHref={closeHref}>
      <AssignForm action={assignMspAction.bind(null, actor.orgId)} closeHref={closeHref} />
    </Dialog>
  );
}

export async function EndMspDialog({ actor, closeHref }: DialogProps) {
  if (!can(actor, "msp.assign")) return null;
  const assigned = await getOrganizationMsp(actor, {});
  if (!assigned) return null;
  const { mspId, mspName, acceptedAt } = assigned;
  const text = acceptedAt
    ? `${mspName} is no longer your Managed Service Provider, effective immediately. Its administrators are notified by email.`
    : `${mspName} can no longer accept your request. Its administrators are notified by email.`;
  return (
    <Dialog title={acceptedAt ? `End the assignment to ${mspName}?` : `Withdraw the request to ${mspName}?`} closeHref={closeHref}>
      <EndForm mspId={mspId} text={text} button={acceptedAt ? "End Assignment" : "Withdraw Request"} action={endMspAction.bind(null, actor.orgId)} closeHref={closeHref} />
    </Dialog>
  );
}
