import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { siteGroups, siteImports, type SiteImportResult, type SiteImportRow, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { batchSize, countUpToLimit, defaultPageSize, keyset, type PageParams, uuidArray } from "@/lib/kernel/keyset-pagination";
import { query } from "@/lib/kernel/query";
import { searchCondition } from "@/lib/kernel/text-search";
import { countResults, newGroupsOf, previewOf } from "@/lib/site-imports/rules";
import { GetSiteImport, GetUndoImpact, ListSiteImports } from "@/lib/site-imports/schema";
import { notFoundError } from "@/lib/shared/app-error";
import { foldName, matchesSearch } from "@/lib/shared/fold-text";

type Table = typeof sites | typeof siteGroups;

async function existingKeys(tx: Tx, table: Table, names: readonly string[]): Promise<Set<string>> {
  const keys = JSON.stringify([...new Set(names.map(foldName))]);
  const rows = await tx.select({ key: table.nameKey }).from(table).where(sql`${table.nameKey} in (select jsonb_array_elements_text(${keys}::jsonb))`);
  return new Set(rows.map(({ key }) => key));
}

type Planned = { rows: readonly SiteImportRow[]; createsGroups: boolean };

/** What an import would do with each of its rows now, and which site groups it would create. */
export async function planSiteImport(tx: Tx, { rows, createsGroups }: Planned) {
  const groups = await existingKeys(tx, siteGroups, rows.flatMap((row) => row.groups));
  const results = previewOf(rows, createsGroups, { sites: await existingKeys(tx, sites, rows.map(({ name }) => name)), groups });
  return { results, newGroups: newGroupsOf(rows, results, groups) };
}

const isStalled = sql<boolean>`status = 'running' and updated_at < now() - interval '10 minutes'`;
const startedBy = sql<string | null>`(select btrim(a.first_name || ' ' || a.last_name) from accounts a where a.id = site_imports.started_by_id)`;

const columns = {
  id: siteImports.id,
  fileName: siteImports.fileName,
  status: siteImports.status,
  total: siteImports.total,
  done: siteImports.done,
  added: sql<number>`(select count(*)::int from jsonb_array_elements(${siteImports.results}) r where r ->> 'siteId' is not null)`,
  createdAt: siteImports.createdAt,
  startedBy,
  isStalled,
};

export type SiteImport = Awaited<ReturnType<typeof readImports>>["rows"][number];

/** One row of an import on its page. */
export type ImportedSite = Omit<SiteImportRow, "fault"> & { status: SiteImportResult["status"] | "waiting"; text: string; siteId?: string };

const toImported = ({ fault: _, ...row }: SiteImportRow, { status, text = "", siteId }: SiteImportResult | { status: "waiting"; text?: string; siteId?: string }): ImportedSite => ({ ...row, status, text, siteId });

/** The place of the first row of a page; cursors are numbers of rows. */
function firstOf({ after, before }: { after?: string; before?: string }): number {
  const at = Number(before ?? after);
  const first = before === undefined ? at : at - defaultPageSize;
  return Number.isSafeInteger(first) && first > 0 ? first : 0;
}

/** An import with a page of its rows: before it is started what would become of each, and then what became of it. */
export const getSiteImport = query({
  permission: "site.create",
  input: GetSiteImport,
  async run({ tx }, { siteImportId, search, result, ...cursors }) {
    const { rows: stored, results: known, ...details } = await siteImportById(tx, siteImportId);
    const planned = details.status === "waiting" ? await planSiteImport(tx, { rows: stored, createsGroups: details.createsGroups }) : { results: known, newGroups: [] };
    const chosen = [result ?? []].flat();
    const found = stored
      .map((row, index) => toImported(row, planned.results[index] ?? { status: "waiting" }))
      .filter(({ status }) => chosen.length === 0 || chosen.some((one) => one === status))
      .filter(({ name, text }) => matchesSearch(search ?? "", name, text));
    const first = firstOf(cursors);
    const rows = await withExistingSites(tx, found.slice(first, first + defaultPageSize));
    const page = {
      rows,
      from: first + 1,
      total: found.length,
      previous: first > 0 ? String(first) : undefined,
      next: found.length > first + defaultPageSize ? String(first + defaultPageSize) : undefined,
    };
    return { ...details, page, counts: countResults(planned.results), newGroups: planned.newGroups };
  },
});

async function siteImportById(tx: Tx, siteImportId: string) {
  const { rows, results, ignoredColumns, createsGroups } = siteImports;
  const [found] = await tx.select({ ...columns, rows, results, ignoredColumns, createsGroups }).from(siteImports).where(eq(siteImports.id, siteImportId));
  if (!found) throw notFoundError("Import");
  return found;
}

// A site that was added may be gone.
async function withExistingSites(tx: Tx, rows: ImportedSite[]): Promise<ImportedSite[]> {
  const ids = rows.flatMap(({ siteId }) => siteId ?? []);
  const existing = ids.length === 0 ? [] : await tx.select({ id: sites.id }).from(sites).where(sql`${sites.id} = any(${uuidArray(ids)})`);
  const known = new Set(existing.map(({ id }) => id));
  return rows.map(({ siteId, ...row }) => (siteId && known.has(siteId) ? { ...row, siteId } : row));
}

/** The ids of the sites that an import added. */
export const addedIds = (results: readonly SiteImportResult[]): string[] => results.flatMap(({ siteId }) => siteId ?? []);

/** How many sites undoing an import removes, which it keeps because somebody changed them, and how many are gone already. */
export const getUndoImpact = query({
  permission: "site.delete",
  input: GetUndoImpact,
  async run({ tx }, { siteImportId }) {
    const { results } = await siteImportById(tx, siteImportId);
    const ids = addedIds(results);
    const existing = await tx.select({ name: sites.name, version: sites.version }).from(sites).where(sql`${sites.id} = any(${uuidArray(ids)})`).orderBy(sites.id);
    const kept = existing.filter(({ version }) => version > 1).map(({ name }) => name);
    return { removed: existing.length - kept.length, kept, gone: ids.length - existing.length };
  },
});

const sortKeys = { created: { by: siteImports.createdAt, type: "timestamptz" } } as const;

type Filter = Pick<z.output<typeof ListSiteImports>, "search" | "status">;

const importFilter = ({ search, status }: Filter) => {
  const chosen = [status ?? []].flat();
  return and(searchCondition(search, (pattern) => sql`fold_search(${siteImports.fileName}) like ${pattern}`), chosen.length > 0 ? inArray(siteImports.status, chosen) : undefined);
};

async function readImports(tx: Tx, { search, status, ...paging }: Filter & PageParams, size?: number) {
  const request = keyset(paging, { sortKeys, defaultSort: "-created", idColumn: siteImports.id, size });
  const rows = await tx
    .select({ ...columns, at: request.at })
    .from(siteImports)
    .where(and(importFilter({ search, status }), request.where))
    .orderBy(...request.orderBy)
    .limit(request.limit);
  return request.page(rows);
}

/** A page of the imports, newest first, with their total number. */
export const listSiteImports = query({
  permission: "site.create",
  input: ListSiteImports,
  async run({ tx }, list) {
    const page = await readImports(tx, list);
    const count = () => countUpToLimit(tx, (limit) => tx.select({ id: siteImports.id }).from(siteImports).where(importFilter(list)).limit(limit));
    return { ...page, total: page.next || page.previous ? await count() : page.rows.length };
  },
});

/** The next batch of an export, in the order of the page. */
export const readSiteImportBatch = query({
  permission: "site.create",
  input: ListSiteImports,
  run: ({ tx }, list) => readImports(tx, list, batchSize),
});
