import { connectAsOwner, type TestOrg } from "@/lib/testing/fixtures";

/** The names of the tables whose rows belong to an organization, from the catalog. */
export async function tenantTables(): Promise<string[]> {
  const owner = connectAsOwner();
  const rows = await owner<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace order by 1`;
  await owner.end();
  return rows.map(({ name }) => name);
}

/** The rows of each table that belong to an organization, and of the links into it, past row security. */
export async function countOrganizationRows(org: Pick<TestOrg, "id">, membershipIds: string[]): Promise<Record<string, number>> {
  const owner = connectAsOwner();
  const counts: Record<string, number> = {};
  const tables = await tenantTables();
  await owner.begin(async (tx) => {
    const count = async (table: string, column: string, values: string[]) => {
      await tx`alter table ${tx(table)} no force row level security`;
      const [row] = await tx<{ rows: number }[]>`select count(*)::int as rows from ${tx(table)} where ${tx(column)} = any(${values}::uuid[])`;
      await tx`alter table ${tx(table)} force row level security`;
      counts[table] = row?.rows ?? -1;
    };
    await count("organizations", "id", [org.id]);
    await count("email_tokens", "membership_id", membershipIds);
    for (const table of tables) await count(table, "organization_id", [org.id]);
  });
  await owner.end();
  return counts;
}
