import { LinkButton } from "@/components/ui/button";
import type { PanelProps } from "../panels";

export function CloudSharkPanel({ actor, updates }: PanelProps) {
  if (!updates) return null;
  return (
    <div>
      <LinkButton href={`/orgs/${actor.orgId}/settings?dialog=test-cloudshark`}>Test connection</LinkButton>
    </div>
  );
}
