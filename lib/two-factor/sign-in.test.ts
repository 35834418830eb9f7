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

const pass = (secret: string, code: string) => passSecondFactor({ code }, secret, newVisitor());
const sessionsOf = ({ id }: Person) => asVisitor({ accountId: id }, (tx) => tx.$count(sessions, eq(sessions.accountId, id)));

async function enter(secret: string, code: string) {
  const passed = await pass(secret, code);
  if (passed?.entrance.kind !== "ticket") throw new Error("Signing in has to begin again");
  return openSession(passed.entrance.secret, newVisitor());
}

async function withCodes() {
  const owner = await newOwner(true);
  const codes = await renewRecoveryCodes(await signedInAs(owner, "password", "code"), { password: goodPassword, code: codeNow(owner.seed) });
  return { owner, codes };
}

test("ACC-10, MFA-5: password, then code: the session says how, and the person goes where they wanted to", async () => {
  const owner = await newOwner(true);
  const entrance = await signIn({ email: owner.email, password: goodPassword }, { origin: newVisitor() }, { path: "/wanted" });
  expect(entrance.kind).toBe("challenge");
  expect(await sessionsOf(owner)).toBe(0);
  expect(await halfSignedIn(entrance.secret)).toEqual({ accountId: owner.id, email: owner.email });
  const passed = await pass(entrance.secret, codeNow(owner.seed));
  expect(passed).toMatchObject({ wanted: { path: "/wanted" }, entrance: { kind: "ticket", accountId: owner.id } });
  const opened = await openSession(passed?.entrance.secret ?? "", newVisitor());
  expect(await presentAt({ ...opened, accountId: owner.id, sessionId: opened?.sessionId ?? "", secretHash: hashSecret(opened?.secret ?? "") })).toMatchObject({ methods: ["password", "code"] });
  expect(await halfSignedIn(entrance.secret)).toBeNull();
});

test("MFA-2: of twenty browsers that send one right code at once, one is let in", async () => {
  const owner = await newOwner(true);
  const secrets = await Promise.all(Array.from({ length: 20 }, () => challengeFor(owner)));
  const code = codeNow(owner.seed);
  const outcomes = await Promise.allSettled(secrets.map((secret) => enter(secret, code)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await sessionsOf(owner)).toBe(1);
});

test("MFA-2: of twenty submissions of one browser, one opens a session, and none counts against the person", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  const code = codeNow(owner.seed);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => enter(secret, code)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await sessionsOf(owner)).toBe(1);
  await expect(pass(await challengeFor(owner), code)).rejects.toMatchObject({ code: "invalid" });
  await letStepsPass(owner);
  expect(await enter(await challengeFor(owner), codeNow(owner.seed))).not.toBeNull();
});

test("MFA-4: after five wrong codes the right one is refused too, and the tries left were told", async () => {
  const owner = await newOwner(true);
  const org = await newOrg();
  await newMember(org, "observer", "all", owner);
  const secret = await challengeFor(owner);
  const wrong = wrongCodeFor(owner.seed);
  const told = [];
  for (let tries = 1; tries < 5; tries += 1) told.push(await pass(secret, wrong).catch((refusal: Error) => refusal.message.split(". ")[1]));
  expect(told).toEqual(["4 tries are left", "3 tries are left", "2 tries are left", "1 try is left"]);
  expect(await pass(secret, wrong)).toBeNull();
  expect(await pass(secret, codeNow(owner.seed))).toBeNull();
  expect(await sessionsOf(owner)).toBe(0);
  const entries = await entriesOf({ orgId: org.id });
  expect(entries.map(({ name }) => name)).toEqual(Array.from({ length: 5 }, () => "two_factor.refused"));
  expect(JSON.stringify(entries)).not.toContain(wrong);
});

test("MFA-4, AUT-5: wrong codes are counted over all sign-ins of an account; a reset by mail lets its owner begin anew", async () => {
  const owner = await newOwner(true);
  const wrong = wrongCodeFor(owner.seed);
  const secrets = await Promise.all(Array.from({ length: 30 }, () => challengeFor(owner)));
  const outcomes = await Promise.allSettled(secrets.map((secret) => pass(secret, wrong)));
  const evaluated = outcomes.filter(({ status, ...rest }) => status === "rejected" && "reason" in rest && (rest.reason as { code: string }).code === "invalid");
  expect(evaluated.length).toBeGreaterThan(0);
  expect(evaluated.length).toBeLessThanOrEqual(10);
  await holdWaits();
  await expect(pass(await challengeFor(owner), codeNow(owner.seed))).rejects.toMatchObject({ code: "busy" });

  await reset(owner);
  expect(await enter(await challengeFor(owner), codeNow(owner.seed))).not.toBeNull();
});

async function reset(owner: Person, password = "another-lantern-52-quiet") {
  const request = await requestReset({ email: owner.email }, newVisitor());
  await work("account.recover", { request });
  const token = await tokenMailed(owner.email, "reset-password");
  await resetPassword({ token, password }, newVisitor());
}

