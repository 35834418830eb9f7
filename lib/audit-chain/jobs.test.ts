import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditActors } from "@/db/schema";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { maintainAuditLog } from "@/lib/audit/jobs";
import { signRetention } from "@/lib/audit-chain/internal";
import { signCheckpoints } from "@/lib/audit-chain/jobs";
import { deleteOrganization } from "@/lib/organizations/internal";
import { asDatabaseOwner, newSignedChain, numberedEntries, verifyChain, writeEntries } from "@/lib/testing/audit-chain";
import { newAccount, newSuperUser } from "@/lib/testing/fixtures";

const day = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * day);

async function placesOf(orgId: string): Promise<number[]> {
  const rows = await withWorkerScope((tx) => tx.execute<{ seq: number }>(sql`select seq::int as seq from audit_chain_links where organization_id = ${orgId} order by 1`), orgId);
  return rows.map(({ seq }) => seq);
}

test("AUD-10: a checkpoint is signed when the chain has grown, and only then", async () => {
  const actor = await newSignedChain();
  await signCheckpoints.perform({});
  expect((await verifyChain(actor)).checkpoint).toMatchObject({ number: 1, seq: 5 });
  await writeEntries(actor, [{ message: "Six" }]);
  expect(await verifyChain(actor)).toMatchObject({ findingCount: 0, entries: 6, end: { seq: 6 }, checkpoint: { number: 1, seq: 5 } });
  await Promise.all([signCheckpoints.perform({}), signCheckpoints.perform({})]);
  const { checkpoint, findingCount } = await verifyChain(actor);
  expect([checkpoint?.seq, findingCount]).toEqual([6, 0]);
});

test("AUD-10: entries from before the chain are brought into it in batches, while new ones are added", async () => {
  const { org: _, ...actor } = await newSuperUser();
  await asDatabaseOwner(async (tx) => {
    await tx`alter table audit_entries disable trigger audit_entries_chain`;
    await tx`insert into audit_entries (organization_id, occurred_at, id, actor_id, actor_kind, name, message)
      select ${actor.orgId}, now() - n * interval '1 second', gen_random_uuid(), ${actor.id}, 'account', 'site.updated', 'Older ' || n from generate_series(1, 2500) n`;
    await tx`alter table audit_entries enable trigger audit_entries_chain`;
  });
  await Promise.all([signCheckpoints.perform({}), signCheckpoints.perform({}), writeEntries(actor, numberedEntries)]);
  await signCheckpoints.perform({});
  expect(await verifyChain(actor)).toMatchObject({ sentences: [], entries: 2_505, end: { seq: 2_505 }, checkpoint: { seq: 2_505 } });
});

async function ensurePartition(at: Date) {
  await withWorkerScope((tx) => tx.execute(sql`select ensure_audit_partitions(${at.toISOString()}::date, 1)`));
}

test("AUD-10: retention leaves an anchor from which the rest of the chain is verified (AUD-7)", async () => {
  for (const days of [800, 700]) await ensurePartition(daysAgo(days));
  const actor = await newSuperUser();
  const [first, second, recent] = [daysAgo(800), daysAgo(700), daysAgo(1)];
  await writeEntries(actor, [first, first, second, recent, first, recent].map((occurredAt, index) => ({ occurredAt, message: `Entry ${index + 1}` })));
  await signCheckpoints.perform({});
  expect(await verifyChain(actor)).toMatchObject({ sentences: [], entries: 6 });
  await maintainAuditLog.perform({});
  expect(await verifyChain(actor)).toMatchObject({ sentences: [], entries: 2, removed: 4, end: { seq: 6 } });
  expect(await placesOf(actor.orgId)).toEqual([1, 2, 3, 4, 5, 6]);
  await maintainAuditLog.perform({});
  await writeEntries(actor, [{ message: "Seven" }]);
  await signRetention(new Date(Date.now() - 300 * day));
  expect(await placesOf(actor.orgId)).toEqual([4, 5, 6, 7]);
  expect(await verifyChain(actor)).toMatchObject({ sentences: [], entries: 3, removed: 4 });
  await signRetention(new Date(Date.now() - 400 * day));
  expect(await verifyChain(actor)).toMatchObject({ sentences: [], entries: 3, removed: 4 });
});

