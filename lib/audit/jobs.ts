import "server-only";
import { sql } from "drizzle-orm";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { purgeDeletedActors, signRetention } from "@/lib/audit-chain/internal";
import { env } from "@/lib/env";
import { job, type Job } from "@/lib/kernel/job";

const monthsAhead = 4;

// Entries leave by whole months, whose partitions are dropped.
function startOfMonth(time: number): Date {
  const at = new Date(time);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth()));
}

/** Creates partitions ahead and deletes entries past the retention period and those of deleted accounts. */
export const maintainAuditLog = job({
  name: "audit.maintain",
  cron: "20 2 * * *",
  input: z.object({}),
  async run() {
    const retentionDays = Math.max(60, env().AUDIT_RETENTION_DAYS);
    const firstKeptMonth = startOfMonth(Date.now() - retentionDays * 86_400_000);
    await signRetention(firstKeptMonth);
    await withWorkerScope(async (tx) => {
      const oldest = sql`now() - make_interval(days => ${retentionDays})`;
      await tx.execute(sql`select ensure_audit_partitions(now()::date, ${monthsAhead})`);
      await tx.execute(sql`select drop_audit_partitions(${firstKeptMonth.toISOString()}::date)`);
      await tx.execute(sql`select purge_audit_entry_counts(${oldest})`);
      await tx.execute(sql`delete from access_denials where starts_at < ${oldest}`);
    });
    await purgeDeletedActors();
  },
});

export const jobs: readonly Job[] = [maintainAuditLog];
