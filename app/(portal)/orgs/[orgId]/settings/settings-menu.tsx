import { AppLink } from "@/components/ui/link";
import { Menu } from "@/components/ui/menu";
import { type Actor, can } from "@/lib/access/actor";

/** The pages below the settings. */
export function SettingsMenu({ actor }: { actor: Actor }) {
  const path = `/orgs/${actor.orgId}/settings`;
  const [reads, exports, imports] = [can(actor, "audit.read"), can(actor, "organization.export"), can(actor, "organization.import")];
  if (!reads && !exports) return null;
  return (
    <Menu id="settings-more" label="More" variant="button" align="end">
      {reads && <AppLink href={`${path}/history`}>History</AppLink>}
      {exports && <AppLink href={`${path}/export`}>Export</AppLink>}
      {imports && <AppLink href={`${path}/import`}>Import</AppLink>}
    </Menu>
  );
}