test("AUD-10: after retention, deleting an entry that it kept is found, and so is a moved anchor", async () => {
  const actor = await newSuperUser();
  await ensurePartition(daysAgo(800));
  await writeEntries(actor, [{ message: "Old", occurredAt: daysAgo(800) }, ...numberedEntries]);
  await signCheckpoints.perform({});
  await maintainAuditLog.perform({});
  await asDatabaseOwner(async (tx) => {
    await tx`delete from audit_entries where organization_id = ${actor.orgId} and message = 'One'`;
    await tx`delete from audit_chain_links where organization_id = ${actor.orgId} and seq <= 2`;
  });
  expect((await verifyChain(actor)).sentences).toEqual(["The links of entry 2 are missing from the chain."]);
});

async function deleteLongAgo(accountId: string) {
  await withAuthScope({ accountId }, (tx) => tx.execute(sql`delete from accounts where id = ${accountId}`));
  await maintainAuditLog.perform({});
  await asDatabaseOwner((tx) => tx`update audit_actors set deleted_at = now() - interval '31 days' where actor_id = ${accountId}`);
}

async function newChainOfTwo() {
  const actor = await newSuperUser();
  const deleted = await newAccount();
  await withTenant({ orgId: actor.orgId, sites: "all" }, (tx) => tx.insert(auditActors).values({ actorId: deleted.id, kind: "account", name: "Gone" }));
  await writeEntries(actor, numberedEntries.map((entry, index) => (index % 2 === 1 ? { ...entry, actorId: deleted.id } : entry)));
  await signCheckpoints.perform({});
  return { actor, deleted };
}

test("AUD-10: the entries of a deleted account leave from the middle of the chain, which stays verifiable", async () => {
  const { actor, deleted } = await newChainOfTwo();
  await deleteLongAgo(deleted.id);
  await maintainAuditLog.perform({});
  expect(await verifyChain(actor)).toMatchObject({ sentences: [], entries: 3, removed: 2, end: { seq: 5 } });
  await asDatabaseOwner((tx) => tx`delete from audit_entries where organization_id = ${actor.orgId} and message = 'Three'`);
  expect((await verifyChain(actor)).sentences).toEqual([expect.stringMatching(/^Entry 3, written on \S+, was deleted\.$/)]);
});

test("AUD-10: an entry that was given to a deleted account is still named after it was removed with the account's own", async () => {
  const { actor, deleted } = await newChainOfTwo();
  await asDatabaseOwner((tx) => tx`update audit_entries set actor_id = ${deleted.id} where organization_id = ${actor.orgId} and message = 'Three'`);
  await deleteLongAgo(deleted.id);
  await maintainAuditLog.perform({});
  const { sentences, removed } = await verifyChain(actor);
  expect([sentences, removed]).toEqual([[expect.stringMatching(/^Entry 3, written on \S+, was deleted\.$/)], 2]);
});

test("AUD-10: after a new secret the chain is signed with its key, and checkpoints of the previous one still count", async () => {
  const actor = await newSignedChain();
  const secret = process.env.SIGNALBOX_SECRET;
  const { env } = await import("@/lib/env");
  const settings = env();
  try {
    Object.assign(settings, { SIGNALBOX_SECRET: randomBytes(48).toString("base64"), SIGNALBOX_SECRET_PREVIOUS: secret });
    const before = await verifyChain(actor);
    expect(before).toMatchObject({ sentences: [], checkpoint: { number: 1 } });
    await signCheckpoints.perform({});
    Object.assign(settings, { SIGNALBOX_SECRET_PREVIOUS: undefined });
    const after = await verifyChain(actor);
    expect(after).toMatchObject({ sentences: [], checkpoint: { number: 2, seq: 5, since: before.checkpoint?.since } });
    expect(after.checkpoint?.key).not.toBe(before.checkpoint?.key);
  } finally {
    Object.assign(settings, { SIGNALBOX_SECRET: secret, SIGNALBOX_SECRET_PREVIOUS: undefined });
  }
});

test("AUD-10: the chain of an organization is deleted with it", async () => {
  const actor = await newSignedChain();
  await withAuthScope({ accountId: actor.id }, (tx) => deleteOrganization(tx, actor.orgId));
  const left: unknown[] = [];
  await asDatabaseOwner(async (tx) => {
    for (const table of ["audit_chains", "audit_chain_links", "audit_checkpoints", "audit_removals"]) left.push(...(await tx`select 1 from ${tx(table)} where organization_id = ${actor.orgId}`));
  });
  expect(left).toEqual([]);
  await signCheckpoints.perform({});
});
