import { eq, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { lookupConnection } from "@/db/client";
import { connectionPool } from "@/db/pool/connection-pool";
import { auditEntries, notificationSubscriptions, organizations, siteGroupMembers, siteGroups, sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import { command } from "@/lib/kernel/command";
import { query } from "@/lib/kernel/query";
import { createSavedView } from "@/lib/saved-views/commands";
import { createSite } from "@/lib/sites/commands";
import { connectAsOwner, listAuditEntries, newMember, newOrg, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { insertSampleRow } from "@/lib/testing/sample-row";

process.env.POOL_SIZE = "2";

const berlin = { name: "Berlin", country: "DE", timeZone: "Europe/Berlin" };
const inOrg = <T>(orgId: string, work: (tx: Tx) => Promise<T>, accountId?: string) => withTenant({ orgId, sites: "all", accountId }, work);

/** The error message of the database, or null when the attempt succeeded. */
const errorMessage = (attempt: PromiseLike<unknown>) =>
  Promise.resolve(attempt).then(
    () => null,
    (error: Error & { cause?: Error }) => (error.cause ?? error).message,
  );

describe("X-1: the database enforces the tenant", () => {
  test("without session variables nothing is visible and nothing can be written", async () => {
    await newSite(await newOrg());
    expect(await lookupConnection("app").select().from(sites)).toEqual([]);
    expect(await errorMessage(lookupConnection("app").insert(sites).values(berlin))).toMatch(/null value|row-level security/);
  });

  test("the session variables do not outlive the transaction on a pooled connection", async () => {
    const { id } = await newOrg();
    const pid = await inOrg(id, async (tx) => (await tx.execute<{ pid: number }>("select pg_backend_pid() as pid"))[0]?.pid);
    const connection = await connectionPool("app").acquire();
    const [row] = await connection.sql`
      select pg_backend_pid() as pid, current_setting('app.org_id', true) as left_over, (select count(*)::int from sites) as seen`;
    connectionPool("app").release(connection);
    expect(row).toEqual({ pid, left_over: "", seen: 0 });
  });

  test("the table owner sees no tenant rows either", async () => {
    await newSite(await newOrg());
    const owner = connectAsOwner();
    expect([...(await owner`select * from sites`)]).toEqual([]);
    await owner.end();
  });

  test("a row cannot be inserted or moved into another organization", async () => {
    const [a, b] = [await newOrg(), await newOrg()];
    const site = await newSite(a);
    expect(await errorMessage(inOrg(a.id, (tx) => tx.insert(sites).values({ ...berlin, organizationId: b.id })))).toMatch(/row-level security/);
    const move = inOrg(a.id, (tx) => tx.update(sites).set({ organizationId: b.id }).where(eq(sites.id, site.id)));
    expect(await errorMessage(move)).toMatch(/row-level security/);
  });

  test("a reference into another organization violates the composite foreign key", async () => {
    const [a, b] = [await newOrg(), await newOrg()];
    const site = await newSite(a);
    const cross = inOrg(b.id, async (tx) => {
      const [group] = await tx.insert(siteGroups).values({ name: "Stores" }).returning({ id: siteGroups.id });
      await tx.insert(siteGroupMembers).values({ groupId: group?.id ?? "", siteId: site.id });
    });
    expect(await errorMessage(cross)).toMatch(/site_group_members_site_same_org/);
  });

  test("an empty site list shows no site, and sites outside the list are invisible", async () => {
    const org = await newOrg();
    const [one] = [await newSite(org), await newSite(org)];
    const seen = (list: string[]) => withTenant({ orgId: org.id, sites: list }, (tx) => tx.select({ id: sites.id }).from(sites));
    expect(await seen([])).toEqual([]);
    expect(await seen([v7()])).toEqual([]);
    expect(await seen([one.id])).toEqual([{ id: one.id }]);
  });

  test("entries without a site are visible only with access to all sites, though anyone may insert one", async () => {
    const superUser = await newSuperUser();
    const site = await newSite(superUser.org);
    const observer = await newMember(superUser.org, "observer", [site.id]);
    await expect(createSite(observer, berlin)).rejects.toMatchObject({ code: "forbidden" });
    const scoped = await withTenant({ orgId: superUser.orgId, sites: [site.id] }, (tx) => tx.select().from(auditEntries));
    expect(scoped).toEqual([]);
    expect(await listAuditEntries(superUser)).toMatchObject([{ name: "access.denied", actorId: observer.id, siteId: null }]);
  });
});

type Attempt = { verb: string; run: (tx: Tx, table: string, org: string) => Promise<{ count: number }> };

// Raw SQL, because the tables come from the catalog, including ones that Drizzle does not know.
const statement = (text: string) => async (tx: Tx, table: string, org: string) =>
  tx.execute(sql.join([sql.raw(text.replace("$table", table)), sql`${org}`], sql` `));

const attempts: Attempt[] = [
  { verb: "select", run: statement("select 1 from $table where organization_id =") },
  { verb: "update", run: statement("update $table set organization_id = organization_id where organization_id =") },
  { verb: "delete", run: statement("delete from $table where organization_id =") },
];

describe("TEN-2: select, update and delete on every tenant table, in the own and another organization", async () => {
  const owner = connectAsOwner();
  const tables = await owner<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace order by 1`;
  await owner.end();

  test.each(tables.map(({ name }) => name))("%s", async (table) => {
    const victim = await newSuperUser();
    await createSite(victim, { ...berlin, streetAddress: "", groups: "Stores" });
    const site = await newSite(victim.org);
    const { membershipId } = await newMember(victim.org, "observer", [site.id]);
    await inOrg(victim.orgId, (tx) => tx.insert(notificationSubscriptions).values({ membershipId: String(membershipId), siteId: site.id }));
    await createSavedView(victim, { list: "sites", name: "Mine", query: "" });
    const other = await newOrg();
    const count = (orgId: string) => inOrg(orgId, (tx) => attempts[0]?.run(tx, table, victim.orgId) ?? Promise.reject(new Error()), victim.id);

    if ((await count(victim.orgId)).count === 0) await insertSampleRow({ orgId: victim.orgId, sites: "all", accountId: victim.id }, table);

    const before = (await count(victim.orgId)).count;
    expect(before, "the table holds rows of the victim").toBeGreaterThan(0);
    for (const { verb, run } of attempts) {
      const outcome = await inOrg(other.id, (tx) => run(tx, table, victim.orgId), victim.id).then(
        ({ count: rows }) => rows,
        (error: Error & { cause?: Error }) => (error.cause ?? error).message,
      );
      expect([0, `permission denied for table ${table}`], `${verb} ${table}`).toContain(outcome);
    }
    const none = await lookupConnection("app").execute(sql.raw(`select 1 from ${table}`));
    expect(none).toHaveLength(0);
    expect((await count(victim.orgId)).count).toBe(before);
  });
});

describe("a tenant transaction", () => {
  test("TEN-10: 200 transactions at once on two connections, with parallel queries and throws among them, see only their own organization", async () => {
    const orgs = await Promise.all(Array.from({ length: 20 }, () => newOrg()));
    await Promise.all(orgs.map((org) => newSite(org)));
    const transactions = Array.from({ length: 200 }, async (_, turn) => {
      const orgId = orgs[turn % orgs.length]?.id ?? "";
      return inOrg(orgId, async (tx) => {
        const parallel = await Promise.all(Array.from({ length: 8 }, () => tx.select({ seen: sites.organizationId }).from(sites)));
        if (turn % 7 === 3) throw new Error("on purpose");
        return parallel.flat().map(({ seen }) => ({ seen, asked: orgId }));
      }).catch((error: Error) => (error.message === "on purpose" ? [] : Promise.reject(error)));
    });
    const rows = (await Promise.all(transactions)).flat();
    expect(rows.length).toBeGreaterThan(1_000);
    expect(rows.filter(({ seen, asked }) => seen !== asked)).toEqual([]);
    const connections = await Promise.all([connectionPool("app").acquire(), connectionPool("app").acquire()]);
    for (const connection of connections) {
      const [idle] = await connection.sql`select current_setting('app.org_id', true) as left_over`;
      expect(idle?.left_over).toBe("");
      connectionPool("app").release(connection);
    }
  });

  test("a query after the end of the transaction fails", async () => {
    const org = await newOrg();
    const ended: Tx[] = [];
    await inOrg(org.id, async (tx) => void ended.push(tx));
    expect(await errorMessage((async () => ended[0]?.select().from(sites))())).toMatch(/has ended/);
  });

  test("an invalid or empty organization id shows nothing", async () => {
    expect(await errorMessage(inOrg("not an id", (tx) => tx.select().from(sites)))).toMatch(/invalid input syntax/);
    expect(await inOrg("", (tx) => tx.select().from(sites))).toEqual([]);
  });
});

describe("the kernel", () => {
  test("a query cannot write", async () => {
    const superUser = await newSuperUser();
    const writing = query({ permission: "site.read", input: z.object({}), run: ({ tx }) => tx.insert(sites).values(berlin) });
    expect(await errorMessage(writing(superUser, {}))).toMatch(/read-only transaction/);
  });

  test("AUD-1: a command that records no audit entry is rolled back", async () => {
    const superUser = await newSuperUser();
    const silent = command({
      permission: "site.create",
      input: z.object({}),
      run: async ({ tx }) => {
        await tx.insert(sites).values(berlin);
      },
    });
    expect(await errorMessage(silent(superUser, {}))).toMatch(/must record/);
    expect(await inOrg(superUser.orgId, (tx) => tx.$count(sites))).toBe(0);
  });

  test("AUD-1: when the audit entry cannot be written, the change is rolled back", async () => {
    const superUser = await newSuperUser();
    const broken = { ...superUser, origin: { ...superUser.origin, ipAddress: "not an address" } };
    expect(await errorMessage(createSite(broken, berlin))).toMatch(/invalid input syntax for type inet/);
    expect(await inOrg(superUser.orgId, (tx) => tx.$count(sites))).toBe(0);
  });

  test("AUD-3: secrets are rejected from the audit log", async () => {
    const superUser = await newSuperUser();
    const recordsSecret = command({
      permission: "site.create",
      input: z.object({}),
      run: ({ record, actor }) => record("site.created", { subject: { id: actor.id, label: "x" }, after: { passwordHash: "x" } }),
    });
    expect(await errorMessage(recordsSecret(superUser, {}))).toMatch(/must not enter the audit log/);
  });

  test("an organization sees only its own row", async () => {
    const [a] = [await newOrg(), await newOrg()];
    expect(await inOrg(a.id, (tx) => tx.select({ id: organizations.id }).from(organizations))).toEqual([{ id: a.id }]);
  });
});
