import "server-only";
import { and, gt, inArray } from "drizzle-orm";
import { rfTemplates, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { batchSize } from "@/lib/kernel/keyset-pagination";
import { query } from "@/lib/kernel/query";
import { previewOf, siteChanges } from "@/lib/site-bulk-edit/rules";
import { type BulkEdit, ChangeSelectedSites } from "@/lib/site-bulk-edit/schema";
import type { BulkOutcome, ItemResult } from "@/lib/shared/selection";
import { compareText } from "@/lib/shared/text-order";
import { siteSettingsOf } from "@/lib/site-settings/internal";
import { siteFilter } from "@/lib/sites/queries";

/** The next ids of an edit's sites, in their order. */
async function nextIds(tx: Tx, { ids, all, search, countries, inGroups }: BulkEdit, after: string | undefined): Promise<string[]> {
  const chosen = all ? siteFilter({ search, country: countries, group: inGroups }, "all") : inArray(sites.id, ids);
  const rows = await tx.select({ id: sites.id }).from(sites).where(and(chosen, after ? gt(sites.id, after) : undefined)).orderBy(sites.id).limit(batchSize);
  return rows.map(({ id }) => id);
}

/** The names of the RF templates by id, for edits of that section. */
export async function templateNames(tx: Tx, { section }: BulkEdit): Promise<ReadonlyMap<string, string>> {
  if (section !== "rf-template") return new Map();
  const rows = await tx.select({ id: rfTemplates.id, name: rfTemplates.name }).from(rfTemplates);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What an edit would do with each of its sites, in the order of their names. */
export const previewBulkEdit = query({
  permission: "site.update",
  input: ChangeSelectedSites,
  async run({ tx }, edit): Promise<BulkOutcome> {
    const [changeOf, names] = [siteChanges(edit), await templateNames(tx, edit)];
    const results: ItemResult[] = [];
    let ids: string[] = [];
    do {
      ids = await nextIds(tx, edit, ids.at(-1));
      results.push(...(await siteSettingsOf(tx, ids)).map((site) => previewOf(site, changeOf, names)));
    } while (ids.length === batchSize);
    return { results: results.toSorted((one, other) => compareText(one.name, other.name)) };
  },
});
