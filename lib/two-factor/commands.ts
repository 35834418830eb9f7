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
  const words = `This code is not right, or it was used before${more}`;
  return new Fault("invalid", words, { code: [words] });
};

/** Gives the account a secret for an authenticator, where it has none or one that waited too long; it counts once a code was right (ACC-22). */
export async function prepareTwoFactor(tx: Tx, accountId: string): Promise<boolean> {
  await tx.delete(twoFactors).where(forgottenSeed(accountId));
  const made = await tx
    .insert(twoFactors)
    .values({ accountId, sealedSecret: seal(newSeed(), placeOf(accountId)) })
    .onConflictDoNothing({ target: twoFactors.accountId })
    .returning({ accountId: twoFactors.accountId });
  return made.length > 0;
}

/** Drops a secret that no code has verified; one that counts stays. */
export async function forgetUnverified(tx: Tx, accountId: string): Promise<void> {
  await tx.delete(twoFactors).where(and(eq(twoFactors.accountId, accountId), isNull(twoFactors.verifiedAt)));
}

/** Begins the set-up from the page that demands it, where there is no form of the profile (ACC-23). */
export const beginTwoFactor = ownCommand({
  input: z.object({}),
  async run({ tx, self: { account }, record }) {
    const prepared = await prepareTwoFactor(tx, account.id);
    await record("account.updated", { before: { twoFactor: prepared ? "off" : "pending" }, after: { twoFactor: "pending" } });
  },
});

/**
 * Makes the second factor count, by the first right code: ten recovery codes are handed back once, the session gets a
 * new key and every other one ends (ACC-22, MFA-8, MFA-9, SES-2).
 */
export const verifyTwoFactor = ownCommand({
  input: VerifyTwoFactor,
  async run({ tx, self, record }, { code }) {
    const { account, origin } = self;
    const waits = waitingSeed(account.id);
    const [pending] = await tx.select({ sealed: twoFactors.sealedSecret }).from(twoFactors).where(waits);
    if (!pending) throw new Fault("conflict", "There is nothing to verify. Open My Account to see how it stands");
    const step = stepOf(open(pending.sealed, placeOf(account.id)), codeIn(code)?.text ?? "", new Date());
    if (step === null) throw wrongCode(". Check that the clock of your phone is right");
    await tx.update(twoFactors).set({ verifiedAt: sql`now()`, lastStep: step }).where(waits);
    await tx.update(accounts).set({ twoFactorSince: sql`now()` }).where(eq(accounts.id, account.id));
    const methods = sql`array_append(array_remove(${sessions.methods}, 'code'), 'code')`;
    const token = await endOthers(tx, self, "two-factor authentication enabled", { methods, confirmedAt: sql`now()` });
    const codes = await replaceCodes(tx, account.id);
    await record("two_factor.enabled");
    await tellOwner(tx, account.email, "Two-factor authentication was enabled", origin);
    return { codes, token };
  },
});

async function replaceCodes(tx: Tx, accountId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ accountId, codeHash: hashSecret(code) })));
  return codes.map((code) => inGroups(code));
}

/** Ends the second factor, by password and code, unless an organization requires it; the session gets a new key (MFA-8, SES-2). */
export async function disableTwoFactor(self: Self, raw: unknown): Promise<SessionToken> {
  const token = await disable(self, raw);
  if (!token) throw wrongCode();
  return token;
}

