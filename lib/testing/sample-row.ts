import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { tablePrivileges } from "@/db/privileges";
import { msps } from "@/db/schema";
import { type TenantScope, withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";

type RequiredColumn = { name: string; type: string; references: string | null };

const sampleValues: Record<string, string> = {
  uuid: "gen_random_uuid()",
  text: "'Sample'",
  integer: "1",
  bigint: "1",
  boolean: "false",
  "timestamp with time zone": "now()",
  date: "current_date",
  jsonb: "'{}'",
  bytea: "''",
  ARRAY: "'{}'",
};

/** Inserts a row into a tenant table: a value of its type in every required column, and existing rows where it refers to others. */
export function insertSampleRow(scope: TenantScope, table: string): Promise<void> {
  const isForWorker = !tablePrivileges[table]?.app?.includes("insert") && tablePrivileges[table]?.worker?.includes("insert");
  return isForWorker ? withWorkerScope((tx) => insertInto(tx, table), scope.orgId) : withTenant(scope, (tx) => insertInto(tx, table));
}

/** Columns that may be empty but not all of them at once. */
const chosenColumns: Record<string, string> = { wlan_template_scopes: "site_id" };

async function insertInto(tx: Tx, table: string): Promise<void> {
  const columns = await tx.execute<RequiredColumn>(sql`
    select a.attname as name, c.data_type as type, (
      select k.confrelid::regclass::text from pg_constraint k where k.contype = 'f' and k.conrelid = a.attrelid and a.attnum = any(k.conkey) limit 1
    ) as references
    from pg_attribute a join information_schema.columns c on c.table_schema = 'public' and c.table_name = ${table} and c.column_name = a.attname
    where a.attrelid = ${table}::regclass and (a.attnotnull or a.attname = ${chosenColumns[table] ?? ""}) and a.attgenerated = '' and c.column_default is null and a.attname <> 'organization_id'`);
  const mspId = columns.some(({ references }) => references === "msps") ? await insertMsp() : "";
  for (const { references } of columns) if (references && references !== "msps") await insertMissing(tx, references);
  const valueOf = ({ name, type, references }: RequiredColumn) => {
    if (references === "msps") return `'${mspId}'`;
    if (references) return `(select id from ${references} limit 1)`;
    return name === "name" ? "'Sample ' || gen_random_uuid()" : (sampleValues[type] ?? "null");
  };
  const values = columns.map(valueOf);
  const names = columns.map(({ name }) => name);
  await tx.execute(sql.raw(`insert into ${table} (${names.join(", ")}) values (${values.join(", ")})`));
}

async function insertMissing(tx: Tx, table: string): Promise<void> {
  const [row] = await tx.execute(sql.raw(`select 1 from ${table} limit 1`));
  if (!row) await insertInto(tx, table);
}

/** A provider, which no organization holds or sees before it is assigned. */
async function insertMsp(): Promise<string> {
  const id = v7();
  await withAuthScope({ mspId: id }, (tx) => tx.insert(msps).values({ id, name: "Sample", createdBy: "Sample" }));
  return id;
}
