import "server-only";
import { asc, like, sql } from "drizzle-orm";
import { memberships, sites } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import { can } from "@/lib/access/actor";
import { SearchOrganization } from "@/lib/search/schema";
import { query, type QueryContext } from "@/lib/kernel/query";
import { searchCondition } from "@/lib/kernel/text-search";
import { siteNameMatches } from "@/lib/sites/queries";

const maxResults = 8;

/**
 * Sites and administrators whose name or email contains the search term and which the actor may see: the first of each, and
 * where there are more an entry that leads to the list with all of them.
 */
export const searchOrganization = query({
  permission: "organization.read",
  input: SearchOrganization,
  async run(context, { q }) {
    const root = `/orgs/${context.actor.orgId}`;
    const [siteRows, people] = [await sitesByName(context, q), await administratorsByNameOrEmail(context, q)];
    const all = (rows: readonly unknown[], group: string, path: string) =>
      rows.length > maxResults ? [{ label: `All ${group.toLowerCase()} that match “${q}”`, href: `${root}/${path}?search=${encodeURIComponent(q)}`, group }] : [];
    return [
      ...siteRows.slice(0, maxResults).map(({ id, name }) => ({ label: name, href: `${root}/sites/${id}`, group: "Sites" })),
      ...all(siteRows, "Sites", "sites"),
      ...people.slice(0, maxResults).map(({ id, name, email }) => ({ label: name, hint: email, href: `${root}/administrators/${id}`, group: "Administrators" })),
      ...all(people, "Administrators", "administrators"),
    ];
  },
});

async function sitesByName({ tx, actor }: QueryContext, q: string) {
  if (!can(actor, "site.read")) return [];
  const matches = tx.select({ id: sites.id, name: sites.name }).from(sites).where(searchCondition(q, siteNameMatches));
  return matches.orderBy(asc(naturalOrder(sites.name))).limit(maxResults + 1);
}

async function administratorsByNameOrEmail({ tx, actor }: QueryContext, q: string) {
  if (!can(actor, "administrator.read")) return [];
  const name = sql<string>`coalesce(nullif(btrim(${memberships.firstName} || ' ' || ${memberships.lastName}), ''), ${memberships.email})`;
  return tx
    .select({ id: memberships.id, name, email: memberships.email })
    .from(memberships)
    .where(searchCondition(q, (pattern) => like(memberships.searchText, pattern)))
    .orderBy(asc(naturalOrder(name)))
    .limit(maxResults + 1);
}
