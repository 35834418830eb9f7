import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { migrate } from "@/db/migrate";
import { demoColleagues, demoOthers, demoPassword, demoPeople } from "@/db/seed/people";
import { env } from "@/lib/env";
import { passwordProblems } from "@/lib/passwords/rules";
import { roles } from "@/lib/vocabulary/access";

const name = `demo_${randomBytes(6).toString("hex")}`;
const everything = "ffffffff-ffff-ffff-ffff-ffffffffffff";
const cluster = env().DATABASE_URL;
const url = Object.assign(new URL(cluster), { pathname: `/${name}` }).toString();

beforeAll(async () => {
  const owner = postgres(cluster, { max: 1, onnotice: () => {} });
  await owner.unsafe(`create database ${name}`);
  await owner.end();
  await migrate(url);
});

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", url);
});

afterEach(() => vi.unstubAllEnvs());

/** The demo world is there: made by whichever test comes first, and by none after it. */
async function seeded() {
  vi.stubEnv("TRIAL", "1");
  const { seedDemo } = await import("@/db/seed");
  await seedDemo(url);
  vi.resetModules();
}

/** What row security lets nobody count, read through the one who may lift it. */
async function counts() {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const tables = ["accounts", "organizations", "sites", "memberships", "audit_entries"];
  try {
    const connection = await owner.reserve();
    await connection`begin`;
    const found: Record<string, number> = {};
    for (const table of tables) {
      await connection.unsafe(`alter table ${table} no force row level security`);
      const [row] = await connection.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table}`);
      found[table] = row?.n ?? 0;
    }
    await connection`rollback`;
    connection.release();
    return found;
  } finally {
    await owner.end();
  }
}

test("the demo world is refused to anything but a trial on this machine", async () => {
  const before = await counts();
  vi.stubEnv("TRIAL", "");
  const { seedDemo } = await import("@/db/seed");
  await expect(seedDemo(url)).rejects.toThrow("for trials");
  vi.resetModules();
  vi.stubEnv("TRIAL", "1");
  const elsewhere = Object.assign(new URL(url), { hostname: "db.example.net" }).toString();
  vi.stubEnv("DATABASE_URL", elsewhere);
  const other = await import("@/db/seed");
  await expect(other.seedDemo(elsewhere)).rejects.toThrow("for trials");
  expect(await counts()).toEqual(before);
});

test("a fresh trial gets two organizations with half a year behind them, once", async () => {
  await seeded();
  const first = await counts();
  const working = demoPeople.length + demoColleagues.length;
  expect(first).toMatchObject({ accounts: working + demoOthers.length, organizations: 2, sites: 17, memberships: working + 5 });
  expect(first.audit_entries).toBeGreaterThan(5_000);
  await seeded();
  expect(await counts()).toEqual(first);
});

test("TEN-1: no word of Harbourline stands in an entry, a site or a group of Tidewater, and each of its own carries it", async () => {
  await seeded();
  const [{ withinScope }, { closePools }] = await Promise.all([import("@/db/tenancy"), import("@/db/client")]);
  const [one, other] = await organizations();
  const texts = (orgId: string) =>
    withinScope({ orgId, sites: "all" }, async (tx) => {
      const rows = await tx.execute<{ words: string }>(sql`
        select concat(message, site_name, change, browser) as words from audit_entries
        union all select concat(name, address) from sites union all select name from site_groups`);
      return rows.map(({ words }) => /harbourline/i.test(words));
    });
  expect((await texts(one)).filter(Boolean)).toEqual([]);
  expect((await texts(other)).every(Boolean)).toBe(true);
  await closePools();
});

test("the last entries are of these minutes, and none is of the future", async () => {
  await seeded();
  const [{ withinScope }, { closePools }] = await Promise.all([import("@/db/tenancy"), import("@/db/client")]);
  for (const orgId of await organizations()) {
    const [row] = await withinScope({ orgId, sites: "all" }, (tx) =>
      tx.execute<{ newest: number; recent: number; oldest: number; counted: boolean }>(sql`
        select extract(epoch from now() - max(occurred_at))::float as newest,
          (count(*) filter (where occurred_at > now() - interval '150 minutes'))::int as recent,
          extract(day from now() - min(occurred_at))::int as oldest,
          count(*) = (select sum(entries) from audit_activity where actor_id = ${everything} and site_id = ${everything}) as counted
        from audit_entries`),
    );
    expect(row?.newest).toBeGreaterThan(0);
    expect(row?.newest).toBeLessThan(600);
    expect(row?.recent).toBeGreaterThan(10);
    expect(row?.oldest).toBeGreaterThan(170);
    expect(row?.counted).toBe(true);
  }
  await closePools();
});

test("PWD-6: the demo's people changed their passwords at times of their own, and its colleagues have a second factor", async () => {
  await seeded();
  const [{ withinScope }, { closePools }] = await Promise.all([import("@/db/tenancy"), import("@/db/client")]);
  const [orgId] = await organizations();
  const [row] = await withinScope({ orgId, sites: "all" }, (tx) =>
    tx.execute<{ ages: number; secured: number; future: number }>(sql`
      select count(distinct password_changed_at::date)::int as ages, count(two_factor_since)::int as secured,
        (count(*) filter (where password_changed_at > now() or two_factor_since > now()))::int as future
      from accounts`),
  );
  expect(row?.ages).toBeGreaterThan(9);
  expect([row?.secured, row?.future]).toEqual([2, 0]);
  await closePools();
});

test("every role has somebody to try it with, and the password keeps our own rules", () => {
  expect(new Set(demoPeople.map(({ role }) => role))).toEqual(new Set(roles));
  const context = ["Signalbox", ...demoPeople.flatMap((person) => [person.email, person.lastName, person.organization])];
  expect(passwordProblems(demoPassword, { asks: [{ minimum: 14, special: true }], context })).toEqual([]);
});

/** Tidewater first. */
async function organizations(): Promise<[string, string]> {
  const { asVisitor } = await import("@/db/second-door");
  const orgOf = (email: string) =>
    asVisitor({ email }, async (tx) => {
      const [account] = await tx.execute<{ id: string }>(sql`select id from accounts where email = ${email}`);
      await tx.execute(sql`select set_config('app.account_id', ${account?.id ?? ""}, true)`);
      const [row] = await tx.execute<{ id: string }>(sql`select organization_id as id from memberships`);
      return row?.id ?? "";
    });
  return [await orgOf("mara.okafor@tidewater.example"), await orgOf("ada.harbourline@harbourline.example")];
}
