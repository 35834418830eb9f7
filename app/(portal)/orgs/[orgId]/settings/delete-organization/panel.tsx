import { LinkButton } from "@/components/ui/button";
import { can } from "@/lib/access/actor";
import type { PanelProps } from "../panels";

export function DeleteOrganizationPanel({ actor }: PanelProps) {
  if (!can(actor, "organization.delete")) return <p>Only Super Users can delete the organization.</p>;
  return (
    <div>
      <LinkButton href={`/orgs/${actor.orgId}/settings?dialog=delete-organization`}>Delete Organization</LinkButton>
    </div>
  );
}
