import "server-only";
import { eq, getTableColumns, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { auditVerifications, organizations } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { chainStart, fingerprint, latestStatement } from "@/lib/audit-chain/rules";
import { type ChainedEntry, type ChainLink, type Evidence, ExportCursor, type ExportLine, type Position, type SignedCheckpoint, type VerificationResult } from "@/lib/audit-chain/records";
import { GetExportPart, NoInput } from "@/lib/audit-chain/schema";
import { expectOne } from "@/lib/kernel/expect-one";
import { query } from "@/lib/kernel/query";
import { signingKeys } from "@/lib/kernel/signing";

export const linkBatchSize = 2_000;
const entryBatchSize = 5_000;

/** The keys that sign checkpoints, current first. */
export const checkpointKeys = () => signingKeys("audit checkpoint key");

/** The fingerprints of the keys whose checkpoints this installation trusts. */
export const trustedKeys = (): ReadonlySet<string> => new Set(checkpointKeys().map(({ publicKey }) => fingerprint(publicKey)));

type CheckpointRow = SignedCheckpoint & { number: number };
type Newer = { checkpoint: number; removal: number };
const everything: Newer = { checkpoint: 0, removal: 0 };

/** The checkpoints of an organization, newest first. */
export const readCheckpoints = (tx: Tx, orgId: string, { after = 0, limit }: { after?: number; limit?: number } = {}) =>
  tx.execute<CheckpointRow>(sql`
    select number, statement, public_key as "publicKey", signature from audit_checkpoints
    where organization_id = ${orgId} and number > ${after} order by number desc ${limit === undefined ? sql`` : sql`limit ${limit}`}`);

/** The checkpoints and removals of an organization, oldest first. Checkpoints come first, so that no removal that they sign is missed. */
export async function readEvidence(tx: Tx, orgId: string, newer = everything): Promise<{ checkpoints: CheckpointRow[]; removals: string[]; last: Newer }> {
  const checkpoints = [...(await readCheckpoints(tx, orgId, { after: newer.checkpoint }))].reverse();
  const removals = await tx.execute<{ number: number; removal: string }>(sql`
    select number, removal from audit_removals where organization_id = ${orgId} and number > ${newer.removal} order by number`);
  const last = { checkpoint: checkpoints.at(-1)?.number ?? newer.checkpoint, removal: removals.at(-1)?.number ?? newer.removal };
  return { checkpoints, removals: removals.map(({ removal }) => removal), last };
}

/** The end of an organization's chain, or nothing before its first entry. */
export async function readEnd(tx: Tx, orgId: string): Promise<Position | undefined> {
  const [end] = await tx.execute<Position>(sql`
    select seq::float8 as seq, encode(chain_hash, 'hex') as "chainHash" from audit_chains where organization_id = ${orgId}`);
  return end;
}

const entryColumns = sql`audit_timestamp(e.occurred_at) as "entryAt", e.id, e.actor_id as "actorId", e.actor_kind as "actorKind", e.site_id as "siteId",
  e.site_name as "siteName", e.name, e.subject_id as "subjectId", e.message, e.change::text as change, e.ip_address::text as "ipAddress",
  e.user_agent as "userAgent", e.request_id as "requestId"`;

type EntryRow = { [Field in keyof ChainedEntry]: ChainedEntry[Field] | null } & { entryAt: string };
type LinkRow = Omit<ChainLink, "entry"> & EntryRow;

export const toChainedEntry = ({ entryAt, id, actorId, actorKind, siteId, siteName, name, subjectId, message, change, ipAddress, userAgent, requestId }: Omit<EntryRow, "at">): ChainedEntry => ({
  at: entryAt,
  id: id ?? "",
  actorId: actorId ?? "",
  actorKind: actorKind ?? "",
  siteId,
  siteName,
  name: name ?? "",
  subjectId,
  message: message ?? "",
  change,
  ipAddress,
  userAgent,
  requestId,
});

/** The links after a place of the chain, up to another one, each with its entry. */
export async function readLinks(tx: Tx, orgId: string, after: number, upTo: number): Promise<ChainLink[]> {
  const links = sql`select * from audit_chain_links where organization_id = ${orgId} and seq > ${after} and seq <= ${upTo} order by seq limit ${linkBatchSize}`;
  const rows = await tx.execute<LinkRow>(sql`
    select l.seq::float8 as seq, audit_timestamp(l.occurred_at) as at, encode(l.entry_hash, 'hex') as "entryHash", encode(l.chain_hash, 'hex') as "chainHash", ${entryColumns}
    from (${links}) l left join audit_entries e on e.organization_id = l.organization_id and e.occurred_at = l.occurred_at and e.id = l.entry_id order by l.seq`);
  return rows.map(({ seq, at, entryHash, chainHash, ...entry }) => ({ seq, at, entryHash, chainHash, entry: entry.id === null ? null : toChainedEntry(entry) }));
}

export type EntryCursor = { at: string; id: string };
export const firstEntry: EntryCursor = { at: "-infinity", id: "00000000-0000-0000-0000-000000000000" };

/** The entries of one batch of the log that no link leads to, and where the next batch begins. */
export async function readUnchained(tx: Tx, orgId: string, { at, id }: EntryCursor): Promise<{ entries: ChainedEntry[]; next?: EntryCursor }> {
  const batch = sql`select * from audit_entries where organization_id = ${orgId} and occurred_at >= ${at}::timestamptz
    and (occurred_at, id) > (${at}::timestamptz, ${id}::uuid) order by occurred_at, id limit ${entryBatchSize}`;
  const isChained = sql`exists (select from audit_chain_links l where l.organization_id = ${orgId} and l.entry_id = e.id and l.occurred_at = e.occurred_at)`;
  const rows = await tx.execute<EntryRow & { isLast: boolean; isChained: boolean }>(sql`
    with batch as materialized (${batch}), e as (select batch.*, row_number() over (order by occurred_at, id) as place from batch)
    select ${entryColumns}, e.place = ${entryBatchSize} as "isLast", ${isChained} as "isChained" from e where not ${isChained} or e.place = ${entryBatchSize} order by place`);
  const last = rows.find(({ isLast }) => isLast);
  const next = last && { at: last.entryAt, id: last.id ?? "" };
  return { entries: rows.filter((row) => !row.isChained).map(toChainedEntry), next };
}

const stoppedAfter = sql`interval '2 minutes'`;
/** Whether a verification is running and has not stopped by a failure. */
export const isRunning = sql<boolean>`${auditVerifications.finishedAt} is null and ${auditVerifications.updatedAt} > now() - ${stoppedAfter}`;

/** The latest verification of the audit log, and the key that signs its checkpoints now. */
export const getVerification = query({
  permission: "audit.verify",
  input: NoInput,
  async run({ tx, actor }) {
    const { organizationId: _, ...columns } = getTableColumns(auditVerifications);
    const [row] = await tx.select({ ...columns, isRunning }).from(auditVerifications).where(eq(auditVerifications.organizationId, actor.orgId));
    const [key] = checkpointKeys();
    return { verification: row && { ...row, result: row.result as VerificationResult | null }, key: key ? fingerprint(key.publicKey) : "" };
  },
});

const evidenceLines = ({ checkpoints, removals }: Evidence): ExportLine[] => [
  ...checkpoints.map(({ statement, publicKey, signature }) => ({ type: "checkpoint" as const, statement, publicKey, signature })),
  ...removals.map((removal) => ({ type: "removal" as const, removal })),
];

type ExportPart = { rows: ExportLine[]; next?: ExportCursor };

async function firstPart(tx: Tx, orgId: string): Promise<ExportPart> {
  const { last: known, ...evidence } = await readEvidence(tx, orgId);
  const end = (await readEnd(tx, orgId)) ?? chainStart;
  const { name } = await expectOne(tx.select({ name: organizations.name }).from(organizations));
  const header = { type: "header" as const, format: "signalbox audit log" as const, version: 1 as const, organization: orgId, name, exportedAt: new Date().toISOString(), end };
  const after = latestStatement(orgId, trustedKeys(), evidence.checkpoints)?.anchor.seq ?? 0;
  return { rows: [header, ...evidenceLines(evidence)], next: { part: "links", after, upTo: end.seq, known } };
}

async function linkPart(tx: Tx, orgId: string, { after, upTo, known }: ExportCursor & { part: "links" }): Promise<ExportPart> {
  const links = await readLinks(tx, orgId, after, upTo);
  const rows = links.map((link) => ({ type: "link" as const, ...link }));
  const last = links.length === linkBatchSize ? links.at(-1) : undefined;
  return { rows, next: last ? { part: "links", after: last.seq, upTo, known } : { part: "entries", after: firstEntry, known } };
}

async function entryPart(tx: Tx, orgId: string, { after, known }: ExportCursor & { part: "entries" }): Promise<ExportPart> {
  const { entries, next } = await readUnchained(tx, orgId, after);
  const rows = entries.map((entry) => ({ type: "unchained" as const, entry }));
  return { rows, next: next ? { part: "entries", after: next, known } : { part: "evidence", known } };
}

function readPart(tx: Tx, orgId: string, cursor?: ExportCursor): Promise<ExportPart> {
  if (!cursor) return firstPart(tx, orgId);
  if (cursor.part === "links") return linkPart(tx, orgId, cursor);
  return cursor.part === "entries" ? entryPart(tx, orgId, cursor) : readEvidence(tx, orgId, cursor.known).then((evidence) => ({ rows: evidenceLines(evidence) }));
}

/** A part of the file that the command verifies: what is signed, the chain with its entries, entries outside it, and what was signed meanwhile. */
export const getExportPart = query({
  permission: "audit.verify",
  input: GetExportPart,
  async run({ tx, actor }, { after }) {
    const { rows, next } = await readPart(tx, actor.orgId, after === undefined ? undefined : z.parse(ExportCursor, JSON.parse(after)));
    return { rows, next: next && JSON.stringify(next) };
  },
});
