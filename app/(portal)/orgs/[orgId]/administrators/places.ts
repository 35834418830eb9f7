import type { Actor } from "@/lib/access/actor";
import { listSiteGroupOptions, listSiteOptions } from "@/lib/sites/queries";

type Chosen = { sites?: string[]; groups?: string[] };

/** The sites and groups that this actor can give, those chosen first, and where the rest is searched for. */
export async function placesFor(actor: Actor, chosen: Chosen = {}) {
  const [sites, groups] = await Promise.all([
    listSiteOptions(actor, { chosen: chosen.sites }),
    listSiteGroupOptions(actor, { chosen: chosen.groups }),
  ]);
  const path = `/orgs/${actor.orgId}/sites`;
  return { sites: { ...sites, searchHref: `${path}/options` }, groups: { ...groups, searchHref: `${path}/groups/options` } };
}
