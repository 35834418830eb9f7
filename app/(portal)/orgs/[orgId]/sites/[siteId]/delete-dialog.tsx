import { Dialog } from "@/components/ui/dialog";
import { can } from "@/lib/access/actor";
import { getSiteDeletionImpact } from "@/lib/sites/queries";
import { deletionConsequences } from "@/lib/sites/rules";
import { deleteSiteAction } from "../actions";
import { DeleteSiteForm } from "./delete-form";
import type { DialogProps } from "./dialogs";

/** Asks whether the site is to be deleted, and says who loses access. */
export async function DeleteSiteDialog({ actor, site: { siteId, name }, closeHref }: DialogProps) {
  if (!can(actor, "site.delete")) return null;
  return (
    <Dialog title={`Delete ${name}?`} closeHref={closeHref}>
      <DeleteSiteForm
        closeHref={closeHref}
        siteId={siteId}
        name={name}
        consequences={deletionConsequences(await getSiteDeletionImpact(actor, { siteId }))}
        action={deleteSiteAction.bind(null, actor.orgId)}
      />
    </Dialog>
  );
}
