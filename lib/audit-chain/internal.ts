import "server-only";
import { sql } from "drizzle-orm";
import { withWorkerScope } from "@/db/auth-access";
import { auditCheckpoints, auditRemovals } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { checkpointKeys, readCheckpoints, readEnd, toChainedEntry, trustedKeys } from "@/lib/audit-chain/queries";
import { chainStart, checkpointBytes, hashEntry, hashRemoval, latestStatement, rangesOf, zeroHash } from "@/lib/audit-chain/rules";
import type { ChainedEntry, Position, Removal, Statement } from "@/lib/audit-chain/records";

const usualCheckpoints = 10;
const backfillBatch = 250;
const purgeBatch = 2_000;
/** How long earlier checkpoints are kept beside the latest, which is complete. */
const checkpointDays = 7;

/** The last state that this installation has signed; a forged row is passed over. */
async function previousStatement(tx: Tx, orgId: string): Promise<Statement | undefined> {
  const trusted = trustedKeys();
  const newest = latestStatement(orgId, trusted, await readCheckpoints(tx, orgId, { limit: usualCheckpoints }));
  return newest ?? latestStatement(orgId, trusted, await readCheckpoints(tx, orgId));
}

/** The last link before the first one whose entry retention keeps. */
async function anchorBefore(tx: Tx, orgId: string, before: string, end: Position, anchor: Position): Promise<Position> {
  const [moved] = await tx.execute<Position>(sql`
    select l.seq::float8 as seq, encode(l.chain_hash, 'hex') as "chainHash" from audit_chain_links l
    where l.organization_id = ${orgId} and l.seq > ${anchor.seq} and l.seq = coalesce((
      select k.seq from audit_chain_links k where k.organization_id = ${orgId} and k.seq > ${anchor.seq} and k.occurred_at >= ${before}::timestamptz
      order by k.seq limit 1) - 1, ${end.seq})`);
  return moved ?? anchor;
}

type SignedChange = { before?: string; removed?: Removal };

