import { hrefHere, hrefWith, type Params } from "@/components/table/url";
import type { ViewsMenuProps } from "@/components/table/views-menu";
import type { Actor } from "@/lib/access/actor";
import { listSavedViews } from "@/lib/saved-views/queries";
import { viewQuery } from "@/lib/saved-views/schema";

const sorted = (query: string) => [...new URLSearchParams(query)].map((entry) => JSON.stringify(entry)).sort().join();

/** The menu of saved views of a list at its present address. */
export async function viewsMenuOf(actor: Actor, list: string, params: Params): Promise<ViewsMenuProps> {
  const path = `/orgs/${actor.orgId}/${list}`;
  const present = sorted(viewQuery(hrefWith("", params, {})));
  const views = (await listSavedViews(actor, { list })).map(({ id, name, query }) => ({
    id,
    name,
    href: query ? `${path}?${query}` : path,
    isCurrent: sorted(query) === present,
  }));
  return { views, saveHref: hrefHere(path, params, { dialog: "save-view" }), manageHref: hrefHere(path, params, { dialog: "views" }) };
}
