import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { auditVerifications } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { backfillChain, signCheckpoint } from "@/lib/audit-chain/internal";
import { checkpointKeys, firstEntry, linkBatchSize, readEnd, readEvidence, readLinks, readUnchained, trustedKeys } from "@/lib/audit-chain/queries";
import { chainStart, createVerifier } from "@/lib/audit-chain/rules";
import type { VerificationResult } from "@/lib/audit-chain/records";
import { job, type Job } from "@/lib/kernel/job";
import { rowId } from "@/lib/shared/text-schemas";

const backfillMs = 45_000;
const maxOrganizations = 1_000;

/** Brings entries from before the chain into it, and signs every chain that has grown since its last checkpoint. */
export const signCheckpoints = job({
  name: "audit.checkpoint",
  cron: "* * * * *",
  input: z.object({}),
  async run() {
    const until = Date.now() + backfillMs;
    const incomplete = await withWorkerScope((tx) => tx.execute<{ id: string }>(sql`select audit_chains_to_backfill(${maxOrganizations}) as id`));
    for (const { id } of incomplete) {
      await backfillChain(id, until);
      if (Date.now() > until) break;
    }
    const [key] = checkpointKeys();
    const grown = await withWorkerScope((tx) => tx.execute<{ id: string }>(sql`select audit_chains_to_sign(${key?.publicKey ?? ""}) as id`));
    for (const { id } of grown) await withWorkerScope((tx) => signCheckpoint(tx, id), id);
  },
});

/** Verifies the audit log of an organization as it is stored. */
export async function verifyStoredChain(orgId: string, progress: (checked: number, total: number) => Promise<boolean> = async () => true): Promise<VerificationResult | null> {
  const read = <T>(work: (tx: Tx) => Promise<T>) => withWorkerScope(work, orgId);
  const { evidence, end } = await read(async (tx) => ({ evidence: await readEvidence(tx, orgId), end: (await readEnd(tx, orgId)) ?? chainStart }));
  const verifier = createVerifier({ organization: orgId, trusted: trustedKeys(), evidence, end });
  const first = verifier.anchor.seq;
  for (let after = first; ; ) {
    const links = await read((tx) => readLinks(tx, orgId, after, end.seq));
    links.forEach(verifier.link);
    after = links.at(-1)?.seq ?? end.seq;
    if (!(await progress(after - first, end.seq - first))) return null;
    if (links.length < linkBatchSize) break;
  }
  for (let cursor: typeof firstEntry | undefined = firstEntry; cursor; ) {
    const from: typeof firstEntry = cursor;
    const { entries, next } = await read((tx) => readUnchained(tx, orgId, from));
    entries.forEach(verifier.unchained);
    cursor = next;
  }
  return verifier.finish(await read((tx) => readEvidence(tx, orgId)));
}

/** Verifies an audit log for the people of its organization, and stores how far it is and the result. */
export const verifyAuditLog = job({
  name: "audit.verify",
  input: z.object({ orgId: rowId(), id: rowId() }),
  async run({ orgId, id }) {
    const update = (values: Partial<typeof auditVerifications.$inferInsert>) =>
      withWorkerScope(async (tx) => {
        const own = and(eq(auditVerifications.id, id), isNull(auditVerifications.finishedAt));
        const rows = await tx.update(auditVerifications).set({ ...values, updatedAt: sql`now()` }).where(own).returning({ id: auditVerifications.id });
        return rows.length > 0;
      }, orgId);
    await backfillChain(orgId);
    await withWorkerScope(async (tx) => {
      const { checkpoints } = await readEvidence(tx, orgId);
      if (checkpoints.length === 0) await signCheckpoint(tx, orgId);
    }, orgId);
    const result = await verifyStoredChain(orgId, (checked, total) => update({ checked, total }));
    if (result) await update({ result, finishedAt: new Date() });
  },
});

export const jobs: readonly Job[] = [signCheckpoints, verifyAuditLog];
