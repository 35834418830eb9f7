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

const own = <T,>({ id }: Pick<Person, "id">, work: Parameters<typeof asVisitor<T>>[1]) => asVisitor({ accountId: id }, work);
const codesOf = (person: Person) => own(person, (tx) => tx.select().from(recoveryCodes).where(eq(recoveryCodes.accountId, person.id)));

async function begun(person?: Person) {
  const owner = person ?? (await newOwner(false));
  const who = await signedInAs(owner);
  await beginTwoFactor(who, {});
  return { owner, who, seed: (await pendingSeed(owner.id)) ?? "" };
}

async function active(inOrg = false) {
  const owner = await newOwner(true);
  const org = await newOrg();
  if (inOrg) await newMember(org, "observer", "all", owner);
  return { owner, org, who: await signedInAs(owner, "password", "code") };
}

const proof = (owner: { seed: string }) => ({ password: goodPassword, code: codeNow(owner.seed) });

test("MFA-1, CRY-1: what is stored of the secret is sealed for one account and opens for no other", async () => {
  const [{ owner, seed }, other] = [await begun(), await begun()];
  expect(seed).toMatch(/^[A-Z2-7]{32}$/);
  const stored = ({ id }: Person) =>
    own({ id }, async (tx) => (await only(tx.select().from(twoFactors).where(eq(twoFactors.accountId, id)))).sealedSecret);
  const sealed = await stored(owner);
  expect(Buffer.from(sealed).toString("latin1")).not.toContain(seed);
  expect(open(sealed, placeOf(owner.id))).toBe(seed);
  const foreign = await stored(other.owner);
  await own(owner, (tx) => tx.update(twoFactors).set({ sealedSecret: foreign }).where(eq(twoFactors.accountId, owner.id)));
  await expect(pendingSeed(owner.id)).rejects.toThrow("does not belong here");
});

test("ACC-22: asked for it is pending, dropped it is off, and asking twice changes nothing", async () => {
  const { owner, who, seed } = await begun();
  expect(await twoFactorOf(owner.id)).toBe("pending");
  await beginTwoFactor(who, {});
  expect(await own(owner, (tx) => prepareTwoFactor(tx, owner.id))).toBe(false);
  expect(await pendingSeed(owner.id)).toBe(seed);
  await own(owner, (tx) => forgetUnverified(tx, owner.id));
  expect(await twoFactorOf(owner.id)).toBe("off");
});

test("ACC-22, MFA-8, AUT-9, SES-2: the first right code makes it count, ends the other sessions and tells the owner", async () => {
  const person = await newOwner(false);
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const [elsewhere, key] = [await sessionOf(person), await sessionOf(person)];
  const { who, seed } = await begun(person);
  await verifyTwoFactor(who, { code: codeNow(seed) }).then(async ({ codes, token }) => {
    expect(codes).toHaveLength(10);
    expect((await codesOf(person)).map(({ codeHash }) => codeHash.toString("hex")).sort()).toEqual(
      codes.map((code) => hashSecret(code.replaceAll("-", "")).toString("hex")).sort(),
    );
    const after = await presentSession({ ...token, secretHash: hashSecret(token.secret) });
    expect(after).toMatchObject({ sessionId: who.sessionId, methods: ["password", "code"], account: { twoFactor: true } });
    const log = JSON.stringify(await entriesOf({ orgId: org.id }));
    for (const secret of [seed, token.secret, ...codes]) expect(log).not.toContain(secret);
  });
  expect(await twoFactorOf(person.id)).toBe("active");
  for (const ended of [elsewhere, key]) expect(await presentSession(ended)).toBeNull();
  expect((await entriesOf({ orgId: org.id })).filter(({ name }) => name === "two_factor.enabled")).toHaveLength(1);
  expect((await mailsTo(person.email)).at(-1)).toMatchObject({ template: "security-notice", props: { what: "Two-factor authentication was enabled" } });
  expect(await pendingSeed(person.id)).toBeNull();
  await expect(verifyTwoFactor(who, { code: codeNow(seed) })).rejects.toMatchObject({ code: "conflict" });
  await own(person, (tx) => forgetUnverified(tx, person.id));
  expect(await twoFactorOf(person.id)).toBe("active");
});

test("MFA-2: the code that made it count opens nothing after that", async () => {
  const { owner, who, seed } = await begun();
  const code = codeNow(seed);
  await verifyTwoFactor(who, { code });
  await expect(passSecondFactor({ code }, await challengeFor(owner), newVisitor())).rejects.toMatchObject({ code: "invalid" });
});

test("SES-11: whoever made it count has just proved who they are", async () => {
  const { owner, who, seed } = await begun();
  await own(owner, (tx) => tx.update(sessions).set({ confirmedAt: sql`now() - interval '20 minutes'` }));
  const { token } = await verifyTwoFactor(who, { code: codeNow(seed) });
  expect(isFresh((await presentAt({ ...token, secretHash: hashSecret(token.secret) })).age)).toBe(true);
});

test("MFA-8: a wrong code changes nothing, and there must be something to verify", async () => {
  const { owner, who, seed } = await begun();
  const elsewhere = await sessionOf(owner);
  for (const code of [wrongCodeFor(seed), "12345", "", "ABCD-EFGH-JKMN-PQRS"]) {
    await expect(verifyTwoFactor(who, { code })).rejects.toMatchObject({ code: "invalid", fields: { code: [expect.any(String)] } });
  }
  expect(await twoFactorOf(owner.id)).toBe("pending");
  expect(await presentSession(elsewhere)).not.toBeNull();
  expect(await codesOf(owner)).toEqual([]);
  const nobody = await signedInAs(await newOwner(false));
  await expect(verifyTwoFactor(nobody, { code: "123456" })).rejects.toMatchObject({ code: "conflict" });
});

