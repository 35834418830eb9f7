import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, recoveryCodes, sessions, twoFactors } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { only } from "@/lib/kernel/rows";
import { open } from "@/lib/kernel/seal";
import { hashSecret } from "@/lib/kernel/secret";
import { presentSession } from "@/lib/sessions/queries";
import { isFresh } from "@/lib/sessions/rules";
import { challengeFor, codeNow, letStepsPass, newOwner, requireTwoFactor, wrongCodeFor } from "@/lib/testing/two-factor";
import { goodPassword, holdWaits, newVisitor, presentAt, sessionOf, signedInAs } from "@/lib/testing/visitors";
import { entriesOf, mailsTo, newMember, newOrg, type Person } from "@/lib/testing/world";
import { beginTwoFactor, disableTwoFactor, forgetUnverified, passSecondFactor, prepareTwoFactor, renewRecoveryCodes, verifyTwoFactor } from "@/lib/two-factor/commands";
import { pendingSeed, twoFactorOf } from "@/lib/two-factor/queries";
import { placeOf } from "@/lib/two-factor/rules";

const withAccount = <T,>({ id }: Pick<Person, "id">, work: Parameters<typeof asVisitor<T>>[1]) => asVisitor({ accountId: id }, work);
const recoveryCodeRows = (person: Person) => withAccount(person, (tx) => tx.select().from(recoveryCodes).where(eq(recoveryCodes.accountId, person.id)));

async function startedSetup(person?: Person) {
  const owner = person ?? (await newOwner(false));
  const who = await signedInAs(owner);
  await beginTwoFactor(who, {});
  return { owner, who, seed: (await pendingSeed(owner.id)) ?? "" };
}

async function enabledAccount(inOrg = false) {
  const owner = await newOwner(true);
  const org = await newOrg();
  if (inOrg) await newMember(org, "observer", "all", owner);
  return { owner, org, who: await signedInAs(owner, "password", "code") };
}

const passwordAndCode = (owner: { seed: string }) => ({ password: goodPassword, code: codeNow(owner.seed) });

test("MFA-1, CRY-1: the stored secret is encrypted for one account and cannot be decrypted for another", async () => {
  const [{ owner, seed }, other] = [await startedSetup(), await startedSetup()];
  expect(seed).toMatch(/^[A-Z2-7]{32}$/);
  const stored = ({ id }: Person) =>
    withAccount({ id }, async (tx) => (await only(tx.select().from(twoFactors).where(eq(twoFactors.accountId, id)))).sealedSecret);
  const ciphertext = await stored(owner);
  expect(Buffer.from(ciphertext).toString("latin1")).not.toContain(seed);
  expect(open(ciphertext, placeOf(owner.id))).toBe(seed);
  const foreign = await stored(other.owner);
  await withAccount(owner, (tx) => tx.update(twoFactors).set({ sealedSecret: foreign }).where(eq(twoFactors.accountId, owner.id)));
  await expect(pendingSeed(owner.id)).rejects.toThrow("was modified or has another context");
});

test("ACC-22: starting the set-up makes it pending, starting twice changes nothing, and deleting it turns it off", async () => {
  const { owner, who, seed } = await startedSetup();
  expect(await twoFactorOf(owner.id)).toBe("pending");
  await beginTwoFactor(who, {});
  expect(await withAccount(owner, (tx) => prepareTwoFactor(tx, owner.id))).toBe(false);
  expect(await pendingSeed(owner.id)).toBe(seed);
  await withAccount(owner, (tx) => forgetUnverified(tx, owner.id));
  expect(await twoFactorOf(owner.id)).toBe("off");
});

