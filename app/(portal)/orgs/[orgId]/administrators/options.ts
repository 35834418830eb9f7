import type { Actor } from "@/lib/access/actor";
import type { AuthSession } from "@/lib/sessions/queries";
import { toDateInputValue } from "@/lib/shared/time-zone";
import { listSiteGroupOptions, listSiteOptions } from "@/lib/sites/queries";
import { timeFormat } from "@/lib/web/page";

type Chosen = { sites?: string[]; groups?: string[] };

/** The page that lists what each role can do. */
export const rolesHref = (orgId: string) => `/orgs/${orgId}/administrators/roles`;

/** Options of the site and group pickers, the chosen ones first, with their search URLs, the page of roles, and the person's time zone. */
export async function accessOptions(actor: Actor, session: AuthSession, chosen: Chosen = {}) {
  const [{ zone }, sites, groups] = await Promise.all([
    timeFormat(session),
    listSiteOptions(actor, { chosen: chosen.sites }),
    listSiteGroupOptions(actor, { chosen: chosen.groups }),
  ]);
  const path = `/orgs/${actor.orgId}/sites`;
  return {
    sites: { ...sites, searchHref: `${path}/options` },
    groups: { ...groups, searchHref: `${path}/groups/options` },
    rolesHref: rolesHref(actor.orgId),
    zone,
    today: toDateInputValue(new Date(), zone),
  };
}
