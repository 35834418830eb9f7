import "server-only";
import { and, asc, isNotNull, isNull, sql } from "drizzle-orm";
import { sites } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import { query } from "@/lib/kernel/query";
import { type MapSite, toMapSites } from "@/lib/shared/map-sites";
import { countSites, siteFilter } from "@/lib/sites/queries";
import { ListSites } from "@/lib/sites/schema";

const mostOnMap = 5_000;
const mostListed = 50;

/** The sites of a filter that have a location, in columns, at most 5,000 of them, and the number and first names of those that have none. */
export const listSitesOnMap = query({
  permission: "site.read",
  input: ListSites,
  async run({ tx, sites: scope }, list) {
    const filter = siteFilter(list, scope);
    const [placed, unplaced] = [and(filter, isNotNull(sites.latitude)), and(filter, isNull(sites.latitude))];
    const byName = asc(naturalOrder(sites.name));
    // The constraint of the table holds that a latitude has a longitude.
    const place = { latitude: sql<number>`${sites.latitude}`, longitude: sql<number>`${sites.longitude}` };
    const found: MapSite[] = await tx.select({ id: sites.id, name: sites.name, ...place }).from(sites).where(placed).orderBy(byName, sites.id).limit(mostOnMap + 1);
    const listed = await tx.select({ id: sites.id, name: sites.name }).from(sites).where(unplaced).orderBy(byName, sites.id).limit(mostListed);
    const shown = found.slice(0, mostOnMap);
    return {
      sites: toMapSites(shown),
      count: shown.length,
      /** The number of sites with a location, where they are more than those shown. */
      all: found.length > mostOnMap ? await countSites(tx, placed) : undefined,
      withoutLocation: { count: listed.length < mostListed ? listed.length : await countSites(tx, unplaced), first: listed },
    };
  },
});

export type SitesOnMap = Awaited<ReturnType<typeof listSitesOnMap>>;