test("ACC-22, MFA-8, AUT-9, SES-2: the first valid code enables it, ends the other sessions and notifies the owner", async () => {
  const person = await newOwner(false);
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const [otherSession, key] = [await sessionOf(person), await sessionOf(person)];
  const { who, seed } = await startedSetup(person);
  await verifyTwoFactor(who, { code: codeNow(seed) }).then(async ({ codes, token }) => {
    expect(codes).toHaveLength(10);
    expect((await recoveryCodeRows(person)).map(({ codeHash }) => codeHash.toString("hex")).sort()).toEqual(
      codes.map((code) => hashSecret(code.replaceAll("-", "")).toString("hex")).sort(),
    );
    const after = await presentSession({ ...token, secretHash: hashSecret(token.secret) });
    expect(after).toMatchObject({ sessionId: who.sessionId, methods: ["password", "code"], account: { twoFactor: true } });
    const log = JSON.stringify(await entriesOf({ orgId: org.id }));
    for (const secret of [seed, token.secret, ...codes]) expect(log).not.toContain(secret);
  });
  expect(await twoFactorOf(person.id)).toBe("active");
  for (const ended of [otherSession, key]) expect(await presentSession(ended)).toBeNull();
  expect((await entriesOf({ orgId: org.id })).filter(({ name }) => name === "two_factor.enabled")).toHaveLength(1);
  expect((await mailsTo(person.email)).at(-1)).toMatchObject({ template: "security-notice", props: { what: "Two-factor authentication was enabled" } });
  expect(await pendingSeed(person.id)).toBeNull();
  await expect(verifyTwoFactor(who, { code: codeNow(seed) })).rejects.toMatchObject({ code: "conflict" });
  await withAccount(person, (tx) => forgetUnverified(tx, person.id));
  expect(await twoFactorOf(person.id)).toBe("active");
});

test("MFA-2: the code of the set-up cannot be used again to sign in", async () => {
  const { owner, who, seed } = await startedSetup();
  const code = codeNow(seed);
  await verifyTwoFactor(who, { code });
  await expect(passSecondFactor({ code }, await challengeFor(owner), newVisitor())).rejects.toMatchObject({ code: "invalid" });
});

test("SES-11: completing the set-up counts as recent authentication", async () => {
  const { owner, who, seed } = await startedSetup();
  await withAccount(owner, (tx) => tx.update(sessions).set({ confirmedAt: sql`now() - interval '20 minutes'` }));
  const { token } = await verifyTwoFactor(who, { code: codeNow(seed) });
  expect(isFresh((await presentAt({ ...token, secretHash: hashSecret(token.secret) })).age)).toBe(true);
});

test("MFA-8: a wrong code changes nothing, and without a pending set-up there is a conflict", async () => {
  const { owner, who, seed } = await startedSetup();
  const otherSession = await sessionOf(owner);
  for (const code of [wrongCodeFor(seed), "12345", "", "ABCD-EFGH-JKMN-PQRS"]) {
    await expect(verifyTwoFactor(who, { code })).rejects.toMatchObject({ code: "invalid", fields: { code: [expect.any(String)] } });
  }
  expect(await twoFactorOf(owner.id)).toBe("pending");
  expect(await presentSession(otherSession)).not.toBeNull();
  expect(await recoveryCodeRows(owner)).toEqual([]);
  const nobody = await signedInAs(await newOwner(false));
  await expect(verifyTwoFactor(nobody, { code: "123456" })).rejects.toMatchObject({ code: "conflict" });
});

test("MFA-8: codes of a pending secret are not accepted as a second factor", async () => {
  const { owner, who, seed } = await startedSetup();
  for (const operation of [disableTwoFactor, renewRecoveryCodes]) {
    await expect(operation(who, passwordAndCode({ ...owner, seed }))).rejects.toMatchObject({ fields: { code: [expect.any(String)] } });
  }
  expect(await recoveryCodeRows(owner)).toEqual([]);
});

test("MFA-1: a pending secret expires after an hour and is replaced by a new one", async () => {
  const { owner, who, seed } = await startedSetup();
  await withAccount(owner, (tx) => tx.update(twoFactors).set({ createdAt: sql`now() - interval '61 minutes'` }));
  expect(await pendingSeed(owner.id)).toBeNull();
  await expect(verifyTwoFactor(who, { code: codeNow(seed) })).rejects.toMatchObject({ code: "conflict" });
  await beginTwoFactor(who, {});
  const newSecret = (await pendingSeed(owner.id)) ?? "";
  expect([newSecret.length, newSecret === seed]).toEqual([seed.length, false]);
  expect(await verifyTwoFactor(who, { code: codeNow(newSecret) })).toHaveProperty("codes");
});

test("MFA-8: one of 20 parallel verifications succeeds, with one set of recovery codes", async () => {
  const { owner, who, seed } = await startedSetup();
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => verifyTwoFactor(who, { code: codeNow(seed) })));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await recoveryCodeRows(owner)).toHaveLength(10);
  expect((await mailsTo(owner.email)).filter(({ template }) => template === "security-notice")).toHaveLength(1);
});

