import { AppLink } from "@/components/ui/link";
import { Menu } from "@/components/ui/menu";
import { type Actor, can } from "@/lib/access/actor";

/** What can be done with the site besides saving its page. */
export function SiteMenu({ actor, path }: { actor: Actor; path: string }) {
  return (
    <Menu id="site-more" label="More" variant="button" align="end">
      <AppLink href={`${path}/effective`}>Effective Configuration</AppLink>
      {can(actor, "audit.read") && <AppLink href={`${path}/history`}>History</AppLink>}
      {can(actor, "site.create") && <AppLink href={`${path}?dialog=clone`}>Clone Site</AppLink>}
      {can(actor, "site.delete") && <AppLink href={`${path}?dialog=delete`}>Delete Site</AppLink>}
    </Menu>
  );
}
