import "server-only";
import { and, asc, eq, inArray, like, not, or, type SQL, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { memberships, membershipScopes, rfTemplates, siteGroupMembers, siteGroups, sites } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { selectedNames, selectedRows, selectionLimit } from "@/lib/kernel/bulk";
import { batchSize, countUpToLimit, keyset, type PageQuery, uuidArray } from "@/lib/kernel/keyset-pagination";
import { query, type QueryContext } from "@/lib/kernel/query";
import { searchCondition } from "@/lib/kernel/text-search";
import { countries } from "@/lib/shared/countries";
import { foldSearch } from "@/lib/shared/fold-text";
import { identifyNames, type NamedMatch } from "@/lib/sites/rules";
import { FindChoices, GetSite, GetSiteDeletionImpact, ListSites, SelectSites } from "@/lib/sites/schema";
import { notFoundError } from "@/lib/shared/app-error";

// `sites.id` is literal: Drizzle omits the table name in a single-table select, and `id` would be the group's.
/** The names of the groups of a site in natural order, in a statement that reads from `sites`. */
export const groupNames = sql<string[]>`array(
  select g.name from ${siteGroupMembers} m join ${siteGroups} g on g.id = m.group_id
  where m.site_id = sites.id order by ${naturalOrder(sql`g.name`)})`;

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

// `sites.rf_template_id` is literal, too.
const listedColumns = { ...siteColumns, rfTemplate: sql<string>`coalesce((select t.name from ${rfTemplates} t where t.id = sites.rf_template_id), '')` };

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

/** How many administrators and site groups a deletion takes a site from, and how many of those administrators have no other site. */
export const getSiteDeletionImpact = query({
  permission: "site.delete",
  input: GetSiteDeletionImpact,
  async run({ tx }, { siteId }) {
    const reached = sql`select x.membership_id, count(*) filter (where coalesce(x.site_id, m.site_id) = ${siteId}) as here, count(coalesce(x.site_id, m.site_id)) as everywhere
      from ${membershipScopes} x left join ${siteGroupMembers} m on m.group_id = x.group_id group by x.membership_id`;
    const [administrators] = await tx.execute<{ count: number; withoutSite: number }>(sql`
      select count(*)::int as count, count(*) filter (where r.here = r.everywhere)::int as "withoutSite"
      from (${reached}) r join ${memberships} on ${memberships.id} = r.membership_id and ${memberships.scope} <> 'all' where r.here > 0`);
    const groups = await tx.$count(siteGroupMembers, eq(siteGroupMembers.siteId, siteId));
    return { administrators: administrators?.count ?? 0, withoutSite: administrators?.withoutSite ?? 0, groups };
  },
});

type Filter = Partial<Pick<z.output<typeof ListSites>, "search" | "country" | "group">>;

// Repeats the row policy as a filter, so that the planner can use the index for a small scope.
const inScope = (scope: QueryContext["sites"]) => (scope === "all" ? undefined : sql`${sites.id} = any(${uuidArray(scope)})`);

const foldedCountries = Object.entries(countries).map(([code, name]): [string, string] => [code, foldSearch(name)]);

/** Whether a word is in the name, address, time zone, country or groups of a site. */
function siteMatches(pattern: string, word: string) {
  const codes = foldedCountries.flatMap(([code, name]) => (name.includes(word) ? [code] : []));
  return or(
    like(sites.searchText, pattern),
    codes.length > 0 ? sql`${sites.country} = any(${`{${codes.join(",")}}`}::text[])` : undefined,
    sql`${sites.id} in (select m.site_id from ${siteGroupMembers} m join ${siteGroups} g on g.id = m.group_id where g.search_text like ${pattern})`,
  );
}

/** Whether a word is in the name of a site. */
export const siteNameMatches = (pattern: string) => sql`${sites.searchText} like ${pattern} and fold_search(${sites.name}) like ${pattern}`;

const inGroups = (groupIds: readonly string[]) =>
  sql`exists (select 1 from ${siteGroupMembers} m where m.site_id = sites.id and m.group_id = any(${uuidArray(groupIds)}))`;

function chosenFilter({ search, country = [], group = [] }: Filter) {
  const [countryCodes, groupIds] = [[country].flat(), [group].flat()];
  return and(
    searchCondition(search, siteMatches),
    countryCodes.length > 0 ? inArray(sites.country, countryCodes) : undefined,
    groupIds.length > 0 ? inGroups(groupIds) : undefined,
  );
}

/** The condition of a list of sites, exported for tests of its query plan. */
export const siteFilter = (filter: Filter, scope: QueryContext["sites"]) => and(inScope(scope), chosenFilter(filter));

/** The sort keys of the list of sites. */
export const sortKeys = {
  name: { by: sites.name, type: "text" },
  country: { by: sites.countryName, type: "text" },
  timeZone: { by: sites.timeZone, type: "text" },
} as const;

/** The statement for one page of the list, exported for tests of its query plan. */
export const selectSitePage = (tx: Tx, filter: SQL | undefined, page: PageQuery) =>
  tx
    .select({ ...listedColumns, at: page.at })
    .from(sites)
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);

/** The same page for a search: finds the rows in the index alone before it reads them. */
export const searchSitePage = (tx: Tx, filter: SQL | undefined, page: PageQuery) => {
  const found = tx
    .select({ id: sites.id })
    .from(sites)
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  return tx
    .select({ ...listedColumns, at: page.at })
    .from(sites)
    .where(sql`${sites.id} = any(array${found})`)
    .orderBy(...page.orderBy);
};

