import "server-only";
import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import { auditVerifications } from "@/db/schema";
import { getExportPart, isRunning } from "@/lib/audit-chain/queries";
import { NoInput } from "@/lib/audit-chain/schema";
import { command } from "@/lib/kernel/command";
import { exporting } from "@/lib/kernel/export";

/** Starts a verification of the audit log, unless one is running. */
export const startVerification = command({
  permission: "audit.verify",
  input: NoInput,
  async run({ tx, actor, record, enqueue, nothingChanged }) {
    const id = v7();
    const started = { id, startedBy: actor.name, startedAt: sql`now()`, updatedAt: sql`now()`, checked: 0, total: 0, finishedAt: null, result: null };
    const [row] = await tx
      .insert(auditVerifications)
      .values(started)
      .onConflictDoUpdate({ target: auditVerifications.organizationId, set: started, setWhere: sql`not (${isRunning})` })
      .returning({ id: auditVerifications.id });
    if (!row) return nothingChanged();
    await record("audit.verification_started", { subject: { id: actor.orgId, label: "" } });
    await enqueue("audit.verify", { orgId: actor.orgId, id });
  },
});

/** Writes the audit entry of an export for verification. */
const recordVerificationExport = command({
  permission: "audit.verify",
  input: NoInput,
  async run({ actor, record }) {
    await record("audit.exported", { subject: { id: actor.orgId, label: "" }, note: "for verification" });
  },
});

/** Streams the audit log with its chain, after writing the audit entry of the export. */
export const exportForVerification = exporting(recordVerificationExport, getExportPart);
