import "server-only";
import { and, eq, getTableColumns, is, isNotNull, isNull, sql, type SQL } from "drizzle-orm";
import { getTableConfig, type PgColumn, PgTable } from "drizzle-orm/pg-core";
import * as schema from "@/db/schema";
import { organizations } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { countUpToLimit } from "@/lib/kernel/keyset-pagination";
import { query } from "@/lib/kernel/query";
import { countedText, type DeletionBlocker } from "@/lib/organization-deletion/rules";
import { GetDeletionImpact } from "@/lib/organization-deletion/schema";
import { notFoundError } from "@/lib/shared/app-error";
import type { CountedRows } from "@/lib/shared/define-area";
import { mergedPart } from "@/lib/shared/registry";

/** What prevents the deletion of an organization, each found in its own transaction's scope; areas whose rows must be removed first add theirs. */
const blockerQueries: readonly ((tx: Tx) => Promise<DeletionBlocker[]>)[] = [];

/** Reads what prevents the deletion of the organization of the transaction. */
export const findDeletionBlockers = async (tx: Tx): Promise<DeletionBlocker[]> => (await Promise.all(blockerQueries.map((find) => find(tx)))).flat();

const tables = new Map(Object.values(schema).flatMap((table): [string, PgTable][] => (is(table, PgTable) ? [[getTableConfig(table).name, table]] : [])));

function columnOf(table: PgTable, name: string): PgColumn {
  const column = getTableColumns(table)[name];
  if (!column) throw new Error(`${getTableConfig(table).name} has no column ${name}`);
  return column;
}

function isCounted(table: PgTable, orgId: string, { having, lacking }: CountedRows): SQL | undefined {
  const conditions = [having && isNotNull(columnOf(table, having)), lacking && isNull(columnOf(table, lacking))];
  return and(eq(columnOf(table, "organizationId"), orgId), ...conditions.map((condition) => condition || undefined));
}

/** What is removed with an organization, counted: "12 sites"; nothing where there is none. */
async function countContents(tx: Tx, orgId: string): Promise<string[]> {
  const texts: string[] = [];
  for (const [name, rows] of Object.entries(mergedPart("organizationRows"))) {
    const table = tables.get(name);
    if (!table) throw new Error(`There is no table ${name}`);
    for (const counted of typeof rows === "string" ? [] : rows) {
      const count = await countUpToLimit(tx, (limit) => sql`select 1 from ${table} where ${isCounted(table, orgId, counted)} limit ${limit}`);
      if (count > 0) texts.push(countedText(count, counted.one, counted.many));
    }
  }
  return texts;
}

/** The name of the organization and what is removed with it. */
export const getDeletionImpact = query({
  permission: "organization.delete",
  input: GetDeletionImpact,
  async run({ tx, actor: { orgId } }) {
    const [organization] = await tx.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, orgId));
    if (!organization) throw notFoundError("Organization");
    return { ...organization, contents: await countContents(tx, orgId), blockers: await findDeletionBlockers(tx) };
  },
});
