import "server-only";
import { createHmac } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { rateLimitCounters } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { deriveKey } from "@/lib/kernel/secrets";
import { type RateLimit, type RateLimitName, rateLimits } from "@/lib/kernel/rate-limit-config";
import { AppError } from "@/lib/shared/app-error";

const noLimit = 2_147_483_647;
const maxDelaySeconds = 60;

const keyOf = (name: RateLimitName, subject: string) =>
  `${name}:${createHmac("sha256", deriveKey("rate limits")).update(subject).digest("base64url")}`;

const seconds = (count: number) => sql`make_interval(secs => ${count})`;

const windowExpired = ({ windowSeconds, requiresPause }: RateLimit) =>
  sql`(${requiresPause ? rateLimitCounters.lastFailureAt : rateLimitCounters.windowStartedAt} + ${seconds(windowSeconds)} <= now())`;

const delay = ({ attemptsBeforeDelay = noLimit }: RateLimit) =>
  sql`(case when ${rateLimitCounters.failures} < ${attemptsBeforeDelay} then interval '0'
    else least(power(2, ${rateLimitCounters.failures} - ${attemptsBeforeDelay}::int), ${maxDelaySeconds}) * interval '1 second' end)`;

// `lastFailureAt` can lie in the future: a transaction that began later may have counted first.
const delayPassed = (limit: RateLimit) =>
  sql`(${rateLimitCounters.failures} < ${limit.attemptsBeforeDelay ?? noLimit} or ${rateLimitCounters.lastFailureAt} + ${delay(limit)} <= now())`;

/** Counts an attempt in one atomic statement; throws `busy` when the limit is reached. */
export async function consumeLimit(tx: Tx, name: RateLimitName, subject: string): Promise<void> {
  const limit: RateLimit = rateLimits[name];
  const key = keyOf(name, subject);
  const updated = await tx
    .insert(rateLimitCounters)
    .values({ key, failures: 1, consecutiveFailures: 1 })
    .onConflictDoUpdate({
      target: rateLimitCounters.key,
      set: {
        failures: sql`case when ${windowExpired(limit)} then 1 else ${rateLimitCounters.failures} + 1 end`,
        windowStartedAt: sql`case when ${windowExpired(limit)} then now() else ${rateLimitCounters.windowStartedAt} end`,
        consecutiveFailures: sql`least(${rateLimitCounters.consecutiveFailures}, ${noLimit - 1}) + 1`,
        lastFailureAt: sql`now()`,
      },
      setWhere: sql`not ${consecutiveReached(limit)} and (${windowExpired(limit)} or
        (${rateLimitCounters.failures} < ${limit.maxAttempts} and ${delayPassed(limit)}))`,
    })
    .returning({ failures: rateLimitCounters.failures });
  if (updated.length === 0) throw await limitError(tx, limit, key);
}

const consecutiveReached = (limit: RateLimit) => sql<boolean>`(${rateLimitCounters.consecutiveFailures} >= ${limit.maxConsecutive ?? noLimit})`;

const exhausted = (limit: RateLimit) =>
  sql<boolean>`(${consecutiveReached(limit)} or (${rateLimitCounters.failures} >= ${limit.maxAttempts} and not ${windowExpired(limit)}))`;

/** Whether no attempt is left in this window; a short delay before the next attempt does not count. */
export async function isLimitExhausted(tx: Tx, name: RateLimitName, subject: string): Promise<boolean> {
  const [row] = await tx.select({ exhausted: exhausted(rateLimits[name]) }).from(rateLimitCounters).where(eq(rateLimitCounters.key, keyOf(name, subject)));
  return row?.exhausted ?? false;
}

// Without `retryAfterSeconds` once `maxConsecutive` is reached: waiting does not help then.
async function limitError(tx: Tx, limit: RateLimit, key: string): Promise<AppError> {
  const windowStart = limit.requiresPause ? rateLimitCounters.lastFailureAt : rateLimitCounters.windowStartedAt;
  const retryAt = sql`case when ${rateLimitCounters.failures} >= ${limit.maxAttempts}
    then ${windowStart} + ${seconds(limit.windowSeconds)} else ${rateLimitCounters.lastFailureAt} + ${delay(limit)} end`;
  const [row] = await tx
    .select({ wait: sql<number>`ceil(extract(epoch from ${retryAt} - now()))::int`, isConsecutiveReached: consecutiveReached(limit) })
    .from(rateLimitCounters)
    .where(eq(rateLimitCounters.key, key));
  if (row?.isConsecutiveReached) return new AppError("busy", limit.exhaustedMessage ?? limit.message);
  return new AppError("busy", limit.message, undefined, Math.max(1, row?.wait ?? limit.windowSeconds));
}

/** Clears the count after a success. */
export async function resetLimit(tx: Tx, name: RateLimitName, subject: string): Promise<void> {
  await tx.update(rateLimitCounters).set({ failures: 0, consecutiveFailures: 0 }).where(eq(rateLimitCounters.key, keyOf(name, subject)));
}

/** Takes one counted attempt back. */
export async function refundLimit(tx: Tx, name: RateLimitName, subject: string): Promise<void> {
  const decremented = (column: typeof rateLimitCounters.failures | typeof rateLimitCounters.consecutiveFailures) => sql`greatest(${column} - 1, 0)`;
  await tx
    .update(rateLimitCounters)
    .set({ failures: decremented(rateLimitCounters.failures), consecutiveFailures: decremented(rateLimitCounters.consecutiveFailures) })
    .where(eq(rateLimitCounters.key, keyOf(name, subject)));
}
