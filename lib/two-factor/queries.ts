import "server-only";
import { and, eq, isNull, not, sql } from "drizzle-orm";
import { accounts, organizations, recoveryCodes, totpCredentials } from "@/db/schema";
import { withAuthScope, setAuthScope } from "@/db/auth-access";
import { naturalOrder } from "@/db/text-order";
import type { Tx } from "@/db/tx";
import { authChallengeBySecret } from "@/lib/auth-challenges/internal";
import { decrypt } from "@/lib/kernel/encryption";
import { hashSecret } from "@/lib/kernel/secrets";
import { totpAad } from "@/lib/two-factor/rules";

export type TwoFactorState = "off" | "pending" | "active";

const active = sql<boolean>`${totpCredentials.verifiedAt} is not null`;

/** The state of two-factor authentication; `pending` until the first code is verified. */
export const getTwoFactorState = (accountId: string): Promise<TwoFactorState> =>
  withAuthScope({ accountId }, async (tx) => {
    const [row] = await tx.select({ active }).from(totpCredentials).where(eq(totpCredentials.accountId, accountId));
    if (!row) return "off";
    return row.active ? "active" : "pending";
  }, "read only");

const isNew = sql`${totpCredentials.createdAt} > now() - interval '1 hour'`;

/** The condition for a set-up that is not verified yet; it expires after an hour. */
export const pendingTotp = (accountId: string) => and(eq(totpCredentials.accountId, accountId), isNull(totpCredentials.verifiedAt), isNew);
/** The condition for an expired set-up. */
export const expiredPendingTotp = (accountId: string) => and(eq(totpCredentials.accountId, accountId), isNull(totpCredentials.verifiedAt), not(isNew));

/** The secret of a pending set-up; null when there is none. */
export const getPendingTotpSecret = (accountId: string): Promise<string | null> =>
  withAuthScope({ accountId }, async (tx) => {
    const [row] = await tx.select({ ciphertext: totpCredentials.encryptedSecret }).from(totpCredentials).where(pendingTotp(accountId));
    return row ? decrypt(row.ciphertext, totpAad(accountId)) : null;
  }, "read only");

/** Counts the unused recovery codes within a transaction of the account. */
export async function unusedRecoveryCodesById(tx: Tx, accountId: string): Promise<number> {
  return tx.$count(recoveryCodes, and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt)));
}

/** Counts the account's unused recovery codes. */
export const countUnusedRecoveryCodes = (accountId: string): Promise<number> =>
  withAuthScope({ accountId }, (tx) => unusedRecoveryCodesById(tx, accountId), "read only");

/** The names of the account's organizations that require two-factor authentication. */
export async function orgsRequiring2fa(tx: Tx): Promise<string[]> {
  const rows = await tx
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.twoFactorRequired, true))
    .orderBy(naturalOrder(organizations.name));
  return rows.map(({ name }) => name);
}

export type PendingSecondFactor = { challengeId: string; accountId: string; email: string };

/** The account of a sign-in that waits for its second factor; null when the challenge expired. */
export const getPendingSecondFactor = (secret: string): Promise<PendingSecondFactor | null> =>
  withAuthScope({ tokenHash: hashSecret(secret) }, async (tx) => {
    const challenge = await authChallengeBySecret(tx, "second_factor", secret);
    if (!challenge?.accountId) return null;
    await setAuthScope(tx, { accountId: challenge.accountId });
    const columns = { accountId: accounts.id, email: accounts.email };
    const [person] = await tx.select(columns).from(accounts).where(eq(accounts.id, challenge.accountId));
    return person ? { challengeId: challenge.id, ...person } : null;
  }, "read only");
