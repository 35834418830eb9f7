import { type SQL, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { sites } from "@/db/schema";
import { withinScope } from "@/db/tenancy";
import { keyset } from "@/lib/kernel/keyset";
import { allCountries, listSites, pageQuery, sortKeys } from "@/lib/sites/queries";
import { asOwner, newSuperUser } from "@/lib/testing/world";

const counts = [100, 2_000];
const owners = new Map<number, Awaited<ReturnType<typeof newSuperUser>>>();

beforeAll(async () => {
  for (const count of counts) {
    const someone = await newSuperUser();
    owners.set(count, someone);
    await withinScope(scopeOf(count), (tx) =>
      tx.execute(sql`insert into sites (id, name, country, time_zone) select gen_random_uuid(), 'Store ' || n,
        (array['DE', 'FR', 'GB', 'NL', 'PL'])[1 + n % 5], 'Europe/Berlin' from generate_series(1, ${count}::int) n`),
    );
  }
  const owner = asOwner();
  await owner.unsafe("vacuum (analyze) sites");
  await owner.end();
}, 60_000);

function ownerOf(count: number) {
  const found = owners.get(count);
  if (!found) throw new Error("No such organization");
  return found;
}

const scopeOf = (count: number) => ({ orgId: ownerOf(count).orgId, sites: "all" as const });

type Plan = { "Relation Name"?: string; "Actual Rows": number; "Actual Loops": number; Plans?: Plan[] };

const rowsWalked = (plan: Plan): number =>
  (plan["Relation Name"] === "sites" ? plan["Actual Rows"] * plan["Actual Loops"] : 0) +
  (plan.Plans ?? []).reduce((sum, below) => sum + rowsWalked(below), 0);

const walkedBy = (count: number, make: (tx: Parameters<typeof pageQuery>[0]) => SQL) =>
  withinScope(scopeOf(count), async (tx) => {
    const [row] = await tx.execute<{ "QUERY PLAN": [{ Plan: Plan }] }>(sql`explain (analyze, format json) ${make(tx)}`);
    return row ? rowsWalked(row["QUERY PLAN"][0].Plan) : Number.NaN;
  });

describe.each(counts)("with %i sites", (count) => {
  test.each(["name", "-name", "country", "-country"])("X-8: a page sorted by %s walks no more than its own sites", async (sort) => {
    const turn = keyset({ sort }, { keys: sortKeys, fallback: "name", id: sites.id });
    expect(await walkedBy(count, (tx) => pageQuery(tx, undefined, turn).getSQL())).toBe(51);
  });

  test("X-8: the countries to filter by are found without walking the sites", async () => {
    expect(await walkedBy(count, () => allCountries)).toBeLessThanOrEqual(6);
    const { countriesUsed, total } = await listSites(ownerOf(count), {});
    expect(countriesUsed).toEqual(["DE", "FR", "GB", "NL", "PL"]);
    expect(total).toBe(count);
  });
});
