import "server-only";
import { and, asc, eq, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { siteGroupMembers, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { likePattern, keyset, type PageQuery, uuidArray } from "@/lib/kernel/keyset-pagination";
import { query, type QueryContext } from "@/lib/kernel/query";
import { type ExportSites, ListOptions, GetSite, ListSites } from "@/lib/sites/schema";
import { notFoundError } from "@/lib/shared/app-error";

// `sites.id` is literal: Drizzle omits the table name in a single-table select, and `id` would be the group's.
const groupNames = sql<string[]>`array(
  select g.name from ${siteGroupMembers} m join ${siteGroups} g on g.id = m.group_id
  where m.site_id = sites.id order by lower(g.name))`;

/** The columns of a site that may leave the server; all queries and commands select exactly these. */
export const siteColumns = {
  id: sites.id,
  name: sites.name,
  country: sites.country,
  timeZone: sites.timeZone,
  streetAddress: sites.streetAddress,
  groups: groupNames,
  version: sites.version,
};

export type Site = Awaited<ReturnType<typeof siteById>>;

/** Reads one site; throws `not_found` when it is not visible. */
export async function siteById(tx: Tx, siteId: string) {
  const [site] = await tx.select(siteColumns).from(sites).where(eq(sites.id, siteId));
  if (!site) throw notFoundError("Site");
  return site;
}

/** One site of the actor's scope. */
export const getSite = query({
  permission: "site.read",
  input: GetSite,
  run: ({ tx }, { siteId }) => siteById(tx, siteId),
});

type Filter = z.output<typeof ExportSites>;

// Repeats the row policy as a filter, so that the planner can use the index for a small scope.
const inScope = (scope: QueryContext["sites"]) => (scope === "all" ? undefined : sql`${sites.id} = any(${uuidArray(scope)})`);

const siteFilter = ({ search, country }: Filter, scope: QueryContext["sites"] = "all") =>
  and(
    inScope(scope),
    search ? or(ilike(sites.name, likePattern(search)), ilike(sites.streetAddress, likePattern(search))) : undefined,
    country ? inArray(sites.country, [country].flat()) : undefined,
  );

const maxExportRows = 10_000;

/** All sites that match the filter, by name, for the export. */
export const listSitesForExport = (tx: Tx, filter: Filter) =>
  tx.select(siteColumns).from(sites).where(siteFilter(filter)).orderBy(sql`lower(${sites.name})`, sites.id).limit(maxExportRows);

/** The sort keys of the list of sites. */
export const sortKeys = {
  name: { by: sql`lower(${sites.name})`, type: "text" },
  country: { by: sites.country, type: "text" },
  timeZone: { by: sites.timeZone, type: "text" },
} as const;

/** The statement for one page of the list, exported for tests of its query plan. */
export const selectSitePage = (tx: Tx, filter: SQL | undefined, page: PageQuery) =>
  tx
    .select({ ...siteColumns, at: page.at })
    .from(sites)
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);

/** The distinct countries of all sites, by a loose index scan that reads one row per country. */
export const countriesInUse = sql`
  with recursive used as (
    (select country from sites order by country limit 1)
    union all
    select (select s.country from sites s where s.country > u.country order by s.country limit 1)
    from used u where u.country is not null)
  select country from used where country is not null`;

const countriesInScope = (scope: QueryContext["sites"]) =>
  scope === "all" ? countriesInUse : sql`select distinct country from sites where ${inScope(scope)} order by country`;

/** A page of the sites with their total number and the countries to filter by. */
export const listSites = query({
  permission: "site.read",
  input: ListSites,
  async run({ tx, sites: scope }, { search, country, ...paging }) {
    const filter = siteFilter({ search, country }, scope);
    const request = keyset(paging, { sortKeys, defaultSort: "name", idColumn: sites.id });
    const [rows, countryRows] = await Promise.all([selectSitePage(tx, filter, request), tx.execute<{ country: string }>(countriesInScope(scope))]);
    const page = request.page(rows);
    const total = page.next || page.previous ? await tx.$count(sites, filter) : page.rows.length;
    return { ...page, total, countriesUsed: countryRows.map(({ country }) => country) };
  },
});

/** The visible sites by name, for pickers, the palette and filters. */
export const listSiteOptions = query({
  permission: "site.read",
  input: ListOptions,
  run: ({ tx }) => tx.select({ id: sites.id, name: sites.name }).from(sites).orderBy(asc(sql`lower(${sites.name})`)).limit(2_000),
});

/** The site groups by name, for pickers and filters. */
export const listSiteGroupOptions = query({
  permission: "site.read",
  input: ListOptions,
  run: ({ tx }) => tx.select({ id: siteGroups.id, name: siteGroups.name }).from(siteGroups).orderBy(asc(sql`lower(${siteGroups.name})`)).limit(500),
});
