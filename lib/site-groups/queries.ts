import "server-only";
import { and, eq, like, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { membershipScopes, siteGroupMembers, siteGroups } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { batchSize, countUpToLimit, keyset, type PageQuery } from "@/lib/kernel/keyset-pagination";
import { query } from "@/lib/kernel/query";
import { searchCondition } from "@/lib/kernel/text-search";
import { GetSiteGroup, ListSiteGroups } from "@/lib/site-groups/schema";
import { notFoundError } from "@/lib/shared/app-error";

// `site_groups.id` is literal: Drizzle omits the table name in a single-table select.
const usedBy = sql`from ${membershipScopes} x where x.group_id = site_groups.id`;

/** The columns of a site group that may leave the server, with the number of its sites, of the administrators who have access through it, and of those who have no other. */
export const siteGroupColumns = {
  id: siteGroups.id,
  name: siteGroups.name,
  sites: sql<number>`(select count(*)::int from ${siteGroupMembers} m where m.group_id = site_groups.id)`,
  administrators: sql<number>`(select count(*)::int ${usedBy})`,
  onlyThis: sql<number>`(select count(*)::int ${usedBy} and not exists (
    select from ${membershipScopes} o where o.membership_id = x.membership_id and o.id <> x.id))`,
  version: siteGroups.version,
};

export type SiteGroup = Awaited<ReturnType<typeof siteGroupById>>;

/** Reads one site group; throws `not_found` when it is not visible. */
export async function siteGroupById(tx: Tx, siteGroupId: string) {
  const [siteGroup] = await tx.select(siteGroupColumns).from(siteGroups).where(eq(siteGroups.id, siteGroupId));
  if (!siteGroup) throw notFoundError("Site group");
  return siteGroup;
}

/** One site group of the organization. */
export const getSiteGroup = query({
  permission: "site.group",
  input: GetSiteGroup,
  run: ({ tx }, { siteGroupId }) => siteGroupById(tx, siteGroupId),
});

const sortKeys = { name: { by: siteGroups.name, type: "text" } } as const;

type Filter = Pick<z.output<typeof ListSiteGroups>, "search">;

const matches = ({ search }: Filter) => searchCondition(search, (pattern) => like(siteGroups.searchText, pattern));

const selectPage = (tx: Tx, filter: Filter, page: PageQuery) =>
  tx
    .select({ ...siteGroupColumns, at: page.at })
    .from(siteGroups)
    .where(and(matches(filter), page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);

/** A page of the site groups with their total number. */
export const listSiteGroups = query({
  permission: "site.group",
  input: ListSiteGroups,
  async run({ tx }, { search, ...paging }) {
    const request = keyset(paging, { sortKeys, defaultSort: "name", idColumn: siteGroups.id });
    const page = request.page(await selectPage(tx, { search }, request));
    const count = () => countUpToLimit(tx, (limit) => tx.select({ id: siteGroups.id }).from(siteGroups).where(matches({ search })).limit(limit));
    return { ...page, total: page.next || page.previous ? await count() : page.rows.length };
  },
});

/** The next batch of an export, in the order of the page. */
export const readSiteGroupBatch = query({
  permission: "site.group",
  input: ListSiteGroups,
  async run({ tx }, { search, ...paging }) {
    const request = keyset(paging, { sortKeys, defaultSort: "name", idColumn: siteGroups.id, size: batchSize });
    return request.page(await selectPage(tx, { search }, request));
  },
});

const mostSuggested = 8;

/** The first site groups that match a search, for the suggestions of the site form. */
export const suggestSiteGroups = query({
  permission: "site.group",
  input: ListSiteGroups,
  async run({ tx }, { search }) {
    const page = keyset({}, { sortKeys, defaultSort: "name", idColumn: siteGroups.id, size: mostSuggested });
    return page.page(await selectPage(tx, { search }, page)).rows.map(({ id, name, sites, administrators }) => ({ id, name, sites, administrators }));
  },
});
