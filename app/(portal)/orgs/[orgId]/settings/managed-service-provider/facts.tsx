import { buttonRow, LinkButton } from "@/components/ui/button";
import { labelClass } from "@/components/ui/form-class";
import { can } from "@/lib/access/actor";
import { getOrganizationMsp } from "@/lib/organization-msps/queries";
import type { PanelProps } from "../panels";

/** The Managed Service Provider of the organization, with what a Super User can do about it. */
export async function ManagedServiceProvider({ actor }: Pick<PanelProps, "actor">) {
  const assigned = await getOrganizationMsp(actor, {});
  const path = `/orgs/${actor.orgId}/settings`;
  return (
    <div>
      <span className={labelClass}>Managed Service Provider</span>
      <p>{assigned ? `${assigned.mspName}${assigned.acceptedAt ? "" : " (asked, not yet accepted)"}` : "(none)"}</p>
      {can(actor, "msp.assign") && (
        <div className={`${buttonRow} mt-2`}>
          {assigned ? (
            <LinkButton href={`${path}?dialog=end-msp`}>{assigned.acceptedAt ? "End Assignment" : "Withdraw Request"}</LinkButton>
          ) : (
            <LinkButton href={`${path}?dialog=assign-msp`}>Assign to an MSP</LinkButton>
          )}
        </div>
      )}
    </div>
  );
}
