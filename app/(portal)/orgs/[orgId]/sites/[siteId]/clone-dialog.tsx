import { Dialog } from "@/components/ui/dialog";
import { can } from "@/lib/access/actor";
import { cloneSiteAction } from "../actions";
import { CloneSiteForm } from "./clone-form";
import type { DialogProps } from "./dialogs";

/** Asks for the name of a copy of the site, and what it takes over. */
export function CloneSiteDialog({ actor, site: { siteId, name }, closeHref }: DialogProps) {
  if (!can(actor, "site.create")) return null;
  return (
    <Dialog title={`Clone ${name}`} closeHref={closeHref}>
      <CloneSiteForm siteId={siteId} action={cloneSiteAction.bind(null, actor.orgId)} closeHref={closeHref} />
    </Dialog>
  );
}
