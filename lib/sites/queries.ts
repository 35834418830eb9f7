import "server-only";
import { and, asc, eq, ilike, inArray, or, type SQL, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { siteGroupMembers, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { containing, keyset, type Turn, uuids } from "@/lib/kernel/keyset";
import { query, type View } from "@/lib/kernel/query";
import { type ExportSites, GetChoices, GetSite, ListSites } from "@/lib/sites/schema";
import { notFound } from "@/lib/vocabulary/fault";

// Written out: in a select from one table Drizzle names columns without it, and "id" would be the group's.
const groupNames = sql<string[]>`array(
  select g.name from ${siteGroupMembers} m join ${siteGroups} g on g.id = m.group_id
  where m.site_id = sites.id order by lower(g.name))`;

/** What leaves the server about a site: pages, commands, events and the API all select exactly this. */
export const siteColumns = {
  id: sites.id,
  name: sites.name,
  country: sites.country,
  timeZone: sites.timeZone,
  address: sites.address,
  groups: groupNames,
  version: sites.version,
};

export type Site = Awaited<ReturnType<typeof siteById>>;

export async function siteById(tx: Tx, siteId: string) {
  const [site] = await tx.select(siteColumns).from(sites).where(eq(sites.id, siteId));
  if (!site) throw notFound("Site");
  return site;
}

export const getSite = query({
  permission: "site.read",
  input: GetSite,
  run: ({ tx }, { siteId }) => siteById(tx, siteId),
});

type Filter = z.output<typeof ExportSites>;

// Told again where row security alone would walk every site to show a few.
const theirs = (places: View["sites"]) => (places === "all" ? undefined : sql`${sites.id} = any(${uuids(places)})`);

const matching = ({ search, country }: Filter, places: View["sites"] = "all") =>
  and(
    theirs(places),
    search ? or(ilike(sites.name, containing(search)), ilike(sites.address, containing(search))) : undefined,
    country ? inArray(sites.country, [country].flat()) : undefined,
  );

const most = 10_000;

/** Every site that a filter shows, by name, for the download. */
export const everySite = (tx: Tx, filter: Filter) =>
  tx.select(siteColumns).from(sites).where(matching(filter)).orderBy(sql`lower(${sites.name})`, sites.id).limit(most);

/** What a list of sites can be sorted by. */
export const sortKeys = {
  name: { by: sql`lower(${sites.name})`, type: "text" },
  country: { by: sites.country, type: "text" },
  timeZone: { by: sites.timeZone, type: "text" },
} as const;

/** The statement behind a page of the list, for reading and for measuring. */
export const pageQuery = (tx: Tx, filter: SQL | undefined, turn: Turn) =>
  tx
    .select({ ...siteColumns, at: turn.at })
    .from(sites)
    .where(and(filter, turn.where))
    .orderBy(...turn.orderBy)
    .limit(turn.limit);

/** The countries in which there are sites, each found by its first one, so that the others are not walked. */
export const allCountries = sql`
  with recursive used as (
    (select country from sites order by country limit 1)
    union all
    select (select s.country from sites s where s.country > u.country order by s.country limit 1)
    from used u where u.country is not null)
  select country from used where country is not null`;

const countriesIn = (places: View["sites"]) =>
  places === "all" ? allCountries : sql`select distinct country from sites where ${theirs(places)} order by country`;

/** A page of the sites with the countries to filter them by; they are counted where they are not all on it. */
export const listSites = query({
  permission: "site.read",
  input: ListSites,
  async run({ tx, sites: places }, { search, country, ...paging }) {
    const filter = matching({ search, country }, places);
    const turn = keyset(paging, { keys: sortKeys, fallback: "name", id: sites.id });
    const [found, used] = await Promise.all([pageQuery(tx, filter, turn), tx.execute<{ country: string }>(countriesIn(places))]);
    const page = turn.page(found);
    const total = page.next || page.previous ? await tx.$count(sites, filter) : page.rows.length;
    return { ...page, total, countriesUsed: used.map(({ country }) => country) };
  },
});

/** Every site an actor sees, by name: for pickers, the palette and filters. */
export const siteChoices = query({
  permission: "site.read",
  input: GetChoices,
  run: ({ tx }) => tx.select({ id: sites.id, name: sites.name }).from(sites).orderBy(asc(sql`lower(${sites.name})`)).limit(2_000),
});

export const groupChoices = query({
  permission: "site.read",
  input: GetChoices,
  run: ({ tx }) => tx.select({ id: siteGroups.id, name: siteGroups.name }).from(siteGroups).orderBy(asc(sql`lower(${siteGroups.name})`)).limit(500),
});
