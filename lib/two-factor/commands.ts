import "server-only";
import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { accounts, recoveryCodes, sessions, twoFactors } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import type { Origin } from "@/lib/access/actor";
import { tellOwner } from "@/lib/accounts/commands";
import { challengeOf, finishChallenge, tryChallenge } from "@/lib/challenges/commands";
import { requirePassword } from "@/lib/confirmations/commands";
import { recordEverywhere } from "@/lib/kernel/history";
import { holdAccount } from "@/lib/kernel/hold";
import { parse } from "@/lib/kernel/parse";
import { ownCommand, type Self } from "@/lib/kernel/personal";
import { only } from "@/lib/kernel/rows";
import { open, seal } from "@/lib/kernel/seal";
import { hashSecret } from "@/lib/kernel/secret";
import { endOthers, type Entrance, finishLogin, noteSuspended, personColumns, type SessionToken } from "@/lib/sessions/commands";
import { forgive, giveBack, reserve } from "@/lib/throttles/commands";
import { codesLeft, forgottenSeed, requirers, waitingSeed } from "@/lib/two-factor/queries";
import { inGroups, newRecoveryCodes, newSeed, placeOf, stepOf } from "@/lib/two-factor/rules";
import { codeIn, PassSecondFactor, ProveTwice, type TypedCode, VerifyTwoFactor } from "@/lib/two-factor/schema";
import type { Wanted } from "@/lib/vocabulary/entrance";
import { Fault } from "@/lib/vocabulary/fault";

const wrongCode = (more = "") => {
  const message = `This code is not right, or it was used before${more}`;
  return new Fault("invalid", message, { code: [message] });
};

/** Creates a pending TOTP secret unless there is one; it takes effect once a code is verified. */
export async function prepareTwoFactor(tx: Tx, accountId: string): Promise<boolean> {
  await tx.delete(twoFactors).where(forgottenSeed(accountId));
  const inserted = await tx
    .insert(twoFactors)
    .values({ accountId, sealedSecret: seal(newSeed(), placeOf(accountId)) })
    .onConflictDoNothing({ target: twoFactors.accountId })
    .returning({ accountId: twoFactors.accountId });
  return inserted.length > 0;
}

/** Deletes a pending TOTP secret; an active one stays. */
export async function forgetUnverified(tx: Tx, accountId: string): Promise<void> {
  await tx.delete(twoFactors).where(and(eq(twoFactors.accountId, accountId), isNull(twoFactors.verifiedAt)));
}

/** Starts the two-factor set-up from the page that requires it. */
export const beginTwoFactor = ownCommand({
  input: z.object({}),
  async run({ tx, self: { account }, record }) {
    const isNew = await prepareTwoFactor(tx, account.id);
    await record("account.updated", { before: { twoFactor: isNew ? "off" : "pending" }, after: { twoFactor: "pending" } });
  },
});

/**
 * Enables two-factor authentication with the first valid code: returns ten recovery codes, rotates the session's secret
 * and ends all other sessions.
 */
export const verifyTwoFactor = ownCommand({
  input: VerifyTwoFactor,
  async run({ tx, self, record }, { code }) {
    const { account, origin } = self;
    const isPending = waitingSeed(account.id);
    const [pending] = await tx.select({ ciphertext: twoFactors.sealedSecret }).from(twoFactors).where(isPending);
    if (!pending) throw new Fault("conflict", "There is nothing to verify. Open My Account to see how it stands");
    const step = stepOf(open(pending.ciphertext, placeOf(account.id)), codeIn(code)?.text ?? "", new Date());
    if (step === null) throw wrongCode(". Check that the clock of your phone is right");
    await tx.update(twoFactors).set({ verifiedAt: sql`now()`, lastStep: step }).where(isPending);
    await tx.update(accounts).set({ twoFactorSince: sql`now()` }).where(eq(accounts.id, account.id));
    const methods = sql`array_append(array_remove(${sessions.methods}, 'code'), 'code')`;
    const token = await endOthers(tx, self, "two-factor authentication enabled", { methods, confirmedAt: sql`now()` });
    const codes = await replaceRecoveryCodes(tx, account.id);
    await record("two_factor.enabled");
    await tellOwner(tx, account.email, "Two-factor authentication was enabled", origin);
    return { codes, token };
  },
});

async function replaceRecoveryCodes(tx: Tx, accountId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ accountId, codeHash: hashSecret(code) })));
  return codes.map((code) => inGroups(code));
}

/** Disables two-factor authentication by password and code, unless an organization requires it; rotates the session's secret. */
export async function disableTwoFactor(self: Self, raw: unknown): Promise<SessionToken> {
  const token = await disable(self, raw);
  if (!token) throw wrongCode();
  return token;
}

const disable = ownCommand({
  input: ProveTwice,
  prepare: (self, { password }) => requirePassword(self, password),
  async run({ tx, self, prepared: verifiedHash, record }, { code }) {
    const { account, origin } = self;
    const requiredBy = await requirers(tx);
    if (requiredBy.length > 0) throw new Fault("forbidden", `It cannot be disabled: ${requiredBy.join(", ")} requires it`);
    await requirePasswordUnchanged(tx, account.id, verifiedHash);
    if (!(await consumeLimitAndCode(tx, account.id, codeIn(code)))) {
      await record("two_factor.refused");
      return null;
    }
    await tx.delete(twoFactors).where(eq(twoFactors.accountId, account.id));
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, account.id));
    await tx.update(accounts).set({ twoFactorSince: null }).where(eq(accounts.id, account.id));
    const token = await endOthers(tx, self, "two-factor authentication disabled");
    await record("two_factor.disabled");
    await tellOwner(tx, account.email, "Two-factor authentication was disabled", origin);
    return token;
  },
});

