import "server-only";
import { sql } from "drizzle-orm";
import * as z from "zod/mini";
import { asWorker } from "@/db/second-door";
import { env } from "@/lib/env";
import { job, type Job } from "@/lib/kernel/job";

const monthsAhead = 4;

/** Keeps months ready for entries to come, and lets go of what is older than the installation keeps (AUD-7). */
export const maintainAuditLog = job({
  name: "audit.maintain",
  cron: "20 2 * * *",
  input: z.object({}),
  async run() {
    const days = Math.max(60, env().AUDIT_RETENTION_DAYS);
    await asWorker(async (tx) => {
      const oldest = sql`now() - make_interval(days => ${days})`;
      await tx.execute(sql`select ensure_audit_partitions(now()::date, ${monthsAhead})`);
      await tx.execute(sql`select drop_audit_partitions((${oldest})::date)`);
      await tx.execute(sql`select forget_audit_activity(${oldest})`);
      await tx.execute(sql`select forget_deleted_accounts()`);
    });
  },
});

export const jobs: readonly Job[] = [maintainAuditLog];
