import "server-only";
import { createHmac } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { throttles } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { derivedKey } from "@/lib/kernel/secret";
import { type Limit, type LimitName, limits } from "@/lib/throttles/rules";
import { Fault } from "@/lib/vocabulary/fault";

const noLimit = 2_147_483_647;
const maxDelaySeconds = 60;

const keyOf = (name: LimitName, subject: string) =>
  `${name}:${createHmac("sha256", derivedKey("throttles")).update(subject).digest("base64url")}`;

const seconds = (count: number) => sql`make_interval(secs => ${count})`;

const windowExpired = ({ windowSeconds, requiresPause }: Limit) =>
  sql`(${requiresPause ? throttles.lastAt : throttles.windowStartedAt} + ${seconds(windowSeconds)} <= now())`;

const delay = ({ attemptsBeforeDelay = noLimit }: Limit) =>
  sql`(case when ${throttles.failures} < ${attemptsBeforeDelay} then interval '0'
    else least(power(2, ${throttles.failures} - ${attemptsBeforeDelay}::int), ${maxDelaySeconds}) * interval '1 second' end)`;

// `lastAt` can lie in the future: a transaction that began later may have counted first.
const delayPassed = (limit: Limit) =>
  sql`(${throttles.failures} < ${limit.attemptsBeforeDelay ?? noLimit} or ${throttles.lastAt} + ${delay(limit)} <= now())`;

/** Counts an attempt in one atomic statement; throws `busy` when the limit is reached. */
export async function reserve(tx: Tx, name: LimitName, subject: string): Promise<void> {
  const limit: Limit = limits[name];
  const key = keyOf(name, subject);
  const updated = await tx
    .insert(throttles)
    .values({ key, failures: 1, total: 1 })
    .onConflictDoUpdate({
      target: throttles.key,
      set: {
        failures: sql`case when ${windowExpired(limit)} then 1 else ${throttles.failures} + 1 end`,
        windowStartedAt: sql`case when ${windowExpired(limit)} then now() else ${throttles.windowStartedAt} end`,
        total: sql`least(${throttles.total}, ${noLimit - 1}) + 1`,
        lastAt: sql`now()`,
      },
      setWhere: sql`not ${consecutiveReached(limit)} and (${windowExpired(limit)} or
        (${throttles.failures} < ${limit.maxAttempts} and ${delayPassed(limit)}))`,
    })
    .returning({ failures: throttles.failures });
  if (updated.length === 0) throw await limitError(tx, limit, key);
}

const consecutiveReached = (limit: Limit) => sql<boolean>`(${throttles.total} >= ${limit.maxConsecutive ?? noLimit})`;

const exhausted = (limit: Limit) =>
  sql<boolean>`(${consecutiveReached(limit)} or (${throttles.failures} >= ${limit.maxAttempts} and not ${windowExpired(limit)}))`;

/** Whether no attempt is left in this window; a short delay before the next attempt does not count. */
export async function isUsedUp(tx: Tx, name: LimitName, subject: string): Promise<boolean> {
  const [row] = await tx.select({ exhausted: exhausted(limits[name]) }).from(throttles).where(eq(throttles.key, keyOf(name, subject)));
  return row?.exhausted ?? false;
}

// Without `retryAfterSeconds` once `maxConsecutive` is reached: waiting does not help then.
async function limitError(tx: Tx, limit: Limit, key: string): Promise<Fault> {
  const windowStart = limit.requiresPause ? throttles.lastAt : throttles.windowStartedAt;
  const retryAt = sql`case when ${throttles.failures} >= ${limit.maxAttempts}
    then ${windowStart} + ${seconds(limit.windowSeconds)} else ${throttles.lastAt} + ${delay(limit)} end`;
  const [row] = await tx
    .select({ wait: sql<number>`ceil(extract(epoch from ${retryAt} - now()))::int`, isConsecutiveReached: consecutiveReached(limit) })
    .from(throttles)
    .where(eq(throttles.key, key));
  if (row?.isConsecutiveReached) return new Fault("busy", limit.exhaustedMessage ?? limit.message);
  return new Fault("busy", limit.message, undefined, Math.max(1, row?.wait ?? limit.windowSeconds));
}

/** Clears the count after a success. */
export async function forgive(tx: Tx, name: LimitName, subject: string): Promise<void> {
  await tx.update(throttles).set({ failures: 0, total: 0 }).where(eq(throttles.key, keyOf(name, subject)));
}

/** Takes one counted attempt back. */
export async function giveBack(tx: Tx, name: LimitName, subject: string): Promise<void> {
  const decremented = (column: typeof throttles.failures | typeof throttles.total) => sql`greatest(${column} - 1, 0)`;
  await tx
    .update(throttles)
    .set({ failures: decremented(throttles.failures), total: decremented(throttles.total) })
    .where(eq(throttles.key, keyOf(name, subject)));
}
