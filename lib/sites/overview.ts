import "server-only";
import { and, ne } from "drizzle-orm";
import { sites } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import { defaultSiteName } from "@/lib/organizations/rules";
import type { OverviewParts } from "@/lib/overview/rules";
import { countSites, siteFilter } from "@/lib/sites/queries";

/** How many sites are checked for one with a name and an address of its own. */
const mostRead = 1_000;

export const overview = {
  cards: { sites: ({ tx, sites: scope }) => countSites(tx, siteFilter({}, scope)) },
  firstSteps: {
    "first-site": async ({ tx }) => {
      const first = tx.select().from(sites).orderBy(naturalOrder(sites.name), sites.id).limit(mostRead).as("first");
      const placed = and(ne(first.streetAddress, ""), ne(first.name, defaultSiteName));
      const [found, some] = await Promise.all([
        tx.select({ id: first.id }).from(first).where(placed).limit(1),
        tx.select({ id: sites.id }).from(sites).orderBy(naturalOrder(sites.name), sites.id).limit(2),
      ]);
      const [only, other] = some;
      return { done: found.length > 0, path: only && !other ? `sites/${only.id}` : "sites" };
    },
  },
} satisfies OverviewParts;
