import "server-only";
import { and, eq, like, type SQL, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { deviceProfiles, rfTemplates, sites } from "@/db/schema";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { batchSize, countUpToLimit, keyset, type PageQuery } from "@/lib/kernel/keyset-pagination";
import { searchCondition } from "@/lib/kernel/text-search";
import { AppError } from "@/lib/shared/app-error";
import type { DeviceType, Template, TemplateKind, TemplateUse } from "@/lib/templates/rules";
import type { ListTemplates } from "@/lib/templates/schema";

export type TemplateTable = typeof rfTemplates | typeof deviceProfiles;

// `rf_templates.id` is literal: Drizzle omits the table name in a single-table select.
const columnsOf = (table: TemplateTable) => ({
  id: table.id,
  name: table.name,
  version: table.version,
  type: table === deviceProfiles ? sql<DeviceType | null>`${deviceProfiles.type}` : sql<DeviceType | null>`null::text`,
  sites: table === rfTemplates ? sql<number>`(select count(*)::int from ${sites} s where s.rf_template_id = rf_templates.id)` : sql<number>`0`,
});

const settingsColumns = (table: TemplateTable) => ({ ...columnsOf(table), settings: table.settings });

const selectPage = (tx: Tx, table: TemplateTable, filter: SQL | undefined, page: PageQuery) =>
  tx
    .select({ ...columnsOf(table), at: page.at })
    .from(table)
    .where(sql`${filter ?? sql`true`} and ${page.where ?? sql`true`}`)
    .orderBy(...page.orderBy)
    .limit(page.limit);

type List = z.output<typeof ListTemplates>;

const matching = (table: TemplateTable, search: string | undefined) => searchCondition(search, (pattern) => like(table.searchText, pattern));

const pageOf = (table: TemplateTable, paging: Omit<List, "search">, size?: number) =>
  keyset(paging, { sortKeys: { name: { by: table.name, type: "text" } }, defaultSort: "name", idColumn: table.id, size });

/** A page of the templates of one kind with their total number. */
export async function templatePage(tx: Tx, table: TemplateTable, { search, ...paging }: List) {
  const [request, filter] = [pageOf(table, paging), matching(table, search)];
  const page = request.page(await selectPage(tx, table, filter, request));
  const count = () => countUpToLimit(tx, (limit) => tx.select({ id: table.id }).from(table).where(filter).limit(limit));
  return { ...page, total: page.next || page.previous ? await count() : page.rows.length };
}

/** The next batch of an export, in the order of the page. */
export async function templateBatch(tx: Tx, table: TemplateTable, { search, ...paging }: List) {
  const request = pageOf(table, paging, batchSize);
  return request.page(await selectPage(tx, table, matching(table, search), request));
}

const toTemplate = ({ settings, sites: _, ...row }: { id: string; name: string; version: number; type: DeviceType | null; sites: number; settings: Template["document"] }): Template => ({
  ...row,
  document: { ...settings, name: row.name },
});

/** One template with its settings; throws `not_found` when it is not visible. With `lock` it stays as it is until the transaction ends. */
export async function templateById(tx: Tx, table: TemplateTable, { noun }: TemplateKind, templateId: string, lock?: "no key update" | "update"): Promise<Template> {
  const select = tx.select(settingsColumns(table)).from(table).where(eq(table.id, templateId));
  const [found] = await (lock ? select.for(lock) : select);
  if (!found) throw new AppError("not_found", `${noun.charAt(0).toUpperCase()}${noun.slice(1)} not found`);
  return toTemplate(found);
}

const mostNamed = 10;

/** How many visible sites use an RF template. */
export const countRfTemplateUses = (tx: Tx, templateId: string): Promise<number> => tx.$count(sites, eq(sites.rfTemplateId, templateId));

const noVariables = sql`'{}'::jsonb`;
const variables = sql<Record<string, string>>`coalesce(${sites.settings} -> 'vars', ${noVariables})`;

/** The visible sites that use an RF template, and those that lack a variable of it: how many, and the first of them by name. */
export async function rfTemplateUse(tx: Tx, templateId: string, names: readonly string[]): Promise<TemplateUse> {
  const uses = eq(sites.rfTemplateId, templateId);
  const lacks = and(uses, sql`not jsonb_exists_all(${variables}, array(select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb)))`);
  const first = (where: SQL | undefined) => tx.select({ id: sites.id, name: sites.name, variables }).from(sites).where(where).orderBy(naturalOrder(sites.name), sites.id).limit(mostNamed);
  const total = await countRfTemplateUses(tx, templateId);
  const none = { total: 0, sites: [] };
  const lacking = total === 0 || names.length === 0 ? none : { total: await tx.$count(sites, lacks), sites: await first(lacks) };
  return { total, sites: total === 0 ? [] : await first(uses), lacking };
}
