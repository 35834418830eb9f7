import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, authChallenges, recoveryCodes, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { requestPasswordReset, resetPassword } from "@/lib/accounts/commands";
import { hashSecret } from "@/lib/kernel/secrets";
import { signIn } from "@/lib/sessions/commands";
import { getAuthSession } from "@/lib/sessions/queries";
import { newLoginChallenge, currentTotpCode, allowTotpReuse, newAccountWithPassword, invalidTotpCode, submitCode } from "@/lib/testing/totp";
import { validPassword, freezeRateLimits, newRequestMetadata, loadSession, newSession, newAccountContext, openedSession, latestEmailToken, queuedJobs, runQueuedJobs } from "@/lib/testing/sign-in";
import { listAuditEntries, queuedEmailsTo, newMember, newOrg, type TestAccount } from "@/lib/testing/fixtures";
import { disableTwoFactor, verifySecondFactor, regenerateRecoveryCodes } from "@/lib/two-factor/commands";
import { getPendingSecondFactor, getTwoFactorState } from "@/lib/two-factor/queries";

const sessionsOf = ({ id }: TestAccount) => withAuthScope({ accountId: id }, (tx) => tx.$count(sessions, eq(sessions.accountId, id)));

async function submitAndOpen(secret: string, code: string) {
  const passed = await submitCode(secret, code);
  if (!passed) throw new Error("Signing in has to begin again");
  return openedSession(passed);
}

async function ownerWithRecoveryCodes() {
  const owner = await newAccountWithPassword(true);
  const codes = await regenerateRecoveryCodes(await newAccountContext(owner, "password", "code"), { password: validPassword, code: currentTotpCode(owner.seed) });
  return { owner, codes };
}

test("ACC-10, MFA-5: password, then code: the session stores both methods", async () => {
  const owner = await newAccountWithPassword(true);
  const login = await signIn({ origin: newRequestMetadata() }, { email: owner.email, password: validPassword });
  if (login.kind !== "challenge") throw new Error("No code was asked for");
  expect(await sessionsOf(owner)).toBe(0);
  expect(await getPendingSecondFactor(login.secret)).toMatchObject({ accountId: owner.id, email: owner.email });
  const passed = await submitCode(login.secret, currentTotpCode(owner.seed));
  if (!passed) throw new Error("Signing in has to begin again");
  expect(await loadSession(openedSession(passed))).toMatchObject({ account: { id: owner.id }, methods: ["password", "code"] });
  expect(await getPendingSecondFactor(login.secret)).toBeNull();
});

test("MFA-2: one of 20 browsers that send the same valid code in parallel signs in", async () => {
  const owner = await newAccountWithPassword(true);
  const secrets = await Promise.all(Array.from({ length: 20 }, () => newLoginChallenge(owner)));
  const code = currentTotpCode(owner.seed);
  const outcomes = await Promise.allSettled(secrets.map((secret) => submitAndOpen(secret, code)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await sessionsOf(owner)).toBe(1);
});

test("MFA-2: one of 20 parallel submissions of one browser signs in, and the others do not count as failures", async () => {
  const owner = await newAccountWithPassword(true);
  const secret = await newLoginChallenge(owner);
  const code = currentTotpCode(owner.seed);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => submitAndOpen(secret, code)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await sessionsOf(owner)).toBe(1);
  await expect(submitCode(await newLoginChallenge(owner), code)).rejects.toMatchObject({ code: "invalid" });
  await allowTotpReuse(owner);
  expect(await submitAndOpen(await newLoginChallenge(owner), currentTotpCode(owner.seed))).not.toBeNull();
});

test("MFA-4: after five wrong codes a valid one is refused, and the remaining attempts were shown", async () => {
  const owner = await newAccountWithPassword(true);
  const org = await newOrg();
  await newMember(org, "observer", "all", owner);
  const secret = await newLoginChallenge(owner);
  const wrong = invalidTotpCode(owner.seed);
  const messages = [];
  for (let tries = 1; tries < 5; tries += 1) messages.push(await submitCode(secret, wrong).catch((refusal: Error) => refusal.message.split(". ")[1]));
  expect(messages).toEqual(["4 attempts left", "3 attempts left", "2 attempts left", "1 attempt left"]);
  expect(await submitCode(secret, wrong)).toBeNull();
  expect(await submitCode(secret, currentTotpCode(owner.seed))).toBeNull();
  expect(await sessionsOf(owner)).toBe(0);
  const entries = await listAuditEntries({ orgId: org.id });
  expect(entries.map(({ name }) => name)).toEqual(Array.from({ length: 5 }, () => "two_factor.refused"));
  expect(JSON.stringify(entries)).not.toContain(wrong);
});

