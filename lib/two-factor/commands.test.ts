import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, recoveryCodes, sessions, totpCredentials } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { expectOne } from "@/lib/kernel/expect-one";
import { decrypt } from "@/lib/kernel/encryption";
import { hashSecret } from "@/lib/kernel/secrets";
import { getAuthSession } from "@/lib/sessions/queries";
import { hasRecentAuth } from "@/lib/sessions/rules";
import { newLoginChallenge, currentTotpCode, allowTotpReuse, newAccountWithPassword, setTwoFactorRequired, submitCode, invalidTotpCode } from "@/lib/testing/totp";
import { validPassword, freezeRateLimits, loadSession, newSession, newAccountContext } from "@/lib/testing/sign-in";
import { listAuditEntries, queuedEmailsTo, newMember, newOrg, type TestAccount } from "@/lib/testing/fixtures";
import { getProfile } from "@/lib/profile/queries";
import { startTwoFactorSetup, disableTwoFactor, regenerateRecoveryCodes, completeTwoFactorSetup } from "@/lib/two-factor/commands";
import { createPendingTotp } from "@/lib/two-factor/internal";
import { getPendingTotpSecret, getTwoFactorState } from "@/lib/two-factor/queries";
import { totpAad } from "@/lib/two-factor/rules";

const withAccount = <T,>({ id }: Pick<TestAccount, "id">, work: Parameters<typeof withAuthScope<T>>[1]) => withAuthScope({ accountId: id }, work);
const recoveryCodeRows = (person: TestAccount) => withAccount(person, (tx) => tx.select().from(recoveryCodes).where(eq(recoveryCodes.accountId, person.id)));

async function startedSetup(person?: TestAccount) {
  const owner = person ?? (await newAccountWithPassword(false));
  const who = await newAccountContext(owner);
  await startTwoFactorSetup(who, {});
  return { owner, who, seed: (await getPendingTotpSecret(owner.id)) ?? "" };
}

async function enabledAccount(inOrg = false) {
  const owner = await newAccountWithPassword(true);
  const org = await newOrg();
  if (inOrg) await newMember(org, "observer", "all", owner);
  return { owner, org, who: await newAccountContext(owner, "password", "code") };
}

const passwordAndCode = (owner: { seed: string }) => ({ password: validPassword, code: currentTotpCode(owner.seed) });

test("MFA-1, CRY-1: the stored secret is encrypted for one account and cannot be decrypted for another", async () => {
  const [{ owner, seed }, other] = [await startedSetup(), await startedSetup()];
  expect(seed).toMatch(/^[A-Z2-7]{32}$/);
  const stored = ({ id }: TestAccount) =>
    withAccount({ id }, async (tx) => (await expectOne(tx.select().from(totpCredentials).where(eq(totpCredentials.accountId, id)))).encryptedSecret);
  const ciphertext = await stored(owner);
  expect(Buffer.from(ciphertext).toString("latin1")).not.toContain(seed);
  expect(decrypt(ciphertext, totpAad(owner.id))).toBe(seed);
  const foreign = await stored(other.owner);
  await withAccount(owner, (tx) => tx.update(totpCredentials).set({ encryptedSecret: foreign }).where(eq(totpCredentials.accountId, owner.id)));
  await expect(getPendingTotpSecret(owner.id)).rejects.toThrow("was modified or has another context");
});

test("ACC-22: starting the set-up makes it pending, and starting twice changes nothing", async () => {
  const { owner, who, seed } = await startedSetup();
  expect(await getTwoFactorState(owner.id)).toBe("pending");
  await startTwoFactorSetup(who, {});
  expect(await withAccount(owner, (tx) => createPendingTotp(tx, owner.id))).toBe(false);
  expect(await getPendingTotpSecret(owner.id)).toBe(seed);
  expect(await getProfile(owner.id)).toMatchObject({ twoFactor: false });
});