const disable = ownCommand({
  input: ProveTwice,
  prepare: (self, { password }) => requirePassword(self, password),
  async run({ tx, self, prepared: compared, record }, { code }) {
    const { account, origin } = self;
    const asking = await requirers(tx);
    if (asking.length > 0) throw new Fault("forbidden", `It cannot be disabled: ${asking.join(", ")} requires it`);
    await requireStill(tx, account.id, compared);
    if (!(await proveSecondFactor(tx, account.id, codeIn(code)))) {
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

/** Makes ten new recovery codes, by password and code; the old ones are void (MFA-9). */
export async function renewRecoveryCodes(self: Self, raw: unknown): Promise<string[]> {
  const codes = await renew(self, raw);
  if (!codes) throw wrongCode();
  return codes;
}

const renew = ownCommand({
  input: ProveTwice,
  prepare: (self, { password }) => requirePassword(self, password),
  async run({ tx, self: { account, origin }, prepared: compared, record }, { code }) {
    await requireStill(tx, account.id, compared);
    if (!(await proveSecondFactor(tx, account.id, codeIn(code)))) {
      await record("two_factor.refused");
      return null;
    }
    const codes = await replaceCodes(tx, account.id);
    await record("recovery_codes.renewed");
    await tellOwner(tx, account.email, "New recovery codes were made; the old ones no longer work", origin);
    return codes;
  },
});

/** Refuses what was begun with a password that is another by now. */
async function requireStill(tx: Tx, accountId: string, compared: string) {
  const same = and(eq(accounts.id, accountId), eq(accounts.passwordHash, compared));
  const still = await tx.select({ id: accounts.id }).from(accounts).where(same);
  if (still.length === 0) throw new Fault("conflict", "Your password was changed elsewhere just now. Open this page again");
}

/** Counts a try, commits it whatever comes of it, and uses the code up where it is right. */
async function proveSecondFactor(tx: Tx, accountId: string, typed: TypedCode | null): Promise<boolean> {
  await reserve(tx, "second_factor", accountId);
  return typed !== null && useCode(tx, accountId, typed);
}

/** Uses a right code up in one conditional statement: of many at once, one is right (MFA-2, MFA-9). */
async function useCode(tx: Tx, accountId: string, { method, text }: TypedCode): Promise<boolean> {
  const used = method === "code" ? await useStep(tx, accountId, text) : await useRecovery(tx, accountId, text);
  if (used) await forgive(tx, "second_factor", accountId);
  return used;
}

async function useStep(tx: Tx, accountId: string, code: string): Promise<boolean> {
  const own = and(eq(twoFactors.accountId, accountId), isNotNull(twoFactors.verifiedAt));
  const [factor] = await tx.select({ sealed: twoFactors.sealedSecret }).from(twoFactors).where(own);
  const step = factor ? stepOf(open(factor.sealed, placeOf(accountId)), code, new Date()) : null;
  if (step === null) return false;
  const used = await tx
    .update(twoFactors)
    .set({ lastStep: step })
    .where(and(own, lt(twoFactors.lastStep, step)))
    .returning({ accountId: twoFactors.accountId });
  return used.length > 0;
}

async function useRecovery(tx: Tx, accountId: string, code: string): Promise<boolean> {
  const unused = and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.codeHash, hashSecret(code)), isNull(recoveryCodes.usedAt));
  const used = await tx.update(recoveryCodes).set({ usedAt: sql`now()` }).where(unused).returning({ id: recoveryCodes.id });
  return used.length > 0;
}

type Passed = { entrance: Entrance; wanted: Wanted };
type Outcome = { passed: Passed } | { triesLeft: number };

const over = { triesLeft: 0 };

/**
 * Ends a sign-in that a second factor was asked for: counts the try whatever comes of it, uses up code and challenge
 * where it is right, and goes on where every road ends. Null when the sign-in must begin again (MFA-2, MFA-4, MFA-5).
 */
export async function passSecondFactor(raw: unknown, secret: string, origin: Origin): Promise<Passed | null> {
  const typed = codeIn(parse(PassSecondFactor, raw).code);
  const linkHash = hashSecret(secret);
  const waiting = await asVisitor({ linkHash }, (tx) => challengeOf(tx, "second_factor", secret));
  const accountId = waiting?.accountId;
  if (!accountId) return null;
  const outcome = await asVisitor({ accountId, linkHash }, async (tx): Promise<Outcome> => {
    if (!(await holdAccount(tx, accountId, "share"))) return over;
    await reserve(tx, "second_factor", accountId);
    const begun = await tryChallenge(tx, "second_factor", secret);
    if (!begun) {
      await giveBack(tx, "second_factor", accountId);
      return over;
    }
    const person = await only(tx.select(personColumns).from(accounts).where(eq(accounts.id, accountId)));
    if (!typed || !(await useCode(tx, accountId, typed))) {
      await recordEverywhere(tx, person, origin, "two_factor.refused");
      return begun;
    }
    await finishChallenge(tx, "second_factor", secret);
    if (typed.method === "recovery") await tellOfRecovery(tx, person, origin);
    const wanted = begun.wanted ?? { path: null };
    return { passed: { entrance: await finishLogin(tx, accountId, [...begun.methods, typed.method], wanted), wanted } };
  }).catch(noteSuspended(accountId, origin));
  if ("passed" in outcome) return outcome.passed;
  if (outcome.triesLeft === 0) return null;
  throw wrongCode(`. ${outcome.triesLeft === 1 ? "1 try is" : `${outcome.triesLeft} tries are`} left`);
}

type Person = Parameters<typeof recordEverywhere>[1];

async function tellOfRecovery(tx: Tx, person: Person, origin: Origin) {
  const left = await codesLeft(tx, person.id);
  const words = `${left} ${left === 1 ? "is" : "are"} left`;
  await recordEverywhere(tx, person, origin, "recovery_code.used", { note: `(${words})` });
  await tellOwner(tx, person.email, `A recovery code was used to sign in; ${words}`, origin);
}
