import "server-only";
import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { only } from "@/lib/kernel/rows";

const profileColumns = {
  email: accounts.email,
  firstName: accounts.firstName,
  lastName: accounts.lastName,
  phone: accounts.phone,
  secondPhone: accounts.secondPhone,
  analyticsAllowed: accounts.analyticsAllowed,
  twoFactorSince: accounts.twoFactorSince,
  passwordChangedAt: accounts.passwordChangedAt,
  timeZone: accounts.timeZone,
  clock24: accounts.clock24,
  macFormat: accounts.macFormat,
  version: accounts.version,
};

/** What a person sees and changes of their own account. */
export const getProfile = (accountId: string) =>
  asVisitor({ accountId }, (tx) => only(tx.select(profileColumns).from(accounts).where(eq(accounts.id, accountId))));

export type Profile = Awaited<ReturnType<typeof getProfile>>;
