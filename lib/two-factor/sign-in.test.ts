import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, challenges, recoveryCodes, sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { requestReset, resetPassword } from "@/lib/accounts/commands";
import { hashSecret } from "@/lib/kernel/secret";
import { openSession, signIn } from "@/lib/sessions/commands";
import { presentSession } from "@/lib/sessions/queries";
import { challengeFor, codeNow, letStepsPass, newOwner, wrongCodeFor } from "@/lib/testing/two-factor";
import { goodPassword, holdWaits, newVisitor, presentAt, sessionOf, signedInAs, tokenMailed, waiting, work } from "@/lib/testing/visitors";
import { entriesOf, mailsTo, newMember, newOrg, type Person } from "@/lib/testing/world";
import { disableTwoFactor, passSecondFactor, renewRecoveryCodes } from "@/lib/two-factor/commands";
import { halfSignedIn, twoFactorOf } from "@/lib/two-factor/queries";

const submitCode = (secret: string, code: string) => passSecondFactor({ code }, secret, newVisitor());
const sessionsOf = ({ id }: Person) => asVisitor({ accountId: id }, (tx) => tx.$count(sessions, eq(sessions.accountId, id)));

async function submitAndOpen(secret: string, code: string) {
  const passed = await submitCode(secret, code);
  if (passed?.loginResult.kind !== "ticket") throw new Error("Signing in has to begin again");
  return openSession(passed.loginResult.secret, newVisitor());
}

async function ownerWithRecoveryCodes() {
  const owner = await newOwner(true);
  const codes = await renewRecoveryCodes(await signedInAs(owner, "password", "code"), { password: goodPassword, code: codeNow(owner.seed) });
  return { owner, codes };
}

test("ACC-10, MFA-5: password, then code: the session stores both methods, and the return path is kept", async () => {
  const owner = await newOwner(true);
  const loginResult = await signIn({ email: owner.email, password: goodPassword }, { origin: newVisitor() }, { path: "/wanted" });
  expect(loginResult.kind).toBe("challenge");
  expect(await sessionsOf(owner)).toBe(0);
  expect(await halfSignedIn(loginResult.secret)).toEqual({ accountId: owner.id, email: owner.email });
  const passed = await submitCode(loginResult.secret, codeNow(owner.seed));
  expect(passed).toMatchObject({ returnTo: { path: "/wanted" }, loginResult: { kind: "ticket", accountId: owner.id } });
  const opened = await openSession(passed?.loginResult.secret ?? "", newVisitor());
  expect(await presentAt({ ...opened, accountId: owner.id, sessionId: opened?.sessionId ?? "", secretHash: hashSecret(opened?.secret ?? "") })).toMatchObject({ methods: ["password", "code"] });
  expect(await halfSignedIn(loginResult.secret)).toBeNull();
});

test("MFA-2: one of 20 browsers that send the same valid code in parallel signs in", async () => {
  const owner = await newOwner(true);
  const secrets = await Promise.all(Array.from({ length: 20 }, () => challengeFor(owner)));
  const code = codeNow(owner.seed);
  const outcomes = await Promise.allSettled(secrets.map((secret) => submitAndOpen(secret, code)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await sessionsOf(owner)).toBe(1);
});

test("MFA-2: one of 20 parallel submissions of one browser signs in, and the others do not count as failures", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  const code = codeNow(owner.seed);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => submitAndOpen(secret, code)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await sessionsOf(owner)).toBe(1);
  await expect(submitCode(await challengeFor(owner), code)).rejects.toMatchObject({ code: "invalid" });
  await letStepsPass(owner);
  expect(await submitAndOpen(await challengeFor(owner), codeNow(owner.seed))).not.toBeNull();
});

test("MFA-4: after five wrong codes a valid one is refused, and the remaining attempts were shown", async () => {
  const owner = await newOwner(true);
  const org = await newOrg();
  await newMember(org, "observer", "all", owner);
  const secret = await challengeFor(owner);
  const wrong = wrongCodeFor(owner.seed);
  const messages = [];
  for (let tries = 1; tries < 5; tries += 1) messages.push(await submitCode(secret, wrong).catch((refusal: Error) => refusal.message.split(". ")[1]));
  expect(messages).toEqual(["4 tries are left", "3 tries are left", "2 tries are left", "1 try is left"]);
  expect(await submitCode(secret, wrong)).toBeNull();
  expect(await submitCode(secret, codeNow(owner.seed))).toBeNull();
  expect(await sessionsOf(owner)).toBe(0);
  const entries = await entriesOf({ orgId: org.id });
  expect(entries.map(({ name }) => name)).toEqual(Array.from({ length: 5 }, () => "two_factor.refused"));
  expect(JSON.stringify(entries)).not.toContain(wrong);
});

test("MFA-4, AUT-5: wrong codes are counted per account over all sign-ins; a password reset clears the count", async () => {
  const owner = await newOwner(true);
  const wrong = wrongCodeFor(owner.seed);
  const secrets = await Promise.all(Array.from({ length: 30 }, () => challengeFor(owner)));
  const outcomes = await Promise.allSettled(secrets.map((secret) => submitCode(secret, wrong)));
  const evaluated = outcomes.filter(({ status, ...rest }) => status === "rejected" && "reason" in rest && (rest.reason as { code: string }).code === "invalid");
  expect(evaluated.length).toBeGreaterThan(0);
  expect(evaluated.length).toBeLessThanOrEqual(10);
  await holdWaits();
  await expect(submitCode(await challengeFor(owner), codeNow(owner.seed))).rejects.toMatchObject({ code: "busy" });

  await reset(owner);
  expect(await submitAndOpen(await challengeFor(owner), codeNow(owner.seed))).not.toBeNull();
});

