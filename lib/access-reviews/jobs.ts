import "server-only";
import { lt, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { accessReviewDecisions } from "@/db/schema";
import { env } from "@/lib/env";
import { type Job, job } from "@/lib/kernel/job";

/** Deletes decisions past the retention period of the audit log. */
const purge = job({
  name: "access_review.purge",
  cron: "50 2 * * *",
  input: z.object({}),
  async run() {
    await withWorkerScope((tx) => tx.delete(accessReviewDecisions).where(lt(accessReviewDecisions.decidedAt, sql`now() - make_interval(days => ${env().AUDIT_RETENTION_DAYS})`)));
  },
});

export const jobs: readonly Job[] = [purge];
