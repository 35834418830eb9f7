import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { memberships, membershipScopes, siteGroupMembers, siteGroups, sites } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { ListEffectiveAccess, ViewAs } from "@/lib/effective-access/schema";
import { administratorById, findAdministrator } from "@/lib/administrators/queries";
import { countUpToLimit, keyset } from "@/lib/kernel/keyset-pagination";
import { query } from "@/lib/kernel/query";
import { searchCondition } from "@/lib/kernel/text-search";
import { siteNameMatches } from "@/lib/sites/queries";

const scopesOf = (membershipId: string) => sql`from ${membershipScopes} x where x.membership_id = ${membershipId}`;

const reachedSites = (membershipId: string) => sql`
  select coalesce(x.site_id, m.site_id) from ${membershipScopes} x left join ${siteGroupMembers} m on m.group_id = x.group_id
  where x.membership_id = ${membershipId} and coalesce(x.site_id, m.site_id) is not null`;

const mostNamedGroups = 5;

// `sites.id` is literal: Drizzle omits the table name in a single-table select.
const grantingGroups = (membershipId: string) => sql`
  from ${siteGroupMembers} m join ${siteGroups} g on g.id = m.group_id
  where m.site_id = sites.id and m.group_id in (select x.group_id ${scopesOf(membershipId)})`;

const siteAccessColumns = (membershipId: string) => ({
  id: sites.id,
  name: sites.name,
  isDirect: sql<boolean>`exists (select ${scopesOf(membershipId)} and x.site_id = sites.id)`,
  groups: sql<string[]>`array(select g.name ${grantingGroups(membershipId)} order by ${naturalOrder(sql`g.name`)} limit ${mostNamedGroups})`,
  groupCount: sql<number>`(select count(*)::int ${grantingGroups(membershipId)})`,
});

const sortKeys = { name: { by: sites.name, type: "text" } } as const;

/** The sites that an administrator can reach, each with what gives the access, a page at a time. */
export const listEffectiveAccess = query({
  permission: "effective_access.read",
  input: ListEffectiveAccess,
  async run({ tx }, { administratorId, search, ...paging }) {
    const administrator = await administratorById(tx, administratorId);
    const reached = administrator.scope === "all" ? undefined : sql`sites.id in (${reachedSites(administratorId)})`;
    const filter = and(reached, searchCondition(search, siteNameMatches));
    const request = keyset(paging, { sortKeys, defaultSort: "name", idColumn: sites.id });
    const rows = await tx
      .select({ ...siteAccessColumns(administratorId), at: request.at })
      .from(sites)
      .where(and(filter, request.where))
      .orderBy(...request.orderBy)
      .limit(request.limit);
    const page = request.page(rows);
    return { administrator, ...page, total: page.next || page.previous ? await countSites(tx, filter) : page.rows.length };
  },
});

const countSites = (tx: Tx, filter: SQL | undefined) => countUpToLimit(tx, (limit) => tx.select({ id: sites.id }).from(sites).where(filter).limit(limit));

/** Role and sites of the administrator as whom the organization is viewed; undefined when the access has ended. */
export const findViewedAdministrator = query({
  permission: "access.view_as",
  input: ViewAs,
  async run({ tx }, { administratorId }) {
    const found = await findAdministrator(tx, administratorId);
    if (!found || found.status === "ended") return undefined;
    const { id, name, role, scope } = found;
    if (scope === "all") return { id, name, role, scope, sites: [] };
    const reached = await tx
      .select({ sites: sql<string[]>`array(select distinct r.id::text from (${reachedSites(administratorId)}) r(id))` })
      .from(memberships)
      .where(eq(memberships.id, administratorId));
    return { id, name, role, scope, sites: reached[0]?.sites ?? [] };
  },
});
