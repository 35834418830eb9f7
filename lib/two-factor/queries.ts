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

/** Whether signing in asks for a code: asked for and not verified yet is pending (ACC-22). */
export const twoFactorOf = (accountId: string): Promise<TwoFactorState> =>
  asVisitor({ accountId }, async (tx) => {
    const [kept] = await tx.select({ active }).from(twoFactors).where(eq(twoFactors.accountId, accountId));
    if (!kept) return "off";
    return kept.active ? "active" : "pending";
  }, "read only");

const isNew = sql`${twoFactors.createdAt} > now() - interval '1 hour'`;

/** A secret that waits to be verified waits an hour: who saw it long before must not know what counts later (MFA-1). */
export const waitingSeed = (accountId: string) => and(eq(twoFactors.accountId, accountId), isNull(twoFactors.verifiedAt), isNew);
export const forgottenSeed = (accountId: string) => and(eq(twoFactors.accountId, accountId), isNull(twoFactors.verifiedAt), not(isNew));

/** The secret that waits to be verified, for its owner's eyes; null when none waits (MFA-1). */
export const pendingSeed = (accountId: string): Promise<string | null> =>
  asVisitor({ accountId }, async (tx) => {
    const [kept] = await tx.select({ sealed: twoFactors.sealedSecret }).from(twoFactors).where(waitingSeed(accountId));
    return kept ? open(kept.sealed, placeOf(accountId)) : null;
  }, "read only");

/** How many recovery codes are left unused. */
export async function codesLeft(tx: Tx, accountId: string): Promise<number> {
  return tx.$count(recoveryCodes, and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt)));
}

/** How many recovery codes a person has left, so that they make new ones in time. */
export const unusedCodes = (accountId: string): Promise<number> =>
  asVisitor({ accountId }, (tx) => codesLeft(tx, accountId), "read only");

/** The person's organizations that require a second factor, by name. */
export async function requirers(tx: Tx): Promise<string[]> {
  const asking = await tx
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.twoFactorRequired, true))
    .orderBy(organizations.name);
  return asking.map(({ name }) => name);
}

export type HalfSignedIn = { accountId: string; email: string };

/** Who is half signed in by this browser's challenge, for the page that asks for the code; null when it is over (MFA-5). */
export const halfSignedIn = (secret: string): Promise<HalfSignedIn | null> =>
  asVisitor({ linkHash: hashSecret(secret) }, async (tx) => {
    const begun = await challengeOf(tx, "second_factor", secret);
    if (!begun?.accountId) return null;
    await narrow(tx, { accountId: begun.accountId });
    const whose = { accountId: accounts.id, email: accounts.email };
    const [person] = await tx.select(whose).from(accounts).where(eq(accounts.id, begun.accountId));
    return person ?? null;
  }, "read only");
