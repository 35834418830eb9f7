import "server-only";
import { sql } from "drizzle-orm";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { brand } from "@/lib/brand";
import { env, passwordPeriods } from "@/lib/env";
import { type Clock, demandOf, endsOf, periodOf } from "@/lib/password-ages/rules";
import type { Present } from "@/lib/sessions/queries";

/** The age of the account's password by the database clock; undefined without a password. */
export async function clockOf(tx: Tx, accountId: string): Promise<(Clock & { now: Date }) | undefined> {
  const days = (since: ReturnType<typeof sql>) => sql`extract(epoch from now() - ${since})::float8 / 86400`;
  const notifiedAt = sql`(select n.sent_at from password_notices n
    where n.account_id = a.id and n.password_changed_at = a.password_changed_at and n.stage = 0)`;
  const [row] = await tx.execute<Clock & { nowMs: number }>(sql`
    select ${days(sql`a.password_changed_at`)} as "ageDays", ${days(notifiedAt)} as "daysSinceNotified",
      ${days(sql`a.reinstated_at`)} as "daysSinceReinstated", extract(epoch from now())::float8 * 1000 as "nowMs"
    from accounts a where a.id = ${accountId} and a.password_changed_at is not null`);
  if (!row) return undefined;
  const { nowMs, ...age } = row;
  return { ...age, now: new Date(nowMs) };
}

/** Why the password must be changed, and the dates of expiry and suspension; null when it does not expire. */
export function expiryOf({ account, memberships }: Pick<Present, "account" | "memberships">) {
  const periods = passwordPeriods();
  const period = periodOf(account, memberships, periods);
  const reason = demandOf(account, memberships, periods, brand().operator);
  return asVisitor({ accountId: account.id }, async (tx) => {
    const age = await clockOf(tx, account.id);
    if (!age || !reason || period === null) return null;
    return { ...reason, ...endsOf(age, period, env().PASSWORD_GRACE_DAYS, age.now) };
  }, "read only");
}
