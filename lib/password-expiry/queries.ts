import "server-only";
import { sql } from "drizzle-orm";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { brand } from "@/lib/brand";
import { env, passwordLifetimes } from "@/lib/env";
import { type PasswordAge, expiryReason, expiryDates, expiryPeriod } from "@/lib/password-expiry/rules";
import type { AuthSession } from "@/lib/sessions/queries";

/** The age of the account's password by the database clock; undefined without a password. */
export async function passwordAgeById(tx: Tx, accountId: string): Promise<(PasswordAge & { now: Date }) | undefined> {
  const days = (since: ReturnType<typeof sql>) => sql`extract(epoch from now() - ${since})::float8 / 86400`;
  const notifiedAt = sql`(select n.sent_at from password_reminders n
    where n.account_id = a.id and n.password_changed_at = a.password_changed_at and n.days_before = 0)`;
  const [row] = await tx.execute<PasswordAge & { nowMs: number }>(sql`
    select ${days(sql`a.password_changed_at`)} as "ageDays", ${days(notifiedAt)} as "daysSinceNotified",
      ${days(sql`a.reinstated_at`)} as "daysSinceReinstated", extract(epoch from now())::float8 * 1000 as "nowMs"
    from accounts a where a.id = ${accountId} and a.password_changed_at is not null`);
  if (!row) return undefined;
  const { nowMs, ...age } = row;
  return { ...age, now: new Date(nowMs) };
}

/** Why the password must be changed, and the dates of expiry and suspension; null when it does not expire. */
export function getPasswordExpiry({ account, memberships }: Pick<AuthSession, "account" | "memberships">) {
  const periods = passwordLifetimes();
  const period = expiryPeriod(account, memberships, periods);
  const reason = expiryReason(account, memberships, periods, brand().operator);
  return withAuthScope({ accountId: account.id }, async (tx) => {
    const age = await passwordAgeById(tx, account.id);
    if (!age || !reason || period === null) return null;
    return { ...reason, ...expiryDates(age, period, env().PASSWORD_GRACE_DAYS, age.now) };
  }, "read only");
}
