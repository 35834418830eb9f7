import type { Actor } from "@/lib/access/actor";
import { listSiteGroupOptions, listSiteOptions } from "@/lib/sites/queries";

type Chosen = { sites?: string[]; groups?: string[] };

/** Options of the site and group pickers, the chosen ones first, and the search URLs. */
export async function accessOptions(actor: Actor, chosen: Chosen = {}) {
  const [sites, groups] = await Promise.all([
    listSiteOptions(actor, { chosen: chosen.sites }),
    listSiteGroupOptions(actor, { chosen: chosen.groups }),
  ]);
  const path = `/orgs/${actor.orgId}/sites`;
  return { sites: { ...sites, searchHref: `${path}/options` }, groups: { ...groups, searchHref: `${path}/groups/options` } };
}
