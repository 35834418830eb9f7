import "server-only";
import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { recoveryCodes, totpCredentials } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { decrypt, encrypt } from "@/lib/kernel/encryption";
import { hashSecret } from "@/lib/kernel/secrets";
import { resetLimit } from "@/lib/kernel/rate-limits";
import { expiredPendingTotp } from "@/lib/two-factor/queries";
import { groupByFour, generateRecoveryCodes, newTotpSecret, totpAad, matchTimeStep } from "@/lib/two-factor/rules";
import type { SecondFactorCode } from "@/lib/two-factor/schema";

/** Creates a pending TOTP secret unless there is one; it takes effect once a code is verified. */
export async function createPendingTotp(tx: Tx, accountId: string): Promise<boolean> {
  await tx.delete(totpCredentials).where(expiredPendingTotp(accountId));
  const inserted = await tx
    .insert(totpCredentials)
    .values({ accountId, encryptedSecret: encrypt(newTotpSecret(), totpAad(accountId)) })
    .onConflictDoNothing({ target: totpCredentials.accountId })
    .returning({ accountId: totpCredentials.accountId });
  return inserted.length > 0;
}

export async function replaceRecoveryCodes(tx: Tx, accountId: string): Promise<string[]> {
  const codes = generateRecoveryCodes();
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ accountId, codeHash: hashSecret(code) })));
  return codes.map((code) => groupByFour(code));
}

/** Consumes a valid code in one conditional statement, so that only one of several parallel uses succeeds. */
export async function consumeCode(tx: Tx, accountId: string, { method, text }: SecondFactorCode): Promise<boolean> {
  const used = method === "code" ? await consumeTimeStep(tx, accountId, text) : await consumeRecoveryCode(tx, accountId, text);
  if (used) await resetLimit(tx, "second_factor", accountId);
  return used;
}

async function consumeTimeStep(tx: Tx, accountId: string, code: string): Promise<boolean> {
  const own = and(eq(totpCredentials.accountId, accountId), isNotNull(totpCredentials.verifiedAt));
  const [factor] = await tx.select({ ciphertext: totpCredentials.encryptedSecret }).from(totpCredentials).where(own);
  const step = factor ? matchTimeStep(decrypt(factor.ciphertext, totpAad(accountId)), code, new Date()) : null;
  if (step === null) return false;
  const used = await tx
    .update(totpCredentials)
    .set({ lastStep: step })
    .where(and(own, lt(totpCredentials.lastStep, step)))
    .returning({ accountId: totpCredentials.accountId });
  return used.length > 0;
}

async function consumeRecoveryCode(tx: Tx, accountId: string, code: string): Promise<boolean> {
  const unused = and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.codeHash, hashSecret(code)), isNull(recoveryCodes.usedAt));
  const used = await tx.update(recoveryCodes).set({ usedAt: sql`now()` }).where(unused).returning({ id: recoveryCodes.id });
  return used.length > 0;
}
