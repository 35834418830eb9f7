import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import { expect, test } from "vitest";
import { accounts, auditActors, auditEntries, ALL_ID, memberships } from "@/db/schema";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { maintainAuditLog } from "@/lib/audit/jobs";
import { expectOne } from "@/lib/kernel/expect-one";
import { connectAsOwner, listAuditEntries, newOrg, newAccount } from "@/lib/testing/fixtures";

const day = 86_400_000;

async function partitions(): Promise<string[]> {
  const owner = connectAsOwner();
  const rows = await owner<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_entries'::regclass order by 1`;
  await owner.end();
  return rows.map(({ name }) => name);
}

const partitionOf = (at: Date) => `audit_entries_${at.toISOString().slice(0, 7).replace("-", "_")}`;

async function ensurePartitions(first: Date, count: number) {
  await withWorkerScope((tx) => tx.execute(sql`select ensure_audit_partitions(${first.toISOString()}::date, ${count})`));
}

const entry = { actorKind: "account" as const, name: "site.updated" as const, message: "Update" };

test("AUD-7: the job creates partitions ahead, drops those past the retention period, and is idempotent", async () => {
  const old = new Date(Date.now() - 800 * day);
  await ensurePartitions(old, 1);
  const org = await newOrg();
  const actorId = v7();
  await withTenant({ orgId: org.id, sites: "all" }, (tx) =>
    tx.insert(auditEntries).values([
      { ...entry, actorId, occurredAt: old },
      { ...entry, actorId, occurredAt: new Date(Date.now() - 300 * day) },
    ]),
  );
  expect(await partitions()).toContain(partitionOf(old));
  await maintainAuditLog.perform({});
  const kept = await partitions();
  await maintainAuditLog.perform({});
  expect(await partitions()).toEqual(kept);
  expect(kept).not.toContain(partitionOf(old));
  expect(kept).toContain(partitionOf(new Date(Date.now() + 60 * day)));
  expect(await listAuditEntries({ orgId: org.id })).toHaveLength(1);
  const counted = await withTenant({ orgId: org.id, sites: "all" }, (tx) =>
    tx.execute(sql`select sum(entries)::int as entries from audit_entry_counts where actor_id = ${ALL_ID} and site_id = ${ALL_ID}`),
  );
  expect(counted[0]).toEqual({ entries: 1 });
});

test("AUD-7: entries younger than 60 days cannot be dropped", async () => {
  const young = new Date(Date.now() - 59 * day).toISOString();
  await expect(withWorkerScope((tx) => tx.execute(sql`select drop_audit_partitions(${young}::date)`))).rejects.toThrow();
  await expect(withWorkerScope((tx) => tx.execute(sql`select purge_audit_entry_counts(${young}::timestamptz)`))).rejects.toThrow();
  expect(maintainAuditLog).toMatchObject({ name: "audit.maintain", cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) });
});

async function markDeletedLongAgo(actorId: string) {
  const owner = connectAsOwner();
  await owner.begin(async (tx) => {
    await tx`set local role signalbox_definer`;
    await tx`update audit_actors set deleted_at = now() - interval '31 days' where actor_id = ${actorId}`;
  });
  await owner.end();
}

test("AUD-7: entries and counts of a deleted account are deleted after 30 days; others stay (AUD-4 of security)", async () => {
  const org = await newOrg();
  const [kept, deleted] = [await newAccount(), await newAccount()];
  const now = new Date();
  await withTenant({ orgId: org.id, sites: "all" }, async (tx) => {
    await tx.insert(auditActors).values([kept, deleted].map(({ id }) => ({ actorId: id, kind: "account" as const, name: id })));
    await tx.insert(auditEntries).values([kept, deleted, deleted].map(({ id }) => ({ ...entry, actorId: id, occurredAt: now })));
  });
  const counted = () =>
    withTenant({ orgId: org.id, sites: "all" }, (tx) =>
      tx.execute(sql`select sum(entries)::int as entries from audit_entry_counts where actor_id = ${ALL_ID} and site_id = ${ALL_ID}`),
    );
  await withAuthScope({ accountId: deleted.id }, (tx) => tx.execute(sql`delete from accounts where id = ${deleted.id}`));

  await maintainAuditLog.perform({});
  expect(await listAuditEntries({ orgId: org.id })).toHaveLength(3);
  await markDeletedLongAgo(deleted.id);
  await maintainAuditLog.perform({});
  expect((await listAuditEntries({ orgId: org.id })).map(({ actorId }) => actorId)).toEqual([kept.id]);
  expect(await counted()).toMatchObject([{ entries: 1 }]);
});

test("AUD-7: an accepted invitation without a login does not count as a deleted account (AUD-4 of security)", async () => {
  const org = await newOrg();
  const invitee = { email: `${v7()}@example.test`, firstName: "Nell", lastName: "Ode" };
  const invitation = { ...invitee, role: "observer" as const, acceptedAt: new Date() };
  const id = await withTenant({ orgId: org.id, sites: "all" }, async (tx) => {
    const { id: membershipId } = await expectOne(tx.insert(memberships).values(invitation).returning({ id: memberships.id }));
    await tx.insert(auditActors).values({ actorId: membershipId, kind: "account", name: "Nell Ode" });
    await tx.insert(auditEntries).values({ ...entry, actorId: membershipId });
    return membershipId;
  });
  const deletedAt = async () =>
    (await withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.select({ since: auditActors.deletedAt }).from(auditActors)))[0]?.since;

  await maintainAuditLog.perform({});
  expect(await deletedAt()).toBeNull();
  await markDeletedLongAgo(id);
  await maintainAuditLog.perform({});
  expect(await deletedAt()).toBeNull();

  await withAuthScope({ accountId: id, email: invitee.email }, (tx) => tx.insert(accounts).values({ id, ...invitee }));
  await withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.delete(memberships));
  await markDeletedLongAgo(id);
  await maintainAuditLog.perform({});
  expect(await deletedAt()).toBeNull();
  expect(await listAuditEntries({ orgId: org.id })).toHaveLength(1);
});
