import "server-only";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/tx";

const budgetMs = 15_000;
const lockTimeout = "150ms";
const statementTimeout = "60s";

const lockErrors = new Set(["55P03", "40P01"]); // lock_not_available, deadlock_detected

const isLockError = (error: unknown) => error instanceof Error && lockErrors.has(String((error.cause as { code?: string } | undefined)?.code));

/**
 * Runs work that locks much, in a savepoint: when a lock is not free it gives back all it has and begins again. So it cannot
 * deadlock with transactions that take the same locks in another order, and lets them end first.
 */
export async function retryWithoutLocks<T>(tx: Tx, work: (attempt: Tx) => Promise<T>): Promise<T> {
  await tx.execute(sql`select set_config('lock_timeout', ${lockTimeout}, true), set_config('statement_timeout', ${statementTimeout}, true)`);
  const end = Date.now() + budgetMs;
  for (;;) {
    try {
      return await tx.transaction(work);
    } catch (error) {
      if (!isLockError(error) || Date.now() > end) throw error;
    }
  }
}
