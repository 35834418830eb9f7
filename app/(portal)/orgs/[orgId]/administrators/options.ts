import type { Actor } from "@/lib/access/actor";
import { listSiteGroupOptions, listSiteOptions } from "@/lib/sites/queries";

type Chosen = { sites?: string[]; groups?: string[] };

/** The page that lists what each role can do. */
export const rolesHref = (orgId: string) => `/orgs/${orgId}/administrators/roles`;

/** Options of the site and group pickers, the chosen ones first, with their search URLs, and the page of roles. */
export async function accessOptions(actor: Actor, chosen: Chosen = {}) {
  const [sites, groups] = await Promise.all([
    listSiteOptions(actor, { chosen: chosen.sites }),
    listSiteGroupOptions(actor, { chosen: chosen.groups }),
  ]);
  const path = `/orgs/${actor.orgId}/sites`;
  return {
    sites: { ...sites, searchHref: `${path}/options` },
    groups: { ...groups, searchHref: `${path}/groups/options` },
    rolesHref: rolesHref(actor.orgId),
  };
}