test("ACC-22, MFA-8, AUT-9, SES-2: the first valid code enables it, ends the other sessions and notifies the owner", async () => {
  const person = await newAccountWithPassword(false);
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const [otherSession, key] = [await newSession(person), await newSession(person)];
  const { who, seed } = await startedSetup(person);
  await completeTwoFactorSetup(who, { code: currentTotpCode(seed) }).then(async ({ codes, token }) => {
    expect(codes).toHaveLength(10);
    expect((await recoveryCodeRows(person)).map(({ codeHash }) => codeHash.toString("hex")).sort()).toEqual(
      codes.map((code) => hashSecret(code.replaceAll("-", "")).toString("hex")).sort(),
    );
    const after = await getAuthSession({ ...token, secretHash: hashSecret(token.secret) });
    expect(after).toMatchObject({ sessionId: who.sessionId, methods: ["password", "code"], account: { twoFactor: true } });
    const log = JSON.stringify(await listAuditEntries({ orgId: org.id }));
    for (const secret of [seed, token.secret, ...codes]) expect(log).not.toContain(secret);
  });
  expect(await getTwoFactorState(person.id)).toBe("active");
  for (const ended of [otherSession, key]) expect(await getAuthSession(ended)).toBeNull();
  expect((await listAuditEntries({ orgId: org.id })).filter(({ name }) => name === "two_factor.enabled")).toHaveLength(1);
  expect((await queuedEmailsTo(person.email)).at(-1)).toMatchObject({ template: "security-notice", props: { what: "Two-factor authentication was enabled" } });
  expect(await getPendingTotpSecret(person.id)).toBeNull();
  await expect(completeTwoFactorSetup(who, { code: currentTotpCode(seed) })).rejects.toMatchObject({ code: "conflict" });
  await startTwoFactorSetup(who, {});
  expect(await getTwoFactorState(person.id)).toBe("active");
  expect(await getProfile(person.id)).toMatchObject({ twoFactor: true });
});

test("MFA-2: the code of the set-up cannot be used again to sign in", async () => {
  const { owner, who, seed } = await startedSetup();
  const code = currentTotpCode(seed);
  await completeTwoFactorSetup(who, { code });
  await expect(submitCode(await newLoginChallenge(owner), code)).rejects.toMatchObject({ code: "invalid" });
});

test("SES-11: completing the set-up counts as recent authentication", async () => {
  const { owner, who, seed } = await startedSetup();
  await withAccount(owner, (tx) => tx.update(sessions).set({ reauthenticatedAt: sql`now() - interval '20 minutes'` }));
  const { token } = await completeTwoFactorSetup(who, { code: currentTotpCode(seed) });
  expect(hasRecentAuth((await loadSession({ ...token, secretHash: hashSecret(token.secret) })).age)).toBe(true);
});

test("MFA-8: a wrong code changes nothing, and without a pending set-up there is a conflict", async () => {
  const { owner, who, seed } = await startedSetup();
  const otherSession = await newSession(owner);
  for (const code of [invalidTotpCode(seed), "12345", "", "ABCD-EFGH-JKMN-PQRS"]) {
    await expect(completeTwoFactorSetup(who, { code })).rejects.toMatchObject({ code: "invalid", fields: { code: [expect.any(String)] } });
  }
  expect(await getTwoFactorState(owner.id)).toBe("pending");
  expect(await getAuthSession(otherSession)).not.toBeNull();
  expect(await recoveryCodeRows(owner)).toEqual([]);
  const nobody = await newAccountContext(await newAccountWithPassword(false));
  await expect(completeTwoFactorSetup(nobody, { code: "123456" })).rejects.toMatchObject({ code: "conflict" });
});

test("MFA-8: codes of a pending secret are not accepted as a second factor", async () => {
  const { owner, who, seed } = await startedSetup();
  for (const operation of [disableTwoFactor, regenerateRecoveryCodes]) {
    await expect(operation(who, passwordAndCode({ ...owner, seed }))).rejects.toMatchObject({ fields: { code: [expect.any(String)] } });
  }
  expect(await recoveryCodeRows(owner)).toEqual([]);
});

test("MFA-1: a pending secret expires after an hour and is replaced by a new one", async () => {
  const { owner, who, seed } = await startedSetup();
  await withAccount(owner, (tx) => tx.update(totpCredentials).set({ createdAt: sql`now() - interval '61 minutes'` }));
  expect(await getPendingTotpSecret(owner.id)).toBeNull();
  await expect(completeTwoFactorSetup(who, { code: currentTotpCode(seed) })).rejects.toMatchObject({ code: "conflict" });
  await startTwoFactorSetup(who, {});
  const newSecret = (await getPendingTotpSecret(owner.id)) ?? "";
  expect([newSecret.length, newSecret === seed]).toEqual([seed.length, false]);
  expect(await completeTwoFactorSetup(who, { code: currentTotpCode(newSecret) })).toHaveProperty("codes");
});

test("MFA-8: one of 20 parallel verifications succeeds, with one set of recovery codes", async () => {
  const { owner, who, seed } = await startedSetup();
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => completeTwoFactorSetup(who, { code: currentTotpCode(seed) })));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await recoveryCodeRows(owner)).toHaveLength(10);
  expect((await queuedEmailsTo(owner.email)).filter(({ template }) => template === "security-notice")).toHaveLength(1);
});

