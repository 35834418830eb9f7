import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import { beforeAll, describe, expect, test } from "vitest";
import { withinScope } from "@/db/tenancy";
import { pageStatement } from "@/lib/audit/queries";
import type { EntryFilter } from "@/lib/audit/schema";
import { asOwner, newMember, newOrg, newSite, type Org } from "@/lib/testing/world";

const day = 86_400_000;
// Always the same day of a month: how many months a period touches must not depend on when the test runs.
const today = new Date();
const now = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - (today.getUTCDate() > 22 ? 0 : 1), 22, 12);
const periodOf = (days: number) => ({ from: new Date(now - days * day), to: new Date(now + day) });
const batch = 5_000;
const admins = Array.from({ length: 20 }, () => v7());

/** Fills an organization's year until then evenly, as its own people would. */
async function fill({ org, sites }: World, size: number) {
  const list = (ids: readonly string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;
  for (let first = 1; first <= size; first += batch) {
    await withinScope({ orgId: org.id, sites: "all" }, async (tx) => {
      // Vacuum marks as visible to all only what is known to be on disk.
      await tx.execute(sql`set local synchronous_commit = on`);
      await tx.execute(sql`insert into audit_entries
        (occurred_at, id, actor_id, actor_kind, site_id, site_name, name, message, change, address)
        select to_timestamp(${now / 1_000}) - (${size} - n) * (interval '360 days' / ${size}), gen_random_uuid(), (${list(admins)})[1 + n % 20],
          'account', (${list(sites)})[1 + n % 41], 'A site of this organization', 'site.updated',
          'Update site settings of number ' || n, '{"before":{"name":"Old name"},"after":{"name":"New name"}}', '192.0.2.1'
        from generate_series(${first}::int, ${first + batch - 1}::int) n`);
    });
  }
}

async function vacuum() {
  const owner = asOwner();
  await owner.unsafe("vacuum (analyze) audit_entries");
  await owner.unsafe("vacuum (analyze) audit_activity");
  await owner.end();
}

type World = { org: Org; sites: string[] };
type Case = { admins?: string[]; sites?: string[]; visible?: "all" | string[]; days?: number; place?: string; direction?: "older" | "newer" };

async function buffersOf({ org }: World, { visible = "all", days = 1, place, direction = "older", ...keys }: Case, force = false) {
  const filter: EntryFilter = { ...periodOf(days), admins: [], sites: [], message: "", ...keys };
  return withinScope({ orgId: org.id, sites: visible }, async (tx) => {
    if (force) await tx.execute(sql`set local plan_cache_mode = force_generic_plan`);
    const view = { tx, sites: visible, actor: await newMember(org, "super_user") };
    const statement = pageStatement(view, filter, { direction, place, limit: 51 });
    // What is read only once, such as where an index begins, belongs to whichever test comes first.
    await tx.execute(statement);
    const [row] = await tx.execute<{ "QUERY PLAN": [{ Plan: Record<string, number> }] }>(
      sql`explain (analyze, buffers, format json) ${statement}`,
    );
    const { Plan: plan } = row?.["QUERY PLAN"][0] ?? { Plan: {} };
    return { buffers: (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0), rows: plan["Actual Rows"] };
  });
}

const worlds = new Map<number, World>();
const sizes = [10_000, 100_000];

beforeAll(async () => {
  for (const size of sizes) {
    const org = await newOrg();
    const sites: string[] = [];
    for (let at = 0; at < 40; at += 1) sites.push((await newSite(org)).id);
    const world = { org, sites };
    worlds.set(size, world);
    await fill(world, size);
  }
  await vacuum();
}, 120_000);

const world = (size: number): World => {
  const found = worlds.get(size);
  if (!found) throw new Error("No such world");
  return found;
};

/** A place so many days back: nothing has that id, the time alone decides. */
const deep = (days: number) => `${now - days * day}000_${v7()}`;

const one = (list: readonly string[]) => list.slice(0, 1);

describe.each(sizes)("with %i entries", (size) => {
  const open: [string, Case][] = [
    ["today", {}],
    ["seven days", { days: 7 }],
    ["sixty days", { days: 60 }],
    ["sixty days, forty deep", { days: 60, place: deep(40) }],
    ["sixty days, forty deep, back towards now", { days: 60, place: deep(40), direction: "newer" }],
  ];

  test.each(open)("AUD-11: a page of %s reads at most ten blocks", async (_, wanted) => {
    const { buffers, rows } = await buffersOf(world(size), wanted);
    expect(rows).toBeGreaterThan(20);
    expect(buffers).toBeLessThanOrEqual(10);
    expect((await buffersOf(world(size), wanted, true)).buffers).toBeLessThanOrEqual(40);
  });

  const keyed: [string, (sites: string[]) => Case][] = [
    ["one admin", () => ({ admins: one(admins) })],
    ["one admin, deep", () => ({ admins: one(admins), place: deep(40) })],
    ["one site", (sites) => ({ sites: one(sites) })],
    ["one site, deep", (sites) => ({ sites: one(sites), place: deep(40) })],
    ["a reader of one site", (sites) => ({ visible: one(sites) })],
    ["a reader of one site, deep", (sites) => ({ visible: one(sites), place: deep(20) })],
  ];

  // Sixty days touch three months, and where a filter finds less than a page in one of them the next is asked too.
  const most = size > 50_000 ? 10 : 15;

  test.each(keyed)(`AUD-11: a page of %s reads at most ${most} blocks`, async (_, make) => {
    const { buffers, rows } = await buffersOf(world(size), { days: 60, ...make(world(size).sites) });
    expect(rows).toBeGreaterThan(5);
    expect(buffers).toBeLessThanOrEqual(most);
  });

  test("AUD-11: a reader of eight sites reads a few blocks for each, however many entries there are", async () => {
    const { buffers } = await buffersOf(world(size), { days: 60, visible: world(size).sites.slice(0, 8) });
    expect(buffers).toBeLessThanOrEqual(8 * most);
  });

  test("AUD-11: an admin at a site is found by the quarters of an hour that have such entries", async () => {
    const { sites } = world(size);
    const { buffers } = await buffersOf(world(size), { days: 60, admins: one(admins), sites: one(sites) });
    expect(buffers).toBeLessThanOrEqual(5 * 51);
  });
});