test("MFA-8, AUT-9, SES-2: disabling needs password and code, ends the other sessions, rotates this session's secret and deletes all codes", async () => {
  const { owner, who, org } = await enabledAccount(true);
  const otherSession = await sessionOf(owner, "password", "code");
  await renewRecoveryCodes(who, passwordAndCode(owner));
  await letStepsPass(owner);
  const { secret } = await disableTwoFactor(who, passwordAndCode(owner));
  expect(await twoFactorOf(owner.id)).toBe("off");
  expect(await recoveryCodeRows(owner)).toEqual([]);
  const [account] = await withAccount(owner, (tx) => tx.select().from(accounts).where(eq(accounts.id, owner.id)));
  expect(account?.twoFactorSince).toBeNull();
  expect(await presentSession(otherSession)).toBeNull();
  const [currentSession] = await withAccount(owner, (tx) => tx.select().from(sessions).where(eq(sessions.id, who.sessionId)));
  expect(currentSession).toMatchObject({ revokedAt: null, secretHash: hashSecret(secret) });
  expect((await mailsTo(owner.email)).at(-1)?.props.what).toBe("Two-factor authentication was disabled");
  expect((await entriesOf({ orgId: org.id }))[0]?.name).toBe("two_factor.disabled");
});

test("MFA-8: disabling with a wrong password or code is refused, logged and counted", async () => {
  const { owner, who, org } = await enabledAccount(true);
  await expect(disableTwoFactor(who, { ...passwordAndCode(owner), password: "not the password" })).rejects.toMatchObject({ fields: { password: [expect.any(String)] } });
  const wrongProof = { password: goodPassword, code: wrongCodeFor(owner.seed) };
  await expect(disableTwoFactor(who, wrongProof)).rejects.toMatchObject({ fields: { code: [expect.any(String)] } });
  await expect(renewRecoveryCodes(who, wrongProof)).rejects.toMatchObject({ fields: { code: [expect.any(String)] } });
  expect((await entriesOf({ orgId: org.id })).map(({ name }) => name).slice(0, 3)).toEqual(["two_factor.refused", "two_factor.refused", "session.refused"]);
  for (let tries = 2; tries < 5; tries += 1) await expect(renewRecoveryCodes(who, wrongProof)).rejects.toMatchObject({ code: "invalid" });
  await holdWaits();
  await expect(disableTwoFactor(who, passwordAndCode(owner))).rejects.toMatchObject({ code: "busy" });
  expect(await twoFactorOf(owner.id)).toBe("active");
});

test("MFA-8: it cannot be disabled while an organization requires it; the error names it, and the code stays valid", async () => {
  const { owner, who, org } = await enabledAccount(true);
  await requireTwoFactor(org);
  await expect(disableTwoFactor(who, passwordAndCode(owner))).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining(org.name) });
  expect(await twoFactorOf(owner.id)).toBe("active");
  await requireTwoFactor(org, false);
  await disableTwoFactor(who, passwordAndCode(owner));
  expect(await twoFactorOf(owner.id)).toBe("off");
});

test("MFA-9: new recovery codes need password and code, void the old ones, and work once each", async () => {
  const { owner, who } = await enabledAccount();
  const first = await renewRecoveryCodes(who, passwordAndCode(owner));
  const second = await renewRecoveryCodes(who, { password: goodPassword, code: first[0] ?? "" });
  expect(new Set([...first, ...second]).size).toBe(20);
  for (const code of first.slice(0, 2)) await expect(renewRecoveryCodes(who, { password: goodPassword, code })).rejects.toMatchObject({ code: "invalid" });
  await letStepsPass(owner);
  await disableTwoFactor(who, { password: goodPassword, code: (second[3] ?? "").toLowerCase().replaceAll("-", " ") });
  expect(await twoFactorOf(owner.id)).toBe("off");
});

test("MFA-2, MFA-9: one of five parallel operations with the same code succeeds", async () => {
  const { owner, who } = await enabledAccount();
  const same = passwordAndCode(owner);
  const operations = [disableTwoFactor, renewRecoveryCodes, disableTwoFactor, renewRecoveryCodes, renewRecoveryCodes];
  const outcomes = await Promise.allSettled(operations.map((operation): Promise<unknown> => operation(who, same)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
