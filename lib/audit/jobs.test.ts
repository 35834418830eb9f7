import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import { expect, test } from "vitest";
import { accounts, auditActors, auditEntries, everyone, memberships } from "@/db/schema";
import { asVisitor, asWorker } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import { maintainAuditLog } from "@/lib/audit/jobs";
import { only } from "@/lib/kernel/rows";
import { asOwner, entriesOf, newOrg, newPerson } from "@/lib/testing/world";

const day = 86_400_000;

async function months(): Promise<string[]> {
  const owner = asOwner();
  const rows = await owner<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_entries'::regclass order by 1`;
  await owner.end();
  return rows.map(({ name }) => name);
}

const monthOf = (at: Date) => `audit_entries_${at.toISOString().slice(0, 7).replace("-", "_")}`;

async function ensure(first: Date, count: number) {
  await asWorker((tx) => tx.execute(sql`select ensure_audit_partitions(${first.toISOString()}::date, ${count})`));
}

const entry = { actorKind: "account" as const, name: "site.updated" as const, message: "Update" };

test("AUD-7: the job makes months ahead, drops those past the retention, and twice is once", async () => {
  const old = new Date(Date.now() - 800 * day);
  await ensure(old, 1);
  const org = await newOrg();
  const actorId = v7();
  await withinScope({ orgId: org.id, sites: "all" }, (tx) =>
    tx.insert(auditEntries).values([
      { ...entry, actorId, occurredAt: old },
      { ...entry, actorId, occurredAt: new Date(Date.now() - 300 * day) },
    ]),
  );
  expect(await months()).toContain(monthOf(old));
  await maintainAuditLog.perform({});
  const kept = await months();
  await maintainAuditLog.perform({});
  expect(await months()).toEqual(kept);
  expect(kept).not.toContain(monthOf(old));
  expect(kept).toContain(monthOf(new Date(Date.now() + 60 * day)));
  expect(await entriesOf({ orgId: org.id })).toHaveLength(1);
  const counted = await withinScope({ orgId: org.id, sites: "all" }, (tx) =>
    tx.execute(sql`select sum(entries)::int as entries from audit_activity where actor_id = ${everyone} and site_id = ${everyone}`),
  );
  expect(counted[0]).toEqual({ entries: 1 });
});

test("AUD-7: nothing younger than 60 days can be dropped, whoever asks", async () => {
  const young = new Date(Date.now() - 59 * day).toISOString();
  await expect(asWorker((tx) => tx.execute(sql`select drop_audit_partitions(${young}::date)`))).rejects.toThrow();
  await expect(asWorker((tx) => tx.execute(sql`select forget_audit_activity(${young}::timestamptz)`))).rejects.toThrow();
  expect(maintainAuditLog).toMatchObject({ name: "audit.maintain", cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) });
});

async function goneLongAgo(actorId: string) {
  const owner = asOwner();
  await owner.begin(async (tx) => {
    await tx`set local role signalbox_ledger`;
    await tx`update audit_actors set gone_since = now() - interval '31 days' where actor_id = ${actorId}`;
  });
  await owner.end();
}

test("AUD-7: entries of a deleted account end thirty days after it, with their counts, and nobody else's (AUD-4 of security)", async () => {
  const org = await newOrg();
  const [stays, goes] = [await newPerson(), await newPerson()];
  const now = new Date();
  await withinScope({ orgId: org.id, sites: "all" }, async (tx) => {
    await tx.insert(auditActors).values([stays, goes].map(({ id }) => ({ actorId: id, kind: "account" as const, name: id })));
    await tx.insert(auditEntries).values([stays, goes, goes].map(({ id }) => ({ ...entry, actorId: id, occurredAt: now })));
  });
  const counted = () =>
    withinScope({ orgId: org.id, sites: "all" }, (tx) =>
      tx.execute(sql`select sum(entries)::int as entries from audit_activity where actor_id = ${everyone} and site_id = ${everyone}`),
    );
  await asVisitor({ accountId: goes.id }, (tx) => tx.execute(sql`delete from accounts where id = ${goes.id}`));

  await maintainAuditLog.perform({});
  expect(await entriesOf({ orgId: org.id })).toHaveLength(3);
  await goneLongAgo(goes.id);
  await maintainAuditLog.perform({});
  expect((await entriesOf({ orgId: org.id })).map(({ actorId }) => actorId)).toEqual([stays.id]);
  expect(await counted()).toMatchObject([{ entries: 1 }]);
});

test("AUD-7: whoever accepts an invitation and waits for a login is not gone, nor is who was thought so (AUD-4 of security)", async () => {
  const org = await newOrg();
  const newcomer = { email: `${v7()}@example.test`, firstName: "Nell", lastName: "Ode" };
  const invitation = { ...newcomer, role: "observer" as const, acceptedAt: new Date() };
  const id = await withinScope({ orgId: org.id, sites: "all" }, async (tx) => {
    const { id: membershipId } = await only(tx.insert(memberships).values(invitation).returning({ id: memberships.id }));
    await tx.insert(auditActors).values({ actorId: membershipId, kind: "account", name: "Nell Ode" });
    await tx.insert(auditEntries).values({ ...entry, actorId: membershipId });
    return membershipId;
  });
  const goneSince = async () =>
    (await withinScope({ orgId: org.id, sites: "all" }, (tx) => tx.select({ since: auditActors.goneSince }).from(auditActors)))[0]?.since;

  await maintainAuditLog.perform({});
  expect(await goneSince()).toBeNull();
  await goneLongAgo(id);
  await maintainAuditLog.perform({});
  expect(await goneSince()).toBeNull();

  await asVisitor({ accountId: id, email: newcomer.email }, (tx) => tx.insert(accounts).values({ id, ...newcomer }));
  await withinScope({ orgId: org.id, sites: "all" }, (tx) => tx.delete(memberships));
  await goneLongAgo(id);
  await maintainAuditLog.perform({});
  expect(await goneSince()).toBeNull();
  expect(await entriesOf({ orgId: org.id })).toHaveLength(1);
});
