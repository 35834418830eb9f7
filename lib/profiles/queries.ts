import "server-only";
import { eq, sql } from "drizzle-orm";
import { accounts, twoFactors } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { rulesFor } from "@/lib/accounts/queries";
import { only } from "@/lib/kernel/rows";
import { requirementsOf } from "@/lib/vocabulary/new-password";
import type { TwoFactorState } from "@/lib/two-factor/queries";

const profileColumns = {
  email: accounts.email,
  firstName: accounts.firstName,
  lastName: accounts.lastName,
  phone: accounts.phone,
  secondPhone: accounts.secondPhone,
  analyticsAllowed: accounts.analyticsAllowed,
  twoFactor: sql<TwoFactorState>`case when ${twoFactors.verifiedAt} is not null then 'active'
    when ${twoFactors.accountId} is not null then 'pending' else 'off' end`,
  passwordChangedAt: accounts.passwordChangedAt,
  timeZone: accounts.timeZone,
  hourCycle: accounts.clock24,
  macFormat: accounts.macFormat,
  version: accounts.version,
};

/** Reads the profile of the transaction's account. */
export const profileOf = (tx: Tx, accountId: string) =>
  only(
    tx
      .select(profileColumns)
      .from(accounts)
      .leftJoin(twoFactors, eq(twoFactors.accountId, accounts.id))
      .where(eq(accounts.id, accountId)),
  );

/** The profile with the requirements for a new password. */
export const getProfile = (accountId: string) =>
  asVisitor({ accountId }, async (tx) => {
    const profile = await profileOf(tx, accountId);
    return { ...profile, requirements: requirementsOf((await rulesFor(tx, profile)).asks) };
  }, "read only");

export type Profile = Awaited<ReturnType<typeof getProfile>>;
