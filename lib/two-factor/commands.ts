import "server-only";
import { and, eq, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { accounts, recoveryCodes, sessions, totpCredentials } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { RequestMetadata } from "@/lib/access/actor";
import { sendSecurityNotice } from "@/lib/accounts/internal";
import { consumeAuthChallenge, countChallengeAttempt } from "@/lib/auth-challenges/internal";
import { requireCurrentPassword } from "@/lib/reauthentication/internal";
import { recordAccountEvent } from "@/lib/kernel/account-events";
import { lockAccount } from "@/lib/kernel/lock-account";
import { accountCommand } from "@/lib/kernel/account-command";
import { expectOne } from "@/lib/kernel/expect-one";
import { decrypt } from "@/lib/kernel/encryption";
import { publicCommand } from "@/lib/kernel/public-command";
import { RejectAfterCommit } from "@/lib/kernel/reject-after-commit";
import { hashSecret } from "@/lib/kernel/secrets";
import { revokeOtherSessions, type LoginContext, type LoginResult, completePrimaryAuth, recordSuspendedLogin, type SessionToken } from "@/lib/sessions/internal";
import { accountNameColumns } from "@/lib/accounts/queries";
import { refundLimit, consumeLimit } from "@/lib/kernel/rate-limits";
import { createPendingTotp, replaceRecoveryCodes, consumeCode } from "@/lib/two-factor/internal";
import { getPendingSecondFactor, unusedRecoveryCodesById, orgsRequiring2fa, pendingTotp } from "@/lib/two-factor/queries";
import { totpAad, matchTimeStep } from "@/lib/two-factor/rules";
import { parseSecondFactorCode, VerifySecondFactor, PasswordAndCode, type SecondFactorCode, CompleteTwoFactorSetup } from "@/lib/two-factor/schema";
import { AppError, OtherAccountError } from "@/lib/shared/app-error";

const wrongCode = (more = "") => {
  const message = `Wrong or already used code${more}`;
  return new AppError("invalid", message, { code: [message] });
};

/** Starts the two-factor set-up from the page that requires it. */
export const startTwoFactorSetup = accountCommand({
  input: z.object({}),
  async run({ tx, self: { account }, record }) {
    const isNew = await createPendingTotp(tx, account.id);
    await record("account.updated", { before: { twoFactor: isNew ? "off" : "pending" }, after: { twoFactor: "pending" } });
  },
});

/**
 * Enables two-factor authentication with the first valid code: returns ten recovery codes, rotates the session's secret
 * and ends all other sessions.
 */
export const completeTwoFactorSetup = accountCommand({
  input: CompleteTwoFactorSetup,
  async run({ tx, self, record }, { code }) {
    const { account, origin } = self;
    const isPending = pendingTotp(account.id);
    const [pending] = await tx.select({ ciphertext: totpCredentials.encryptedSecret }).from(totpCredentials).where(isPending);
    if (!pending) throw new AppError("conflict", "There is nothing to verify. Check the status in My Account");
    const step = matchTimeStep(decrypt(pending.ciphertext, totpAad(account.id)), parseSecondFactorCode(code)?.text ?? "", new Date());
    if (step === null) throw wrongCode(". Check that your phone’s clock is right");
    await tx.update(totpCredentials).set({ verifiedAt: sql`now()`, lastStep: step }).where(isPending);
    await tx.update(accounts).set({ twoFactorEnabledAt: sql`now()` }).where(eq(accounts.id, account.id));
    const methods = sql`array_append(array_remove(${sessions.methods}, 'code'), 'code')`;
    const token = await revokeOtherSessions(tx, self, "two-factor authentication enabled", { methods, reauthenticatedAt: sql`now()` });
    const codes = await replaceRecoveryCodes(tx, account.id);
    await record("two_factor.enabled");
    await sendSecurityNotice(tx, account.email, "Two-factor authentication was enabled", origin);
    return { codes, token };
  },
});

/** Disables two-factor authentication by password and code, unless an organization requires it; rotates the session's secret. */
export const disableTwoFactor = accountCommand({
  input: PasswordAndCode,
  prepare: (self, { password }) => requireCurrentPassword(self, password),
  async run({ tx, self, prepared: verifiedHash, record }, { code }): Promise<SessionToken | RejectAfterCommit> {
    const { account, origin } = self;
    const requiredBy = await orgsRequiring2fa(tx);
    if (requiredBy.length > 0) throw new AppError("forbidden", `You can’t disable it: ${requiredBy.join(", ")} requires it`);
    await requirePasswordUnchanged(tx, account.id, verifiedHash);
    if (!(await consumeLimitAndCode(tx, account.id, parseSecondFactorCode(code)))) {
      await record("two_factor.refused");
      return new RejectAfterCommit(wrongCode());
    }
    await tx.delete(totpCredentials).where(eq(totpCredentials.accountId, account.id));
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, account.id));
    await tx.update(accounts).set({ twoFactorEnabledAt: null }).where(eq(accounts.id, account.id));
    const token = await revokeOtherSessions(tx, self, "two-factor authentication disabled");
    await record("two_factor.disabled");
    await sendSecurityNotice(tx, account.email, "Two-factor authentication was disabled", origin);
    return token;
  },
});

