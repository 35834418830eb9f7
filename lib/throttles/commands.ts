import "server-only";
import { createHmac } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { throttles } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { derivedKey } from "@/lib/kernel/secret";
import { type Limit, type LimitName, limits } from "@/lib/throttles/rules";
import { Fault } from "@/lib/vocabulary/fault";

const never = 2_147_483_647;
const longestDelaySeconds = 60;

const keyOf = (name: LimitName, who: string) =>
  `${name}:${createHmac("sha256", derivedKey("throttles")).update(who).digest("base64url")}`;

const seconds = (count: number) => sql`make_interval(secs => ${count})`;

const fresh = ({ windowSeconds, endsByPause }: Limit) =>
  sql`(${endsByPause ? throttles.lastAt : throttles.windowStartedAt} + ${seconds(windowSeconds)} <= now())`;

const delay = ({ patience = never }: Limit) =>
  sql`(case when ${throttles.failures} < ${patience} then interval '0'
    else least(power(2, ${throttles.failures} - ${patience}::int), ${longestDelaySeconds}) * interval '1 second' end)`;

// Of two at once, the later may have counted first: to the earlier, the last try then lies in the future.
const waited = (limit: Limit) =>
  sql`(${throttles.failures} < ${limit.patience ?? never} or ${throttles.lastAt} + ${delay(limit)} <= now())`;

/** Counts a try before it is made, in one statement that all servers share; refuses it when there were too many. */
export async function reserve(tx: Tx, name: LimitName, who: string): Promise<void> {
  const limit: Limit = limits[name];
  const key = keyOf(name, who);
  const counted = await tx
    .insert(throttles)
    .values({ key, failures: 1, total: 1 })
    .onConflictDoUpdate({
      target: throttles.key,
      set: {
        failures: sql`case when ${fresh(limit)} then 1 else ${throttles.failures} + 1 end`,
        windowStartedAt: sql`case when ${fresh(limit)} then now() else ${throttles.windowStartedAt} end`,
        total: sql`least(${throttles.total}, ${never - 1}) + 1`,
        lastAt: sql`now()`,
      },
      setWhere: sql`not ${stopped(limit)} and (${fresh(limit)} or
        (${throttles.failures} < ${limit.most} and ${waited(limit)}))`,
    })
    .returning({ failures: throttles.failures });
  if (counted.length === 0) throw await refusalOf(tx, limit, key);
}

const stopped = (limit: Limit) => sql<boolean>`(${throttles.total} >= ${limit.inARow ?? never})`;

const usedUp = (limit: Limit) =>
  sql<boolean>`(${stopped(limit)} or (${throttles.failures} >= ${limit.most} and not ${fresh(limit)}))`;

/** Whether no further try is left for now, rather than only a short wait before the next. */
export async function isUsedUp(tx: Tx, name: LimitName, who: string): Promise<boolean> {
  const [row] = await tx.select({ over: usedUp(limits[name]) }).from(throttles).where(eq(throttles.key, keyOf(name, who)));
  return row?.over ?? false;
}

// A hard stop names no wait: whoever came back after it would be refused again.
async function refusalOf(tx: Tx, limit: Limit, key: string): Promise<Fault> {
  const began = limit.endsByPause ? throttles.lastAt : throttles.windowStartedAt;
  const until = sql`case when ${throttles.failures} >= ${limit.most}
    then ${began} + ${seconds(limit.windowSeconds)} else ${throttles.lastAt} + ${delay(limit)} end`;
  const [row] = await tx
    .select({ wait: sql<number>`ceil(extract(epoch from ${until} - now()))::int`, isStopped: stopped(limit) })
    .from(throttles)
    .where(eq(throttles.key, key));
  if (row?.isStopped) return new Fault("busy", limit.lastRefusal ?? limit.refusal);
  return new Fault("busy", limit.refusal, undefined, Math.max(1, row?.wait ?? limit.windowSeconds));
}

/** Forgets all tries: the right one has been made. */
export async function forgive(tx: Tx, name: LimitName, who: string): Promise<void> {
  await tx.update(throttles).set({ failures: 0, total: 0 }).where(eq(throttles.key, keyOf(name, who)));
}

/** Takes back one try that turned out to be none of those that are counted. */
export async function giveBack(tx: Tx, name: LimitName, who: string): Promise<void> {
  const less = (column: typeof throttles.failures | typeof throttles.total) => sql`greatest(${column} - 1, 0)`;
  await tx
    .update(throttles)
    .set({ failures: less(throttles.failures), total: less(throttles.total) })
    .where(eq(throttles.key, keyOf(name, who)));
}