test("MFA-8: a secret that nobody verified proves nothing", async () => {
  const { owner, who, seed } = await begun();
  for (const work of [disableTwoFactor, renewRecoveryCodes]) {
    await expect(work(who, proof({ ...owner, seed }))).rejects.toMatchObject({ fields: { code: [expect.any(String)] } });
  }
  expect(await codesOf(owner)).toEqual([]);
});

test("MFA-1: a secret that waited longer than an hour is shown no more, verifies nothing, and gives way to a new one", async () => {
  const { owner, who, seed } = await begun();
  await own(owner, (tx) => tx.update(twoFactors).set({ createdAt: sql`now() - interval '61 minutes'` }));
  expect(await pendingSeed(owner.id)).toBeNull();
  await expect(verifyTwoFactor(who, { code: codeNow(seed) })).rejects.toMatchObject({ code: "conflict" });
  await beginTwoFactor(who, {});
  const anew = (await pendingSeed(owner.id)) ?? "";
  expect([anew.length, anew === seed]).toEqual([seed.length, false]);
  expect(await verifyTwoFactor(who, { code: codeNow(anew) })).toHaveProperty("codes");
});

test("MFA-8: of twenty verifications at once one counts, with one set of codes", async () => {
  const { owner, who, seed } = await begun();
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => verifyTwoFactor(who, { code: codeNow(seed) })));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await codesOf(owner)).toHaveLength(10);
  expect((await mailsTo(owner.email)).filter(({ template }) => template === "security-notice")).toHaveLength(1);
});

test("MFA-8, AUT-9, SES-2: disabling takes password and code, ends the other sessions and copies of this one, and leaves nothing to sign in with", async () => {
  const { owner, who, org } = await active(true);
  const elsewhere = await sessionOf(owner, "password", "code");
  await renewRecoveryCodes(who, proof(owner));
  await letStepsPass(owner);
  const { secret } = await disableTwoFactor(who, proof(owner));
  expect(await twoFactorOf(owner.id)).toBe("off");
  expect(await codesOf(owner)).toEqual([]);
  const [account] = await own(owner, (tx) => tx.select().from(accounts).where(eq(accounts.id, owner.id)));
  expect(account?.twoFactorSince).toBeNull();
  expect(await presentSession(elsewhere)).toBeNull();
  const [kept] = await own(owner, (tx) => tx.select().from(sessions).where(eq(sessions.id, who.sessionId)));
  expect(kept).toMatchObject({ revokedAt: null, secretHash: hashSecret(secret) });
  expect((await mailsTo(owner.email)).at(-1)?.props.what).toBe("Two-factor authentication was disabled");
  expect((await entriesOf({ orgId: org.id }))[0]?.name).toBe("two_factor.disabled");
});

test("MFA-8: disabling is refused for a wrong password or code, each on the record, and counted", async () => {
  const { owner, who, org } = await active(true);
  await expect(disableTwoFactor(who, { ...proof(owner), password: "not the password" })).rejects.toMatchObject({ fields: { password: [expect.any(String)] } });
  const wrong = { password: goodPassword, code: wrongCodeFor(owner.seed) };
  await expect(disableTwoFactor(who, wrong)).rejects.toMatchObject({ fields: { code: [expect.any(String)] } });
  await expect(renewRecoveryCodes(who, wrong)).rejects.toMatchObject({ fields: { code: [expect.any(String)] } });
  expect((await entriesOf({ orgId: org.id })).map(({ name }) => name).slice(0, 3)).toEqual(["two_factor.refused", "two_factor.refused", "session.refused"]);
  for (let tries = 2; tries < 5; tries += 1) await expect(renewRecoveryCodes(who, wrong)).rejects.toMatchObject({ code: "invalid" });
  await holdWaits();
  await expect(disableTwoFactor(who, proof(owner))).rejects.toMatchObject({ code: "busy" });
  expect(await twoFactorOf(owner.id)).toBe("active");
});

test("MFA-8: what an organization requires cannot be disabled; the refusal names it and uses no code up", async () => {
  const { owner, who, org } = await active(true);
  await requireTwoFactor(org);
  await expect(disableTwoFactor(who, proof(owner))).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining(org.name) });
  expect(await twoFactorOf(owner.id)).toBe("active");
  await requireTwoFactor(org, false);
  await disableTwoFactor(who, proof(owner));
  expect(await twoFactorOf(owner.id)).toBe("off");
});

test("MFA-9: new codes void the old ones, cost password and code, and each opens once", async () => {
  const { owner, who } = await active();
  const first = await renewRecoveryCodes(who, proof(owner));
  const second = await renewRecoveryCodes(who, { password: goodPassword, code: first[0] ?? "" });
  expect(new Set([...first, ...second]).size).toBe(20);
  for (const code of first.slice(0, 2)) await expect(renewRecoveryCodes(who, { password: goodPassword, code })).rejects.toMatchObject({ code: "invalid" });
  await letStepsPass(owner);
  await disableTwoFactor(who, { password: goodPassword, code: (second[3] ?? "").toLowerCase().replaceAll("-", " ") });
  expect(await twoFactorOf(owner.id)).toBe("off");
});

test("MFA-2, MFA-9: of five who use one code at once, to disable or to make new codes, one does", async () => {
  const { owner, who } = await active();
  const same = proof(owner);
  const works = [disableTwoFactor, renewRecoveryCodes, disableTwoFactor, renewRecoveryCodes, renewRecoveryCodes];
  const outcomes = await Promise.allSettled(works.map((work): Promise<unknown> => work(who, same)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});
