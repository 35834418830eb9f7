import "server-only";
import { eq, sql } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { accountPasswordPolicy } from "@/lib/accounts/queries";
import { expectOne } from "@/lib/kernel/expect-one";
import { passwordRequirements } from "@/lib/shared/password-rules";

const profileColumns = {
  email: accounts.email,
  firstName: accounts.firstName,
  lastName: accounts.lastName,
  phone: accounts.phone,
  secondPhone: accounts.secondPhone,
  analyticsAllowed: accounts.analyticsAllowed,
  twoFactor: sql<boolean>`${accounts.twoFactorEnabledAt} is not null`,
  passwordChangedAt: accounts.passwordChangedAt,
  timeZone: accounts.timeZone,
  hourCycle: accounts.hourCycle,
  macFormat: accounts.macFormat,
  version: accounts.version,
};

/** Reads the profile of the transaction's account. */
export const profileById = (tx: Tx, accountId: string) =>
  expectOne(tx.select(profileColumns).from(accounts).where(eq(accounts.id, accountId)));

/** The profile with the requirements for a new password. */
export const getProfile = (accountId: string) =>
  withAuthScope({ accountId }, async (tx) => {
    const profile = await profileById(tx, accountId);
    return { ...profile, requirements: passwordRequirements((await accountPasswordPolicy(tx, profile)).asks) };
  }, "read only");

export type Profile = Awaited<ReturnType<typeof getProfile>>;