test("MFA-4, AUT-5: wrong codes are counted per account over all sign-ins; a password reset clears the count", async () => {
  const owner = await newAccountWithPassword(true);
  const wrong = invalidTotpCode(owner.seed);
  const secrets = await Promise.all(Array.from({ length: 30 }, () => newLoginChallenge(owner)));
  const outcomes = await Promise.allSettled(secrets.map((secret) => submitCode(secret, wrong)));
  const evaluated = outcomes.filter(({ status, ...rest }) => status === "rejected" && "reason" in rest && (rest.reason as { code: string }).code === "invalid");
  expect(evaluated.length).toBeGreaterThan(0);
  expect(evaluated.length).toBeLessThanOrEqual(10);
  await freezeRateLimits();
  await expect(submitCode(await newLoginChallenge(owner), currentTotpCode(owner.seed))).rejects.toMatchObject({ code: "busy" });

  await reset(owner);
  expect(await submitAndOpen(await newLoginChallenge(owner), currentTotpCode(owner.seed))).not.toBeNull();
});

async function reset(owner: TestAccount, password = "another-lantern-52-quiet") {
  const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email: owner.email });
  await runQueuedJobs("account.recover", { request });
  const token = await latestEmailToken(owner.email, "reset-password");
  await resetPassword({ origin: newRequestMetadata() }, { token, password });
}

test("MFA-4, AUT-5: repeated password resets do not allow more code guesses", async () => {
  const owner = await newAccountWithPassword(true);
  const wrong = invalidTotpCode(owner.seed);
  const evaluatedCounts = [];
  for (const at of [1, 2, 3]) {
    await reset(owner, `another-lantern-52-quiet-${at}`);
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, async () => submitCode(await newLoginChallenge(owner), wrong)));
    evaluatedCounts.push(outcomes.filter((one) => one.status === "rejected" && (one.reason as { code: string }).code === "invalid").length);
  }
  expect(evaluatedCounts.map((count) => count >= 5)).toEqual([true, true, false]);
});

test("MFA-4, AUT-5: a valid code resets the count of wrong ones", async () => {
  const owner = await newAccountWithPassword(true);
  const wrong = invalidTotpCode(owner.seed);
  for (const _ of [1, 2, 3]) {
    const secret = await newLoginChallenge(owner);
    for (const _try of [1, 2, 3, 4]) await expect(submitCode(secret, wrong)).rejects.toMatchObject({ code: "invalid" });
    expect(await submitAndOpen(secret, currentTotpCode(owner.seed))).not.toBeNull();
    await freezeRateLimits();
    await allowTotpReuse(owner);
  }
});

test("MFA-5: a pending sign-in expires after five minutes and is bound to one browser", async () => {
  const owner = await newAccountWithPassword(true);
  const secret = await newLoginChallenge(owner);
  expect(await submitCode(`${secret}x`, currentTotpCode(owner.seed))).toBeNull();
  await withAuthScope({ accountId: owner.id }, async (tx) => {
    const [row] = await tx.select({ late: sql<boolean>`${authChallenges.expiresAt} <= now() + interval '5 minutes'` }).from(authChallenges).where(eq(authChallenges.accountId, owner.id));
    expect(row?.late).toBe(true);
    await tx.update(authChallenges).set({ expiresAt: sql`now()` }).where(eq(authChallenges.accountId, owner.id));
  });
  expect(await getPendingSecondFactor(secret)).toBeNull();
  expect(await submitCode(secret, currentTotpCode(owner.seed))).toBeNull();
  expect(await sessionsOf(owner)).toBe(0);
});

test("MFA-6: a password reset keeps the second factor, creates no session and voids pending sign-ins", async () => {
  const owner = await newAccountWithPassword(true);
  const secret = await newLoginChallenge(owner);
  await reset(owner);
  expect(await getTwoFactorState(owner.id)).toBe("active");
  expect(await sessionsOf(owner)).toBe(0);
  expect(await submitCode(secret, currentTotpCode(owner.seed))).toBeNull();
});

