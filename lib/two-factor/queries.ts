import "server-only";
import { and, eq, isNull, not, sql } from "drizzle-orm";
import { accounts, organizations, recoveryCodes, twoFactors } from "@/db/schema";
import { asVisitor, narrow } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { challengeOf } from "@/lib/challenges/commands";
import { open } from "@/lib/kernel/seal";
import { hashSecret } from "@/lib/kernel/secret";
import { placeOf } from "@/lib/two-factor/rules";

export type TwoFactorState = "off" | "pending" | "active";

const active = sql<boolean>`${twoFactors.verifiedAt} is not null`;

/** The state of two-factor authentication; `pending` until the first code is verified. */
export const twoFactorOf = (accountId: string): Promise<TwoFactorState> =>
  asVisitor({ accountId }, async (tx) => {
    const [row] = await tx.select({ active }).from(twoFactors).where(eq(twoFactors.accountId, accountId));
    if (!row) return "off";
    return row.active ? "active" : "pending";
  }, "read only");

const isNew = sql`${twoFactors.createdAt} > now() - interval '1 hour'`;

/** The condition for a set-up that is not verified yet; it expires after an hour. */
export const waitingSeed = (accountId: string) => and(eq(twoFactors.accountId, accountId), isNull(twoFactors.verifiedAt), isNew);
/** The condition for an expired set-up. */
export const forgottenSeed = (accountId: string) => and(eq(twoFactors.accountId, accountId), isNull(twoFactors.verifiedAt), not(isNew));

/** The secret of a pending set-up; null when there is none. */
export const pendingSeed = (accountId: string): Promise<string | null> =>
  asVisitor({ accountId }, async (tx) => {
    const [row] = await tx.select({ ciphertext: twoFactors.sealedSecret }).from(twoFactors).where(waitingSeed(accountId));
    return row ? open(row.ciphertext, placeOf(accountId)) : null;
  }, "read only");

/** Counts the unused recovery codes within a transaction of the account. */
export async function codesLeft(tx: Tx, accountId: string): Promise<number> {
  return tx.$count(recoveryCodes, and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt)));
}

/** Counts the account's unused recovery codes. */
export const unusedCodes = (accountId: string): Promise<number> =>
  asVisitor({ accountId }, (tx) => codesLeft(tx, accountId), "read only");

/** The names of the account's organizations that require two-factor authentication. */
export async function requirers(tx: Tx): Promise<string[]> {
  const rows = await tx
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.twoFactorRequired, true))
    .orderBy(organizations.name);
  return rows.map(({ name }) => name);
}

export type HalfSignedIn = { accountId: string; email: string };

/** The account of a sign-in that waits for its second factor; null when the challenge expired. */
export const halfSignedIn = (secret: string): Promise<HalfSignedIn | null> =>
  asVisitor({ linkHash: hashSecret(secret) }, async (tx) => {
    const challenge = await challengeOf(tx, "second_factor", secret);
    if (!challenge?.accountId) return null;
    await narrow(tx, { accountId: challenge.accountId });
    const columns = { accountId: accounts.id, email: accounts.email };
    const [person] = await tx.select(columns).from(accounts).where(eq(accounts.id, challenge.accountId));
    return person ?? null;
  }, "read only");