/** Signs the state of an organization's chain: at intervals, and in the transaction that removes entries from it. */
export async function signCheckpoint(tx: Tx, orgId: string, { before, removed }: SignedChange = {}): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`audit checkpoint ${orgId}`}, 0))`);
  const [end, previous, [key]] = [await readEnd(tx, orgId), await previousStatement(tx, orgId), checkpointKeys()];
  if (!end || !key) return;
  const now = new Date().toISOString();
  const anchor = previous?.anchor ?? chainStart;
  const removals = previous?.removals ?? { count: 0, hash: zeroHash };
  const [{ number } = { number: 1 }] = await tx.execute<{ number: number }>(sql`
    select coalesce(max(number), 0) + 1 as number from audit_checkpoints where organization_id = ${orgId}`);
  const statement: Statement = {
    version: 1,
    organization: orgId,
    number,
    at: now,
    since: previous?.since ?? now,
    ...end,
    anchor: before ? await anchorBefore(tx, orgId, before, end, anchor) : anchor,
    before: before ?? previous?.before ?? null,
    removals: removed ? await storeRemoval(tx, orgId, removals, removed) : removals,
  };
  const text = JSON.stringify(statement);
  const signed = { statement: text, publicKey: key.publicKey, signature: key.sign(checkpointBytes(text)) };
  await tx.insert(auditCheckpoints).values({ organizationId: orgId, number, at: new Date(now), seq: end.seq, chainHash: Buffer.from(end.chainHash, "hex"), ...signed });
}

async function storeRemoval(tx: Tx, orgId: string, { count, hash }: Statement["removals"], removed: Removal): Promise<Statement["removals"]> {
  const removal = JSON.stringify(removed);
  await tx.insert(auditRemovals).values({ organizationId: orgId, number: count + 1, removal });
  return { count: count + 1, hash: hashRemoval(hash, removal) };
}

/** Appends entries from before the chain, until all are in it or the time is over; returns whether all are. */
export async function backfillChain(orgId: string, until = Number.POSITIVE_INFINITY): Promise<boolean> {
  for (;;) {
    const [batch] = await withWorkerScope((tx) => tx.execute<{ done: boolean }>(sql`select backfill_audit_chain(${orgId}, ${backfillBatch}) as done`), orgId);
    if (batch?.done) return true;
    if (Date.now() > until) return false;
  }
}

/** Signs that entries from before a moment are no longer kept, before they are deleted, and deletes the links of those that the last such statement named. */
export async function signRetention(before: Date): Promise<void> {
  const orgs = await withWorkerScope((tx) => tx.execute<{ id: string }>(sql`select audit_chain_organizations() as id`));
  const limit = before.toISOString();
  for (const { id } of orgs) {
    await backfillChain(id);
    await withWorkerScope(async (tx) => {
      const previous = await previousStatement(tx, id);
      await dropOldCheckpoints(tx, id);
      // Not even when entries are to be kept longer from now on: what is gone stays gone.
      if (previous?.before && previous.before >= limit) return;
      await signCheckpoint(tx, id, { before: limit });
      if (previous) await tx.execute(sql`select trim_audit_chain(${id}, ${previous.anchor.seq})`);
    }, id);
  }
}

// A checkpoint that the chain contradicts stays: it is the evidence that the chain was rewritten.
const dropOldCheckpoints = (tx: Tx, orgId: string) =>
  tx.execute(sql`delete from audit_checkpoints c where c.organization_id = ${orgId} and c.at < now() - make_interval(days => ${checkpointDays})
    and c.number < (select max(number) from audit_checkpoints k where k.organization_id = ${orgId})
    and exists (select from audit_chain_links l where l.organization_id = ${orgId} and l.seq = c.seq and l.chain_hash = c.chain_hash)`);

type PurgedRow = Parameters<typeof toChainedEntry>[0] & { seq: number | null; entryHash: string };

/** Deletes the entries of accounts that were deleted 30 days ago, and signs which places of the chain lose theirs. */
export async function purgeDeletedActors(): Promise<void> {
  const due = await withWorkerScope(async (tx) => {
    await tx.execute(sql`select mark_deleted_actors()`);
    return tx.execute<{ orgId: string; actorId: string }>(sql`select organization_id as "orgId", actor_id as "actorId" from actors_to_purge()`);
  });
  for (const { orgId, actorId } of due) {
    await backfillChain(orgId);
    while ((await purgeEntries(orgId, actorId)) === purgeBatch);
    await withWorkerScope((tx) => tx.execute(sql`select purge_actor(${orgId}, ${actorId})`), orgId);
  }
}

const purgedColumns = sql`seq::float8 as seq, entry_hash as "entryHash", moment as "entryAt", id, actor_id as "actorId", actor_kind as "actorKind",
  site_id as "siteId", site_name as "siteName", name, subject_id as "subjectId", message, change, ip_address as "ipAddress", user_agent as "userAgent", request_id as "requestId"`;

// What was changed before is deleted, too, but not signed as removed: the verification goes on naming it.
const isIntact = (orgId: string, row: PurgedRow) => row.seq !== null && hashEntry(orgId, toChainedEntry(row) satisfies ChainedEntry) === row.entryHash;

const purgeEntries = (orgId: string, actorId: string): Promise<number> =>
  withWorkerScope(async (tx) => {
    const rows = await tx.execute<PurgedRow>(sql`select ${purgedColumns} from purge_actor_entries(${orgId}, ${actorId}, ${purgeBatch})`);
    const seqs = rows.flatMap((row) => (isIntact(orgId, row) ? (row.seq ?? []) : []));
    const removed = { at: new Date().toISOString(), reason: "account deleted" as const, seqs: rangesOf(seqs) };
    if (seqs.length > 0) await signCheckpoint(tx, orgId, { removed });
    return rows.length;
  }, orgId);
