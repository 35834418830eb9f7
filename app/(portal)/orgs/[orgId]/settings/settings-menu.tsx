import { AppLink } from "@/components/ui/link";
import { Menu } from "@/components/ui/menu";
import { type Actor, can } from "@/lib/access/actor";

/** The pages below the settings. */
export function SettingsMenu({ actor }: { actor: Actor }) {
  const path = `/orgs/${actor.orgId}/settings`;
  if (!can(actor, "organization.export")) return null;
  return (
    <Menu id="settings-more" label="More" variant="button" align="end">
      <AppLink href={`${path}/export`}>Export</AppLink>
      {can(actor, "organization.import") && <AppLink href={`${path}/import`}>Import</AppLink>}
    </Menu>
  );
}
