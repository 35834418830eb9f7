import "server-only";
import { sql } from "drizzle-orm";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { brand } from "@/lib/brand";
import { env, passwordPeriods } from "@/lib/env";
import { type Clock, demandOf, endsOf, periodOf } from "@/lib/password-ages/rules";
import type { Present } from "@/lib/sessions/queries";

/** How old the password of the transaction's own account is, by the database's clock. */
export async function clockOf(tx: Tx, accountId: string): Promise<(Clock & { now: Date }) | undefined> {
  const days = (since: ReturnType<typeof sql>) => sql`extract(epoch from now() - ${since})::float8 / 86400`;
  const told = sql`(select n.sent_at from password_notices n
    where n.account_id = a.id and n.password_changed_at = a.password_changed_at and n.stage = 0)`;
  const [clock] = await tx.execute<Clock & { at: number }>(sql`
    select ${days(sql`a.password_changed_at`)} as "ageDays", ${days(told)} as "sinceTold",
      ${days(sql`a.reinstated_at`)} as "sinceReinstated", extract(epoch from now())::float8 * 1000 as at
    from accounts a where a.id = ${accountId} and a.password_changed_at is not null`);
  if (!clock) return undefined;
  const { at, ...rest } = clock;
  return { ...rest, now: new Date(at) };
}

/** Why a person's password must be changed: who asks for it, since when, and until when it can be; null when it need not be. */
export function expiryOf({ account, memberships }: Pick<Present, "account" | "memberships">) {
  const periods = passwordPeriods();
  const period = periodOf(account, memberships, periods);
  const demand = demandOf(account, memberships, periods, brand().operator);
  return asVisitor({ accountId: account.id }, async (tx) => {
    const clock = await clockOf(tx, account.id);
    if (!clock || !demand || period === null) return null;
    return { ...demand, ...endsOf(clock, period, env().PASSWORD_GRACE_DAYS, clock.now) };
  }, "read only");
}
