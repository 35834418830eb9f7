import "server-only";
import { sql } from "drizzle-orm";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { env } from "@/lib/env";
import { job, type Job } from "@/lib/kernel/job";

const monthsAhead = 4;

/** Creates partitions ahead and deletes entries past the retention period and those of deleted accounts. */
export const maintainAuditLog = job({
  name: "audit.maintain",
  cron: "20 2 * * *",
  input: z.object({}),
  async run() {
    const retentionDays = Math.max(60, env().AUDIT_RETENTION_DAYS);
    await withWorkerScope(async (tx) => {
      const oldest = sql`now() - make_interval(days => ${retentionDays})`;
      await tx.execute(sql`select ensure_audit_partitions(now()::date, ${monthsAhead})`);
      await tx.execute(sql`select drop_audit_partitions((${oldest})::date)`);
      await tx.execute(sql`select purge_audit_entry_counts(${oldest})`);
      await tx.execute(sql`delete from access_denials where starts_at < ${oldest}`);
      await tx.execute(sql`select purge_deleted_accounts()`);
    });
  },
});

export const jobs: readonly Job[] = [maintainAuditLog];
