import "@/lib/testing/database";
import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { migrate } from "@/db/migrate";
import { demoTwoFactorUsers, demoNonMembers, demoPassword, demoPeople } from "@/db/seed/people";
import { env } from "@/lib/env";
import { passwordProblems } from "@/lib/passwords/rules";
import { roleNames } from "@/lib/shared/roles";

const name = `demo_${randomBytes(6).toString("hex")}`;
const allId = "ffffffff-ffff-ffff-ffff-ffffffffffff";
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

/** Seeds the demo data; only the first call inserts anything. */
async function seeded() {
  vi.stubEnv("TRIAL", "1");
  const { seedDemo } = await import("@/db/seed");
  await seedDemo(url);
  vi.resetModules();
}

/** Row counts, read by the owner with row security lifted. */
async function counts() {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const tables = ["accounts", "organizations", "sites", "memberships", "audit_entries"];
  try {
    const connection = await owner.reserve();
    await connection`begin`;
    const result: Record<string, number> = {};
    for (const table of tables) {
      await connection.unsafe(`alter table ${table} no force row level security`);
      const [row] = await connection.unsafe<{ n: number }[]>(`select count(*)::int as n from ${table}`);
      result[table] = row?.n ?? 0;
    }
    await connection`rollback`;
    connection.release();
    return result;
  } finally {
    await owner.end();
  }
}

test("demo data is only for trial installations with a database on this machine", async () => {
  const before = await counts();
  vi.stubEnv("TRIAL", "");
  const { seedDemo } = await import("@/db/seed");
  await expect(seedDemo(url)).rejects.toThrow("for trial installations");
  vi.resetModules();
  vi.stubEnv("TRIAL", "1");
  const remote = Object.assign(new URL(url), { hostname: "db.example.net" }).toString();
  vi.stubEnv("DATABASE_URL", remote);
  const other = await import("@/db/seed");
  await expect(other.seedDemo(remote)).rejects.toThrow("for trial installations");
  expect(await counts()).toEqual(before);
});

test("seeding creates two organizations with half a year of history, once", async () => {
  await seeded();
  const first = await counts();
  const memberCount = demoPeople.length + demoTwoFactorUsers.length;
  expect(first).toMatchObject({ accounts: memberCount + demoNonMembers.length, organizations: 2, sites: 17, memberships: memberCount + 5 });
  expect(first.audit_entries).toBeGreaterThan(5_000);
  await seeded();
  expect(await counts()).toEqual(first);
});

test("TEN-1: no text of Tidewater contains the word Harbourline, and every text of Harbourline does", async () => {
  await seeded();
  const [{ withTenant }, { closePools }] = await Promise.all([import("@/db/tenant-transaction"), import("@/db/client")]);
  const [one, other] = await organizations();
  const mentionsHarbourline = (orgId: string) =>
    withTenant({ orgId, sites: "all" }, async (tx) => {
      const rows = await tx.execute<{ words: string }>(sql`
        select concat(message, site_name, change, user_agent) as words from audit_entries
        union all select concat(name, street_address) from sites union all select name from site_groups`);
      return rows.map(({ words }) => /harbourline/i.test(words));
    });
  expect((await mentionsHarbourline(one)).filter(Boolean)).toEqual([]);
  expect((await mentionsHarbourline(other)).every(Boolean)).toBe(true);
  await closePools();
});

test("the newest entries are a few minutes old, and none is in the future", async () => {
  await seeded();
  const [{ withTenant }, { closePools }] = await Promise.all([import("@/db/tenant-transaction"), import("@/db/client")]);
  for (const orgId of await organizations()) {
    const [row] = await withTenant({ orgId, sites: "all" }, (tx) =>
      tx.execute<{ newest: number; recent: number; oldest: number; counted: boolean }>(sql`
        select extract(epoch from now() - max(occurred_at))::float as newest,
          (count(*) filter (where occurred_at > now() - interval '150 minutes'))::int as recent,
          extract(day from now() - min(occurred_at))::int as oldest,
          count(*) = (select sum(entries) from audit_entry_counts where actor_id = ${allId} and site_id = ${allId}) as counted
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

test("PWD-6: demo passwords have different ages, and the colleagues have two-factor authentication", async () => {
  await seeded();
  const [{ withTenant }, { closePools }] = await Promise.all([import("@/db/tenant-transaction"), import("@/db/client")]);
  const [orgId] = await organizations();
  const [row] = await withTenant({ orgId, sites: "all" }, (tx) =>
    tx.execute<{ ages: number; secured: number; future: number }>(sql`
      select count(distinct password_changed_at::date)::int as ages, count(two_factor_enabled_at)::int as secured,
        (count(*) filter (where password_changed_at > now() or two_factor_enabled_at > now()))::int as future
      from accounts`),
  );
  expect(row?.ages).toBeGreaterThan(9);
  expect([row?.secured, row?.future]).toEqual([2, 0]);
  await closePools();
});

test("every role has a demo account, and the demo password meets the password policy", () => {
  expect(new Set(demoPeople.map(({ role }) => role))).toEqual(new Set(roleNames));
  const names = ["Signalbox", ...demoPeople.flatMap((person) => [person.email, person.lastName, person.organization])].map((name) => ({ name, source: name }));
  expect(passwordProblems(demoPassword, { asks: [{ minimum: 14, special: true }], names })).toEqual([]);
});

/** Tidewater first. */
async function organizations(): Promise<[string, string]> {
  const { withAuthScope } = await import("@/db/auth-access");
  const orgOf = (email: string) =>
    withAuthScope({ email }, async (tx) => {
      const [account] = await tx.execute<{ id: string }>(sql`select id from accounts where email = ${email}`);
      await tx.execute(sql`select set_config('app.account_id', ${account?.id ?? ""}, true)`);
      const [row] = await tx.execute<{ id: string }>(sql`select organization_id as id from memberships`);
      return row?.id ?? "";
    });
  return [await orgOf("mara.okafor@tidewater.example"), await orgOf("ada.harbourline@harbourline.example")];
}