test("MFA-4, AUT-5: whoever reads somebody's mail guesses no more codes by resetting the password again and again", async () => {
  const owner = await newOwner(true);
  const wrong = wrongCodeFor(owner.seed);
  const guessed = [];
  for (const at of [1, 2, 3]) {
    await reset(owner, `another-lantern-52-quiet-${at}`);
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, async () => pass(await challengeFor(owner), wrong)));
    guessed.push(outcomes.filter((one) => one.status === "rejected" && (one.reason as { code: string }).code === "invalid").length);
  }
  expect(guessed.map((count) => count >= 5)).toEqual([true, true, false]);
});

test("MFA-4, AUT-5: a right code forgives the wrong ones before it: whoever mistypes now and then is not made to wait", async () => {
  const owner = await newOwner(true);
  const wrong = wrongCodeFor(owner.seed);
  for (const _ of [1, 2, 3]) {
    const secret = await challengeFor(owner);
    for (const _try of [1, 2, 3, 4]) await expect(pass(secret, wrong)).rejects.toMatchObject({ code: "invalid" });
    expect(await enter(secret, codeNow(owner.seed))).not.toBeNull();
    await holdWaits();
    await letStepsPass(owner);
  }
});

test("MFA-5: what is half signed in ends after five minutes and belongs to one browser", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  expect(await pass(`${secret}x`, codeNow(owner.seed))).toBeNull();
  await asVisitor({ accountId: owner.id }, async (tx) => {
    const [row] = await tx.select({ late: sql<boolean>`${challenges.expiresAt} <= now() + interval '5 minutes'` }).from(challenges).where(eq(challenges.accountId, owner.id));
    expect(row?.late).toBe(true);
    await tx.update(challenges).set({ expiresAt: sql`now()` }).where(eq(challenges.accountId, owner.id));
  });
  expect(await halfSignedIn(secret)).toBeNull();
  expect(await pass(secret, codeNow(owner.seed))).toBeNull();
  expect(await sessionsOf(owner)).toBe(0);
});

test("MFA-6: a reset leaves the second factor, signs nobody in, and ends what was begun with the old password", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  await reset(owner);
  expect(await twoFactorOf(owner.id)).toBe("active");
  expect(await sessionsOf(owner)).toBe(0);
  expect(await pass(secret, codeNow(owner.seed))).toBeNull();
});

test("MFA-6: what was begun is over when the second factor is disabled meanwhile", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  await disableTwoFactor(await signedInAs(owner, "password", "code"), { password: goodPassword, code: codeNow(owner.seed) });
  await letStepsPass(owner);
  expect(await pass(secret, codeNow(owner.seed))).toBeNull();
});

test("MFA-6, AUD-1: an account that is suspended meanwhile is not entered by a right code, and whoever tries is on the record", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  await asVisitor({ accountId: owner.id }, (tx) => tx.update(accounts).set({ suspendedAt: sql`now()` }).where(eq(accounts.id, owner.id)));
  await expect(pass(secret, codeNow(owner.seed))).rejects.toMatchObject({ code: "forbidden" });
  expect(await sessionsOf(owner)).toBe(0);
  expect(await waiting("session.refuse", { account: owner.id })).toHaveLength(1);
});

test("MFA-9: a recovery code opens one session among twenty tries, and its owner is told how many are left", async () => {
  const { owner, codes } = await withCodes();
  const [code = ""] = codes;
  const before = await sessionsOf(owner);
  const secrets = await Promise.all(Array.from({ length: 20 }, () => challengeFor(owner)));
  const outcomes = await Promise.allSettled(secrets.map((secret) => enter(secret, code)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await sessionsOf(owner)).toBe(before + 1);
  const told = (await mailsTo(owner.email)).filter(({ props }) => /recovery code was used/.test(String(props.what)));
  expect(told).toMatchObject([{ props: { what: "A recovery code was used to sign in; 9 are left" } }]);
  const used = and(eq(recoveryCodes.accountId, owner.id), sql`used_at is not null`);
  expect(await asVisitor({ accountId: owner.id }, (tx) => tx.$count(recoveryCodes, used))).toBe(1);
});

test("MFA-9: nobody's recovery code opens another account", async () => {
  const [{ codes }, other] = [await withCodes(), await newOwner(true)];
  await expect(pass(await challengeFor(other), codes[0] ?? "")).rejects.toMatchObject({ code: "invalid" });
});

test("ACC-22: what has the shape of no code is refused beside the field and costs no try", async () => {
  const owner = await newOwner(true);
  const secret = await challengeFor(owner);
  for (const code of ["", "12345", "1234567", "not a code", "'; drop table accounts; --"]) {
    await expect(pass(secret, code)).rejects.toMatchObject({ code: "invalid", fields: { code: [expect.any(String)] } });
  }
  const [begun] = await asVisitor({ accountId: owner.id }, (tx) => tx.select().from(challenges).where(eq(challenges.accountId, owner.id)));
  expect(begun?.tries).toBe(0);
});

test("MFA-5: a session needs no challenge, and a challenge is no session", async () => {
  const owner = await newOwner(true);
  const key = await sessionOf(owner, "password", "code");
  const secret = await challengeFor(owner);
  expect(await presentSession({ ...key, secretHash: hashSecret(secret) })).toBeNull();
  expect(await openSession(`${owner.id}.${secret}`, newVisitor())).toBeNull();
});
