import type { TransactionSql } from "postgres";
import { auditEntries } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { signCheckpoints, verifyStoredChain } from "@/lib/audit-chain/jobs";
import { findingText } from "@/lib/audit-chain/rules";
import { connectAsOwner, newSuperUser } from "@/lib/testing/fixtures";

const tables = ["audit_entries", "audit_actors", "audit_chain_links", "audit_chains", "audit_checkpoints", "audit_removals"];

/** Runs statements as the owner of the database, who lifts row security for them. */
export async function asDatabaseOwner(work: (tx: TransactionSql) => Promise<unknown>) {
  const owner = connectAsOwner();
  await owner.begin(async (tx) => {
    for (const table of tables) await tx`alter table ${tx(table)} no force row level security`;
    await work(tx);
    for (const table of tables) await tx`alter table ${tx(table)} force row level security`;
  });
  await owner.end();
}

type Entry = Partial<typeof auditEntries.$inferInsert> & { message: string };

/** Writes audit entries, each in a transaction of its own. */
export async function writeEntries({ id, orgId }: { id: string; orgId: string }, entries: readonly Entry[]) {
  for (const entry of entries) {
    const values = { actorId: id, actorKind: "account" as const, name: "site.updated" as const, change: { after: { name: `“${entry.message}”`, size: 1.5 } }, ...entry };
    await withTenant({ orgId, sites: "all" }, (tx) => tx.insert(auditEntries).values(values));
  }
}

export const numberedEntries = ["One", "Two", "Three", "Four", "Five"].map((message) => ({ message }));

/** Creates an organization with five entries in its audit log, which a checkpoint covers. */
export async function newSignedChain() {
  const actor = await newSuperUser();
  await writeEntries(actor, numberedEntries);
  await signCheckpoints.perform({});
  return actor;
}

/** Verifies the stored audit log of an organization; the sentences say what is wrong with it. */
export async function verifyChain({ orgId }: { orgId: string }) {
  const result = await verifyStoredChain(orgId);
  if (!result) throw new Error("The verification was stopped");
  return { ...result, sentences: result.findings.map((finding) => findingText(finding, (at) => at.slice(0, 10))) };
}