/** Replaces the recovery codes by ten new ones, by password and code. */
export async function renewRecoveryCodes(self: Self, raw: unknown): Promise<string[]> {
  const codes = await regenerate(self, raw);
  if (!codes) throw wrongCode();
  return codes;
}

const regenerate = ownCommand({
  input: ProveTwice,
  prepare: (self, { password }) => requirePassword(self, password),
  async run({ tx, self: { account, origin }, prepared: verifiedHash, record }, { code }) {
    await requirePasswordUnchanged(tx, account.id, verifiedHash);
    if (!(await consumeLimitAndCode(tx, account.id, codeIn(code)))) {
      await record("two_factor.refused");
      return null;
    }
    const codes = await replaceRecoveryCodes(tx, account.id);
    await record("recovery_codes.renewed");
    await tellOwner(tx, account.email, "New recovery codes were made; the old ones no longer work", origin);
    return codes;
  },
});

/** Throws `conflict` when the password has changed since it was verified. */
async function requirePasswordUnchanged(tx: Tx, accountId: string, verifiedHash: string) {
  const same = and(eq(accounts.id, accountId), eq(accounts.passwordHash, verifiedHash));
  const rows = await tx.select({ id: accounts.id }).from(accounts).where(same);
  if (rows.length === 0) throw new Fault("conflict", "Your password was changed elsewhere just now. Open this page again");
}

/** Counts an attempt and consumes the code if it is valid. */
async function consumeLimitAndCode(tx: Tx, accountId: string, code: TypedCode | null): Promise<boolean> {
  await reserve(tx, "second_factor", accountId);
  return code !== null && consumeCode(tx, accountId, code);
}

/** Consumes a valid code in one conditional statement, so that only one of several parallel uses succeeds. */
async function consumeCode(tx: Tx, accountId: string, { method, text }: TypedCode): Promise<boolean> {
  const used = method === "code" ? await consumeTimeStep(tx, accountId, text) : await consumeRecoveryCode(tx, accountId, text);
  if (used) await forgive(tx, "second_factor", accountId);
  return used;
}

async function consumeTimeStep(tx: Tx, accountId: string, code: string): Promise<boolean> {
  const own = and(eq(twoFactors.accountId, accountId), isNotNull(twoFactors.verifiedAt));
  const [factor] = await tx.select({ ciphertext: twoFactors.sealedSecret }).from(twoFactors).where(own);
  const step = factor ? stepOf(open(factor.ciphertext, placeOf(accountId)), code, new Date()) : null;
  if (step === null) return false;
  const used = await tx
    .update(twoFactors)
    .set({ lastStep: step })
    .where(and(own, lt(twoFactors.lastStep, step)))
    .returning({ accountId: twoFactors.accountId });
  return used.length > 0;
}

async function consumeRecoveryCode(tx: Tx, accountId: string, code: string): Promise<boolean> {
  const unused = and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.codeHash, hashSecret(code)), isNull(recoveryCodes.usedAt));
  const used = await tx.update(recoveryCodes).set({ usedAt: sql`now()` }).where(unused).returning({ id: recoveryCodes.id });
  return used.length > 0;
}

type SecondFactorLogin = { loginResult: Entrance; returnTo: Wanted };
type Outcome = { login: SecondFactorLogin } | { triesLeft: number };

const challengeExpired: Outcome = { triesLeft: 0 };

/**
 * Completes a pending sign-in with a second factor. Every attempt is counted; a valid code and its challenge are consumed.
 * Null when the sign-in must start again.
 */
export async function passSecondFactor(raw: unknown, secret: string, origin: Origin): Promise<SecondFactorLogin | null> {
  const code = codeIn(parse(PassSecondFactor, raw).code);
  const linkHash = hashSecret(secret);
  const pending = await asVisitor({ linkHash }, (tx) => challengeOf(tx, "second_factor", secret));
  const accountId = pending?.accountId;
  if (!accountId) return null;
  const outcome = await asVisitor({ accountId, linkHash }, async (tx): Promise<Outcome> => {
    if (!(await holdAccount(tx, accountId, "share"))) return challengeExpired;
    await reserve(tx, "second_factor", accountId);
    const challenge = await tryChallenge(tx, "second_factor", secret);
    if (!challenge) {
      await giveBack(tx, "second_factor", accountId);
      return challengeExpired;
    }
    const person = await only(tx.select(personColumns).from(accounts).where(eq(accounts.id, accountId)));
    if (!code || !(await consumeCode(tx, accountId, code))) {
      await recordEverywhere(tx, person, origin, "two_factor.refused");
      return challenge;
    }
    await finishChallenge(tx, "second_factor", secret);
    if (code.method === "recovery") await recordRecoveryCodeUse(tx, person, origin);
    const returnTo = challenge.wanted ?? { path: null };
    return { login: { loginResult: await finishLogin(tx, accountId, [...challenge.methods, code.method], returnTo), returnTo } };
  }).catch(noteSuspended(accountId, origin));
  if ("login" in outcome) return outcome.login;
  if (outcome.triesLeft === 0) return null;
  throw wrongCode(`. ${outcome.triesLeft === 1 ? "1 try is" : `${outcome.triesLeft} tries are`} left`);
}

type AccountOwner = Parameters<typeof recordEverywhere>[1];

async function recordRecoveryCodeUse(tx: Tx, person: AccountOwner, origin: Origin) {
  const count = await codesLeft(tx, person.id);
  const remaining = `${count} ${count === 1 ? "is" : "are"} left`;
  await recordEverywhere(tx, person, origin, "recovery_code.used", { note: `(${remaining})` });
  await tellOwner(tx, person.email, `A recovery code was used to sign in; ${remaining}`, origin);
}
