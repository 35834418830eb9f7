import { type SQL, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { keyset } from "@/lib/kernel/keyset-pagination";
import { countriesInUse, listSites, searchSitePage, selectSitePage, siteFilter, sortKeys } from "@/lib/sites/queries";
import { connectAsOwner, newSuperUser } from "@/lib/testing/fixtures";

const counts = [100, 2_000];
const superUsers = new Map<number, Awaited<ReturnType<typeof newSuperUser>>>();

beforeAll(async () => {
  for (const count of counts) {
    const superUser = await newSuperUser();
    superUsers.set(count, superUser);
    await withTenant(scopeOf(count), (tx) =>
      tx.execute(sql`insert into sites (id, name, country, time_zone) select gen_random_uuid(), 'Store ' || n,
        (array['DE', 'FR', 'GB', 'NL', 'PL'])[1 + n % 5], 'Europe/Berlin' from generate_series(1, ${count}::int) n`),
    );
  }
  const owner = connectAsOwner();
  await owner.unsafe("vacuum (analyze) sites");
  await owner.end();
}, 60_000);

function superUserOf(count: number) {
  const found = superUsers.get(count);
  if (!found) throw new Error("No such organization");
  return found;
}

const scopeOf = (count: number) => ({ orgId: superUserOf(count).orgId, sites: "all" as const });

type Plan = { "Relation Name"?: string; "Actual Rows": number; "Actual Loops": number; Plans?: Plan[] };

const rowsRead = (plan: Plan): number =>
  (plan["Relation Name"] === "sites" ? plan["Actual Rows"] * plan["Actual Loops"] : 0) +
  (plan.Plans ?? []).reduce((sum, child) => sum + rowsRead(child), 0);

const planOf = (count: number, make: (tx: Parameters<typeof selectSitePage>[0]) => SQL) =>
  withTenant(scopeOf(count), async (tx) => {
    const [row] = await tx.execute<{ "QUERY PLAN": [{ readonly Plan: Plan }] }>(sql`explain (analyze, format json) ${make(tx)}`);
    if (!row) throw new Error("No plan");
    return row["QUERY PLAN"][0].Plan;
  });

const rowsReadBy = async (...args: Parameters<typeof planOf>) => rowsRead(await planOf(...args));

test("X-8: a search that finds nothing among 100,000 sites reads their index once and no row", async () => {
  const superUser = await newSuperUser();
  const { orgId } = superUser;
  const scope = { orgId, sites: "all" as const };
  for (let first = 0; first < 100_000; first += 10_000) {
    await withTenant(scope, (tx) =>
      tx.execute(sql`insert into sites (id, name, country, time_zone, street_address) select gen_random_uuid(), 'Store ' || n, 'DE', 'Europe/Berlin',
        'Hauptstraße ' || n % 97 || ', Köln' from generate_series(${first}::int + 1, ${first}::int + 10000) n`),
    );
  }
  const owner = connectAsOwner();
  await owner.unsafe("vacuum (analyze) sites");
  await owner.end();
  const page = keyset({}, { sortKeys, defaultSort: "name", idColumn: sites.id });
  const [row] = await withTenant(scope, (tx) =>
    tx.execute<{ "QUERY PLAN": [{ readonly Plan: Plan & { "Shared Hit Blocks": number; "Shared Read Blocks": number } }] }>(
      sql`explain (analyze, buffers, format json) ${searchSitePage(tx, siteFilter({ search: "koln hauptstrasse berlin 4711x" }, "all"), page).getSQL()}`,
    ),
  );
  const plan = row?.["QUERY PLAN"][0].Plan;
  expect(plan && rowsRead(plan)).toBe(0);
  // About 16 MB; the table has more than twice as many blocks.
  expect(Number(plan?.["Shared Hit Blocks"]) + Number(plan?.["Shared Read Blocks"])).toBeLessThan(2_500);
  const { rows, total } = await listSites(superUser, { search: "store koln" });
  expect([rows.length, total]).toEqual([50, 10_001]);
}, 60_000);

describe.each(counts)("with %i sites", (count) => {
  test.each(["name", "-name", "country", "-country"])("X-8: a page sorted by %s reads only its own rows", async (sort) => {
    const page = keyset({ sort }, { sortKeys, defaultSort: "name", idColumn: sites.id });
    expect(await rowsReadBy(count, (tx) => selectSitePage(tx, undefined, page).getSQL())).toBe(51);
  });

  test.each(["nothing of this name", "store nothing", "nothing"])("X-8: a search for %j that finds nothing reads the index and no row of the table", async (search) => {
    const page = keyset({}, { sortKeys, defaultSort: "name", idColumn: sites.id });
    const plan = await planOf(count, (tx) => searchSitePage(tx, siteFilter({ search }, "all"), page).getSQL());
    expect(JSON.stringify(plan)).toContain('"Node Type":"Index Only Scan","Parent Relationship":"Outer","Parallel Aware":false,"Async Capable":false,"Scan Direction":"Forward","Index Name":"sites_by_name"');
    expect(rowsRead(plan)).toBe(0);
  });

  test("X-8: the countries are found with one row per country", async () => {
    expect(await rowsReadBy(count, () => countriesInUse)).toBeLessThanOrEqual(6);
    const { countriesUsed, total } = await listSites(superUserOf(count), {});
    expect(countriesUsed).toEqual(["FR", "DE", "NL", "PL", "GB"]);
    expect(total).toBe(count);
  });
});
