import { TextLink } from "@/components/ui/link";
import type { PanelProps } from "../panels";

/** Leads to the hosts and ports that devices must reach. */
export function ManagementConnectionPanel({ actor }: PanelProps) {
  return (
    <p>
      Which hosts and ports your firewall must allow: <TextLink href={`/orgs/${actor.orgId}/firewall`}>Firewall Requirements</TextLink>
    </p>
  );
}