/** Replaces the recovery codes by ten new ones, by password and code. */
export const regenerateRecoveryCodes = accountCommand({
  input: PasswordAndCode,
  prepare: (self, { password }) => requireCurrentPassword(self, password),
  async run({ tx, self: { account, origin }, prepared: verifiedHash, record }, { code }): Promise<string[] | RejectAfterCommit> {
    await requirePasswordUnchanged(tx, account.id, verifiedHash);
    if (!(await consumeLimitAndCode(tx, account.id, parseSecondFactorCode(code)))) {
      await record("two_factor.refused");
      return new RejectAfterCommit(wrongCode());
    }
    const codes = await replaceRecoveryCodes(tx, account.id);
    await record("recovery_codes.renewed");
    await sendSecurityNotice(tx, account.email, "New recovery codes were made; the old ones no longer work", origin);
    return codes;
  },
});

/** Throws `conflict` when the password has changed since it was verified. */
async function requirePasswordUnchanged(tx: Tx, accountId: string, verifiedHash: string) {
  const same = and(eq(accounts.id, accountId), eq(accounts.passwordHash, verifiedHash));
  const rows = await tx.select({ id: accounts.id }).from(accounts).where(same);
  if (rows.length === 0) throw new AppError("conflict", "Your password was just changed elsewhere. Open this page again");
}

/** Counts an attempt and consumes the code if it is valid. */
async function consumeLimitAndCode(tx: Tx, accountId: string, code: SecondFactorCode | null): Promise<boolean> {
  await consumeLimit(tx, "second_factor", accountId);
  return code !== null && consumeCode(tx, accountId, code);
}

const otherSignInError = (email: string) =>
  new OtherAccountError("conflict", `A sign-in as ${email} was started in this browser after this page was opened. The code wasn’t checked`);

/** Request metadata, and the secret of the sign-in that waits for its second factor. */
export type SecondFactorContext = LoginContext & { challengeSecret: string };

/**
 * Completes a pending sign-in with a second factor. Every attempt is counted; a valid code and its challenge are consumed.
 * Null when the sign-in must start again; refused when the page belongs to another sign-in than this browser's latest.
 */
export const verifySecondFactor = publicCommand({
  input: VerifySecondFactor,
  async prepare({ challengeSecret }: SecondFactorContext, { challengeId }) {
    const pending = await getPendingSecondFactor(challengeSecret);
    if (pending && pending.challengeId !== challengeId) throw otherSignInError(pending.email);
    return { accountId: pending?.accountId ?? null, tokenHash: hashSecret(challengeSecret) };
  },
  scope: (_context, _input, { accountId, tokenHash }) => ({ accountId: accountId ?? undefined, tokenHash }),
  async run({ tx, prepared: { accountId }, ...operation }, input): Promise<LoginResult | null | RejectAfterCommit> {
    const { context: { challengeSecret, origin }, record, nothingChanged } = operation;
    nothingChanged();
    if (!accountId || !(await lockAccount(tx, accountId, "no key update"))) return null;
    await consumeLimit(tx, "second_factor", accountId);
    const challenge = await countChallengeAttempt(tx, "second_factor", challengeSecret);
    if (!challenge) {
      await refundLimit(tx, "second_factor", accountId);
      return null;
    }
    const person = await expectOne(tx.select(accountNameColumns).from(accounts).where(eq(accounts.id, accountId)));
    const code = parseSecondFactorCode(input.code);
    if (!code || !(await consumeCode(tx, accountId, code))) {
      await record(person, "two_factor.refused");
      return challenge.attemptsLeft === 0 ? null : new RejectAfterCommit(wrongCode(`. ${attemptsText(challenge.attemptsLeft)}`));
    }
    await consumeAuthChallenge(tx, "second_factor", challengeSecret);
    if (code.method === "recovery") await recordRecoveryCodeUse(tx, person, origin);
    return completePrimaryAuth(tx, operation, accountId, [...challenge.methods, code.method], challenge.unmetPasswordRules);
  },
  async onError(error, { origin }, { accountId }) {
    if (accountId) return recordSuspendedLogin(accountId, origin)(error);
    throw error;
  },
});

const attemptsText = (left: number) => (left === 1 ? "1 attempt left" : `${left} attempts left`);

type AccountOwner = Parameters<typeof recordAccountEvent>[1];

async function recordRecoveryCodeUse(tx: Tx, person: AccountOwner, origin: RequestMetadata) {
  const count = await unusedRecoveryCodesById(tx, person.id);
  const remaining = `${count} ${count === 1 ? "is" : "are"} left`;
  await recordAccountEvent(tx, person, origin, "recovery_code.used", { note: `(${remaining})` });
  await sendSecurityNotice(tx, person.email, `A recovery code was used to sign in; ${remaining}`, origin);
}