test("MFA-6: disabling the second factor voids pending sign-ins", async () => {
  const owner = await newAccountWithPassword(true);
  const secret = await newLoginChallenge(owner);
  await disableTwoFactor(await newAccountContext(owner, "password", "code"), { password: validPassword, code: currentTotpCode(owner.seed) });
  await allowTotpReuse(owner);
  expect(await submitCode(secret, currentTotpCode(owner.seed))).toBeNull();
});

test("MFA-6, AUD-1: a valid code does not sign in to an account suspended meanwhile, and the attempt is logged", async () => {
  const owner = await newAccountWithPassword(true);
  const secret = await newLoginChallenge(owner);
  await withAuthScope({ accountId: owner.id }, (tx) => tx.update(accounts).set({ suspendedAt: sql`now()` }).where(eq(accounts.id, owner.id)));
  await expect(submitCode(secret, currentTotpCode(owner.seed))).rejects.toMatchObject({ code: "forbidden" });
  expect(await sessionsOf(owner)).toBe(0);
  expect(await queuedJobs("session.refuse", { account: owner.id })).toHaveLength(1);
});

test("MFA-9: one of 20 parallel uses of a recovery code signs in, and the owner is told how many codes are left", async () => {
  const { owner, codes } = await ownerWithRecoveryCodes();
  const [code = ""] = codes;
  const before = await sessionsOf(owner);
  const secrets = await Promise.all(Array.from({ length: 20 }, () => newLoginChallenge(owner)));
  const outcomes = await Promise.allSettled(secrets.map((secret) => submitAndOpen(secret, code)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await sessionsOf(owner)).toBe(before + 1);
  const messages = (await queuedEmailsTo(owner.email)).filter(({ props }) => /recovery code was used/.test(String(props.what)));
  expect(messages).toMatchObject([{ props: { what: "A recovery code was used to sign in; 9 are left" } }]);
  const used = and(eq(recoveryCodes.accountId, owner.id), sql`used_at is not null`);
  expect(await withAuthScope({ accountId: owner.id }, (tx) => tx.$count(recoveryCodes, used))).toBe(1);
});

test("MFA-9: a recovery code does not work for another account", async () => {
  const [{ codes }, other] = [await ownerWithRecoveryCodes(), await newAccountWithPassword(true)];
  await expect(submitCode(await newLoginChallenge(other), codes[0] ?? "")).rejects.toMatchObject({ code: "invalid" });
});

test("ACC-22: malformed codes are reported at the field and do not count as attempts", async () => {
  const owner = await newAccountWithPassword(true);
  const secret = await newLoginChallenge(owner);
  for (const code of ["", "12345", "1234567", "not a code", "'; drop table accounts; --"]) {
    await expect(submitCode(secret, code)).rejects.toMatchObject({ code: "invalid", fields: { code: [expect.any(String)] } });
  }
  const [challenge] = await withAuthScope({ accountId: owner.id }, (tx) => tx.select().from(authChallenges).where(eq(authChallenges.accountId, owner.id)));
  expect(challenge?.attempts).toBe(0);
});

test("MFA-5: the page of a sign-in that another one replaced in this browser is refused, and its code is not checked", async () => {
  const [ada, bo] = [await newAccountWithPassword(true), await newAccountWithPassword(true)];
  const opened = await getPendingSecondFactor(await newLoginChallenge(ada));
  const replacedBy = await newLoginChallenge(bo);
  for (const code of [currentTotpCode(ada.seed), currentTotpCode(bo.seed), "000000"]) {
    const submitted = verifySecondFactor({ origin: newRequestMetadata(), challengeSecret: replacedBy }, { code, challengeId: opened?.challengeId ?? "" });
    await expect(submitted).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining(`A sign-in as ${bo.email} was started`) });
  }
  expect([await sessionsOf(ada), await sessionsOf(bo)]).toEqual([0, 0]);
  const [challenge] = await withAuthScope({ accountId: bo.id }, (tx) => tx.select().from(authChallenges).where(eq(authChallenges.accountId, bo.id)));
  expect(challenge?.attempts, "nothing counts against the other sign-in").toBe(0);
  expect(await submitCode(replacedBy, currentTotpCode(bo.seed))).toMatchObject({ kind: "session", token: { accountId: bo.id } });
});

test("MFA-5: a challenge secret does not work as a session secret", async () => {
  const owner = await newAccountWithPassword(true);
  const key = await newSession(owner, "password", "code");
  const secret = await newLoginChallenge(owner);
  expect(await getAuthSession({ ...key, secretHash: hashSecret(secret) })).toBeNull();
});