async function reset(owner: Person, password = "another-lantern-52-quiet") {
  const request = await requestReset({ email: owner.email }, newVisitor());
  await work("account.recover", { request });
  const token = await tokenMailed(owner.email, "reset-password");
  await resetPassword({ token, password }, newVisitor());
}

test("MFA-4, AUT-5: repeated password resets do not allow more code guesses", async () => {
  const owner = await newOwner(true);
  const wrong = wrongCodeFor(owner.seed);
  const evaluatedCounts = [];
  for (const at of [1, 2, 3]) {
    await reset(owner, `another-lantern-52-quiet-${at}`);
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, async () => submitCode(await challengeFor(owner), wrong)));
    evaluatedCounts.push(outcomes.filter((one) => one.status === "rejected" && (one.reason as { code: string }).code === "invalid").length);
  }
  expect(evaluatedCounts.map((count) => count >= 5)).toEqual([true, true, false]);
});

test("MFA-4, AUT-5: a valid code resets the count of wrong ones", async () => {
  const owner = await newOwner(true);
  const wrong = wrongCodeFor(owner.seed);
  for (const _ of [1, 2, 3]) {
    const secret = await challengeFor(owner);
    for (const _try of [1, 2, 3, 4]) await expect(submitCode(secret, wrong)).rejects.toMatchObject({ code: "invalid" });
    expect(await submitAndOpen(secret, codeNow(owner.seed))).not.toBeNull();
    await holdWaits();
    await letStepsPass(owner);
  }
});

test("MFA-5: a pending sign-in expires after five minutes and is bound to one browser", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  expect(await submitCode(`${secret}x`, codeNow(owner.seed))).toBeNull();
  await asVisitor({ accountId: owner.id }, async (tx) => {
    const [row] = await tx.select({ late: sql<boolean>`${challenges.expiresAt} <= now() + interval '5 minutes'` }).from(challenges).where(eq(challenges.accountId, owner.id));
    expect(row?.late).toBe(true);
    await tx.update(challenges).set({ expiresAt: sql`now()` }).where(eq(challenges.accountId, owner.id));
  });
  expect(await halfSignedIn(secret)).toBeNull();
  expect(await submitCode(secret, codeNow(owner.seed))).toBeNull();
  expect(await sessionsOf(owner)).toBe(0);
});

test("MFA-6: a password reset keeps the second factor, creates no session and voids pending sign-ins", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  await reset(owner);
  expect(await twoFactorOf(owner.id)).toBe("active");
  expect(await sessionsOf(owner)).toBe(0);
  expect(await submitCode(secret, codeNow(owner.seed))).toBeNull();
});

test("MFA-6: disabling the second factor voids pending sign-ins", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  await disableTwoFactor(await signedInAs(owner, "password", "code"), { password: goodPassword, code: codeNow(owner.seed) });
  await letStepsPass(owner);
  expect(await submitCode(secret, codeNow(owner.seed))).toBeNull();
});

test("MFA-6, AUD-1: a valid code does not sign in to an account suspended meanwhile, and the attempt is logged", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  await asVisitor({ accountId: owner.id }, (tx) => tx.update(accounts).set({ suspendedAt: sql`now()` }).where(eq(accounts.id, owner.id)));
  await expect(submitCode(secret, codeNow(owner.seed))).rejects.toMatchObject({ code: "forbidden" });
  expect(await sessionsOf(owner)).toBe(0);
  expect(await waiting("session.refuse", { account: owner.id })).toHaveLength(1);
});

test("MFA-9: one of 20 parallel uses of a recovery code signs in, and the owner is told how many codes are left", async () => {
  const { owner, codes } = await ownerWithRecoveryCodes();
  const [code = ""] = codes;
  const before = await sessionsOf(owner);
  const secrets = await Promise.all(Array.from({ length: 20 }, () => challengeFor(owner)));
  const outcomes = await Promise.allSettled(secrets.map((secret) => submitAndOpen(secret, code)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await sessionsOf(owner)).toBe(before + 1);
  const messages = (await mailsTo(owner.email)).filter(({ props }) => /recovery code was used/.test(String(props.what)));
  expect(messages).toMatchObject([{ props: { what: "A recovery code was used to sign in; 9 are left" } }]);
  const used = and(eq(recoveryCodes.accountId, owner.id), sql`used_at is not null`);
  expect(await asVisitor({ accountId: owner.id }, (tx) => tx.$count(recoveryCodes, used))).toBe(1);
});

test("MFA-9: a recovery code does not work for another account", async () => {
  const [{ codes }, other] = [await ownerWithRecoveryCodes(), await newOwner(true)];
  await expect(submitCode(await challengeFor(other), codes[0] ?? "")).rejects.toMatchObject({ code: "invalid" });
});

test("ACC-22: malformed codes are reported at the field and do not count as attempts", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  for (const code of ["", "12345", "1234567", "not a code", "'; drop table accounts; --"]) {
    await expect(submitCode(secret, code)).rejects.toMatchObject({ code: "invalid", fields: { code: [expect.any(String)] } });
  }
  const [challenge] = await asVisitor({ accountId: owner.id }, (tx) => tx.select().from(challenges).where(eq(challenges.accountId, owner.id)));
  expect(challenge?.tries).toBe(0);
});

test("MFA-5: a challenge secret works neither as a session secret nor as a ticket", async () => {
  const owner = await newOwner(true);
  const key = await sessionOf(owner, "password", "code");
  const secret = await challengeFor(owner);
  expect(await presentSession({ ...key, secretHash: hashSecret(secret) })).toBeNull();
  expect(await openSession(`${owner.id}.${secret}`, newVisitor())).toBeNull();
});
