import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import { beforeAll, describe, expect, test } from "vitest";
import { withTenant } from "@/db/tenant-transaction";
import { pageStatement } from "@/lib/audit/queries";
import type { EntryFilter } from "@/lib/audit/schema";
import { connectAsOwner, newMember, newOrg, newSite, type TestOrg } from "@/lib/testing/fixtures";

const day = 86_400_000;
// A fixed day of the month, so that the number of partitions in a period does not depend on the current date.
const today = new Date();
const now = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - (today.getUTCDate() > 22 ? 0 : 1), 22, 12);
const periodOf = (days: number) => ({ from: new Date(now - days * day), to: new Date(now + day) });
const batch = 5_000;
const admins = Array.from({ length: 20 }, () => v7());

/** Spreads entries evenly over a year. */
async function fill({ org, sites }: Dataset, size: number) {
  const list = (ids: readonly string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;
  for (let first = 1; first <= size; first += batch) {
    await withTenant({ orgId: org.id, sites: "all" }, async (tx) => {
      // VACUUM marks pages all-visible only when the commit is flushed.
      await tx.execute(sql`set local synchronous_commit = on`);
      await tx.execute(sql`insert into audit_entries
        (occurred_at, id, actor_id, actor_kind, site_id, site_name, name, message, change, ip_address)
        select to_timestamp(${now / 1_000}) - (${size} - n) * (interval '360 days' / ${size}), gen_random_uuid(), (${list(admins)})[1 + n % 20],
          'account', (${list(sites)})[1 + n % 41], 'A site of this organization', 'site.updated',
          'Update site settings of number ' || n, '{"before":{"name":"Old name"},"after":{"name":"New name"}}', '192.0.2.1'
        from generate_series(${first}::int, ${first + batch - 1}::int) n`);
    });
  }
}

async function vacuum() {
  const owner = connectAsOwner();
  await owner.unsafe("vacuum (analyze) audit_entries");
  await owner.unsafe("vacuum (analyze) audit_entry_counts");
  await owner.end();
}

type Dataset = { org: TestOrg; sites: string[] };
type Case = { admins?: string[]; sites?: string[]; visible?: "all" | string[]; days?: number; cursor?: string; direction?: "older" | "newer" };

async function buffersOf({ org }: Dataset, { visible = "all", days = 1, cursor, direction = "older", ...keys }: Case, force = false) {
  const filter: EntryFilter = { ...periodOf(days), admins: [], sites: [], message: "", ...keys };
  return withTenant({ orgId: org.id, sites: visible }, async (tx) => {
    if (force) await tx.execute(sql`set local plan_cache_mode = force_generic_plan`);
    const context = { tx, sites: visible, actor: await newMember(org, "super_user") };
    const statement = pageStatement(context, filter, { direction, cursor, limit: 51 });
    // Warm up: the first run also reads index metadata.
    await tx.execute(statement);
    const [row] = await tx.execute<{ "QUERY PLAN": [{ Plan: Record<string, number> }] }>(
      sql`explain (analyze, buffers, format json) ${statement}`,
    );
    const { Plan: plan } = row?.["QUERY PLAN"][0] ?? { Plan: {} };
    return { buffers: (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0), rows: plan["Actual Rows"] };
  });
}

const datasets = new Map<number, Dataset>();
const sizes = [10_000, 100_000];

beforeAll(async () => {
  for (const size of sizes) {
    const org = await newOrg();
    const sites: string[] = [];
    for (let at = 0; at < 40; at += 1) sites.push((await newSite(org)).id);
    const dataset = { org, sites };
    datasets.set(size, dataset);
    await fill(dataset, size);
  }
  await vacuum();
}, 120_000);

const datasetOf = (size: number): Dataset => {
  const found = datasets.get(size);
  if (!found) throw new Error("No such dataset");
  return found;
};

/** A cursor this many days back, with an id that does not exist. */
const cursorAt = (days: number) => `${now - days * day}000_${v7()}`;

const firstOf = (list: readonly string[]) => list.slice(0, 1);

describe.each(sizes)("with %i entries", (size) => {
  const unfiltered: [string, Case][] = [
    ["today", {}],
    ["7 days", { days: 7 }],
    ["60 days", { days: 60 }],
    ["60 days, from 40 days back", { days: 60, cursor: cursorAt(40) }],
    ["60 days, from 40 days back towards now", { days: 60, cursor: cursorAt(40), direction: "newer" }],
  ];

  test.each(unfiltered)("AUD-11: a page of %s reads at most 10 blocks", async (_, options) => {
    const { buffers, rows } = await buffersOf(datasetOf(size), options);
    expect(rows).toBeGreaterThan(20);
    expect(buffers).toBeLessThanOrEqual(10);
    expect((await buffersOf(datasetOf(size), options, true)).buffers).toBeLessThanOrEqual(40);
  });

  const filtered: [string, (sites: string[]) => Case][] = [
    ["one admin", () => ({ admins: firstOf(admins) })],
    ["one admin, from 40 days back", () => ({ admins: firstOf(admins), cursor: cursorAt(40) })],
    ["one site", (sites) => ({ sites: firstOf(sites) })],
    ["one site, from 40 days back", (sites) => ({ sites: firstOf(sites), cursor: cursorAt(40) })],
    ["a reader of one site", (sites) => ({ visible: firstOf(sites) })],
    ["a reader of one site, from 40 days back", (sites) => ({ visible: firstOf(sites), cursor: cursorAt(20) })],
  ];

  // 60 days span three partitions; with few matches per partition the next one is scanned too.
  const maxBlocks = size > 50_000 ? 10 : 15;

  test.each(filtered)(`AUD-11: a page of %s reads at most ${maxBlocks} blocks`, async (_, make) => {
    const { buffers, rows } = await buffersOf(datasetOf(size), { days: 60, ...make(datasetOf(size).sites) });
    expect(rows).toBeGreaterThan(5);
    expect(buffers).toBeLessThanOrEqual(maxBlocks);
  });

  test("AUD-11: for a reader of 8 sites, the blocks read depend on the number of sites, not of entries", async () => {
    const { buffers } = await buffersOf(datasetOf(size), { days: 60, visible: datasetOf(size).sites.slice(0, 8) });
    expect(buffers).toBeLessThanOrEqual(8 * maxBlocks);
  });

  test("AUD-11: filtering by admin and site reads only the 15-minute intervals with matching entries", async () => {
    const { sites } = datasetOf(size);
    const { buffers } = await buffersOf(datasetOf(size), { days: 60, admins: firstOf(admins), sites: firstOf(sites) });
    expect(buffers).toBeLessThanOrEqual(5 * 51);
  });
});