const readSitePage = (tx: Tx, search: string | undefined, filter: SQL | undefined, page: PageQuery) =>
  search ? searchSitePage(tx, filter, page) : selectSitePage(tx, filter, page);

/** The distinct countries of all sites by name, by a loose index scan that reads one row per country. */
export const countriesInUse = sql`
  with recursive used as (
    (select country, country_name from sites order by ${naturalOrder(sql`country_name`)} limit 1)
    union all
    select next.* from used u cross join lateral (
      select s.country, s.country_name from sites s where ${naturalOrder(sql`s.country_name`)} > ${naturalOrder(sql`u.country_name`)}
      order by ${naturalOrder(sql`s.country_name`)} limit 1) next)
  select country from used`;

const countriesInScope = (scope: QueryContext["sites"]) =>
  scope === "all" ? countriesInUse : sql`select country from sites where ${inScope(scope)} group by country, country_name order by ${naturalOrder(sql`country_name`)}`;

/** A page of the sites with their total number, `all` without the filter where there is one, and the countries to filter by. */
export const listSites = query({
  permission: "site.read",
  input: ListSites,
  async run({ tx, sites: scope }, list) {
    const filter = siteFilter(list, scope);
    const request = keyset(list, { sortKeys, defaultSort: "name", idColumn: sites.id });
    const [rows, countryRows, all] = await Promise.all([
      readSitePage(tx, list.search, filter, request),
      tx.execute<{ country: string }>(countriesInScope(scope)),
      chosenFilter(list) && countSites(tx, inScope(scope)),
    ]);
    const page = request.page(rows);
    const total = page.next || page.previous ? await countSites(tx, filter) : page.rows.length;
    return { ...page, total, all, countriesUsed: countryRows.map(({ country }) => country) };
  },
});

/** The number of sites that a filter shows, counted up to the limit. */
export const countSites = (tx: Tx, filter: SQL | undefined) =>
  countUpToLimit(tx, (limit) => tx.select({ id: sites.id }).from(sites).where(filter).limit(limit));

/** The next batch of an export, in the order of the page. */
export const readSiteBatch = query({
  permission: "site.read",
  input: ListSites,
  async run({ tx, sites: scope }, list) {
    const request = keyset(list, { sortKeys, defaultSort: "name", idColumn: sites.id, size: batchSize });
    return request.page(await readSitePage(tx, list.search, siteFilter(list, scope), request));
  },
});

type Selection = z.output<typeof SelectSites>;

/** The next rows of a selection, ordered by id. */
export const selectedSites = (tx: Tx, { search, countries, inGroups: group, ...chosen }: Selection) => {
  const filter = siteFilter({ search, country: countries, group }, "all");
  return tx
    .select({ id: sites.id, name: sites.name })
    .from(sites)
    .where(and(...selectedRows(sites.id, chosen, filter)))
    .orderBy(sites.id)
    .limit(selectionLimit);
};

/** The names of the next rows of a selection, in the order of the list. */
export const getSelectedSites = query({
  permission: "site.read",
  input: SelectSites,
  run: async ({ tx }, selection) => selectedNames(await selectedSites(tx, selection)),
});

/** How many options a picker shows at once, unless more are chosen. */
const mostChoices = 50;

/** The options of a site picker, and how many there are altogether. */
export const listSiteOptions = query({
  permission: "site.read",
  input: FindChoices,
  run: ({ tx, sites: scope }, input) => choicesIn(tx, sites, input, inScope(scope)),
});

/** The options of a site group picker, and how many there are altogether. */
export const listSiteGroupOptions = query({
  permission: "site.read",
  input: FindChoices,
  run: ({ tx }, input) => choicesIn(tx, siteGroups, input),
});

type NamedTable = typeof sites | typeof siteGroups;

async function choicesIn(tx: Tx, table: NamedTable, { search, chosen = [] }: z.output<typeof FindChoices>, visible?: SQL) {
  const isChosen = sql`${table.id} = any(${uuidArray(chosen)})`;
  const matches = and(visible, searchCondition(search, table === sites ? siteNameMatches : (pattern) => like(siteGroups.searchText, pattern)), chosen.length > 0 ? not(isChosen) : undefined);
  const select = (where: SQL | undefined) =>
    tx.select({ id: table.id, name: table.name }).from(table).where(where).orderBy(asc(naturalOrder(table.name)), table.id);
  const picked = chosen.length > 0 ? await select(and(visible, isChosen)) : [];
  const room = Math.max(mostChoices - picked.length, 0);
  const others = await select(matches).limit(room + 1);
  const rest = others.length > room ? await countUpToLimit(tx, (limit) => tx.select({ id: table.id }).from(table).where(matches).limit(limit)) : others.length;
  return { choices: [...picked, ...others.slice(0, room)], total: picked.length + rest };
}

/** The ids of visible sites or site groups by their names; throws an error beside the field for names that do not identify one. */
export async function idsByName(tx: Tx, table: NamedTable, names: readonly string[], field: string): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await tx.execute<NamedMatch>(sql`
    select typed.name as typed, t.id from jsonb_array_elements_text(${JSON.stringify(names)}::jsonb) typed (name)
    join ${table} t on t.name_key = fold_name(typed.name)`);
  return identifyNames(names, rows, table === sites ? "site" : "site group", field);
}
