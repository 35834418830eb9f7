import { LinkButton } from "@/components/ui/button";
import { type Actor, can } from "@/lib/access/actor";

/** What can be done with the site besides saving its page. */
export function SiteMenu({ actor, path }: { actor: Actor; path: string }) {
  return can(actor, "site.delete") && <LinkButton href={`${path}?dialog=delete`} variant="quiet">Delete Site</LinkButton>;
}
