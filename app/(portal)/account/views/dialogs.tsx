import { hrefHere, hrefWith, type Params } from "@/components/table/url";
import { Dialog } from "@/components/ui/dialog";
import type { Actor } from "@/lib/access/actor";
import { listSavedViews } from "@/lib/saved-views/queries";
import { viewQuery } from "@/lib/saved-views/schema";
import { ManageViews, SaveViewForm } from "./forms";

type SavedViewDialogsProps = { actor: Actor; list: string; params: Params; dialog: string };

/** The dialogs in which a view of a list is saved, renamed and deleted. */
export async function SavedViewDialogs({ actor, list, params, dialog }: SavedViewDialogsProps) {
  const closeHref = hrefHere(`/orgs/${actor.orgId}/${list}`, params, { dialog: undefined });
  if (dialog === "save-view") {
    return (
      <Dialog title="Save this view" closeHref={closeHref}>
        <SaveViewForm organization={actor.orgId} list={list} query={viewQuery(hrefWith("", params, {}))} closeHref={closeHref} />
      </Dialog>
    );
  }
  if (dialog !== "views") return null;
  return (
    <Dialog title="Saved views" closeHref={closeHref}>
      <ManageViews organization={actor.orgId} views={await listSavedViews(actor, { list })} closeHref={closeHref} />
    </Dialog>
  );
}