test("MFA-8, AUT-9, SES-2: disabling needs password and code, ends the other sessions, rotates this session's secret and deletes all codes", async () => {
  const { owner, who, org } = await enabledAccount(true);
  const otherSession = await newSession(owner, "password", "code");
  await regenerateRecoveryCodes(who, passwordAndCode(owner));
  await allowTotpReuse(owner);
  const { secret } = await disableTwoFactor(who, passwordAndCode(owner));
  expect(await getTwoFactorState(owner.id)).toBe("off");
  expect(await recoveryCodeRows(owner)).toEqual([]);
  const [account] = await withAccount(owner, (tx) => tx.select().from(accounts).where(eq(accounts.id, owner.id)));
  expect(account?.twoFactorEnabledAt).toBeNull();
  expect(await getAuthSession(otherSession)).toBeNull();
  const [currentSession] = await withAccount(owner, (tx) => tx.select().from(sessions).where(eq(sessions.id, who.sessionId)));
  expect(currentSession).toMatchObject({ revokedAt: null, secretHash: hashSecret(secret) });
  expect((await queuedEmailsTo(owner.email)).at(-1)?.props.what).toBe("Two-factor authentication was disabled");
  expect((await listAuditEntries({ orgId: org.id }))[0]?.name).toBe("two_factor.disabled");
});

test("MFA-8: disabling with a wrong password or code is refused, logged and counted", async () => {
  const { owner, who, org } = await enabledAccount(true);
  await expect(disableTwoFactor(who, { ...passwordAndCode(owner), password: "not the password" })).rejects.toMatchObject({ fields: { password: [expect.any(String)] } });
  const wrongProof = { password: validPassword, code: invalidTotpCode(owner.seed) };
  await expect(disableTwoFactor(who, wrongProof)).rejects.toMatchObject({ fields: { code: [expect.any(String)] } });
  await expect(regenerateRecoveryCodes(who, wrongProof)).rejects.toMatchObject({ fields: { code: [expect.any(String)] } });
  expect((await listAuditEntries({ orgId: org.id })).map(({ name }) => name).slice(0, 3)).toEqual(["two_factor.refused", "two_factor.refused", "session.refused"]);
  for (let tries = 2; tries < 5; tries += 1) await expect(regenerateRecoveryCodes(who, wrongProof)).rejects.toMatchObject({ code: "invalid" });
  await freezeRateLimits();
  await expect(disableTwoFactor(who, passwordAndCode(owner))).rejects.toMatchObject({ code: "busy" });
  expect(await getTwoFactorState(owner.id)).toBe("active");
});

test("MFA-8: it cannot be disabled while an organization requires it; the error names it, and the code stays valid", async () => {
  const { owner, who, org } = await enabledAccount(true);
  await setTwoFactorRequired(org);
  await expect(disableTwoFactor(who, passwordAndCode(owner))).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining(org.name) });
  expect(await getTwoFactorState(owner.id)).toBe("active");
  await setTwoFactorRequired(org, false);
  await disableTwoFactor(who, passwordAndCode(owner));
  expect(await getTwoFactorState(owner.id)).toBe("off");
});

test("MFA-9: new recovery codes need password and code, void the old ones, and work once each", async () => {
  const { owner, who } = await enabledAccount();
  const first = await regenerateRecoveryCodes(who, passwordAndCode(owner));
  const second = await regenerateRecoveryCodes(who, { password: validPassword, code: first[0] ?? "" });
  expect(new Set([...first, ...second]).size).toBe(20);
  for (const code of first.slice(0, 2)) await expect(regenerateRecoveryCodes(who, { password: validPassword, code })).rejects.toMatchObject({ code: "invalid" });
  await allowTotpReuse(owner);
  await disableTwoFactor(who, { password: validPassword, code: (second[3] ?? "").toLowerCase().replaceAll("-", " ") });
  expect(await getTwoFactorState(owner.id)).toBe("off");
});

test("MFA-2, MFA-9: one of five parallel operations with the same code succeeds", async () => {
  const { owner, who } = await enabledAccount();
  const same = passwordAndCode(owner);
  const operations = [disableTwoFactor, regenerateRecoveryCodes, disableTwoFactor, regenerateRecoveryCodes, regenerateRecoveryCodes];
  const outcomes = await Promise.allSettled(operations.map((operation): Promise<unknown> => operation(who, same)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
