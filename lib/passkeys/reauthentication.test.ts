import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { requireCurrentPassword } from "@/lib/reauthentication/internal";
import { hashSecret } from "@/lib/kernel/secrets";
import { addPasskey, reauthenticateWithPasskey, removePasskey, signInWithPasskey } from "@/lib/passkeys/commands";
import { listPasskeys, registrationOptions, reauthenticationOptions, loginOptions } from "@/lib/passkeys/queries";
import { hashPassword } from "@/lib/passwords/hash";
import { endSession } from "@/lib/sessions/commands";
import { getAuthSession, type SessionLookup } from "@/lib/sessions/queries";
import { hasRecentAuth } from "@/lib/sessions/rules";
import { type AuthenticatorOverrides, newPasskeyDevice, newAuthenticator } from "@/lib/testing/authenticator";
import { validPassword, newRequestMetadata, loadSession, newSession } from "@/lib/testing/sign-in";
import { listAuditEntries, newMember, newOrg, newAccount, type TestAccount } from "@/lib/testing/fixtures";

const reauthenticationFailed = "This passkey isn’t yours, or it wasn’t unlocked. Use another one, or your password";
const challengeExpired = "That took too long, or was sent twice. Try again";

const contextAt = async (key: SessionLookup) => ({ ...(await loadSession(key)), origin: newRequestMetadata() });

/** A session whose last authentication was eleven minutes ago. */
async function newStaleSession(person: TestAccount) {
  const key = await newSession(person);
  const change = { reauthenticatedAt: sql`now() - interval '11 minutes'` };
  await withAuthScope({ accountId: person.id }, (tx) => tx.update(sessions).set(change).where(eq(sessions.id, key.sessionId)));
  return { key, who: await contextAt(key) };
}

async function newStaleHolder() {
  const person = await newAccount({ passwordHash: await hashPassword(validPassword) });
  const member = await newMember(await newOrg(), "observer", "all", person);
  return { person, member, device: await newPasskeyDevice(person), ...(await newStaleSession(person)) };
}

type Holder = Awaited<ReturnType<typeof newStaleHolder>>;
type Device = Holder["device"];

async function signChallenge(who: Holder["who"], device: Device, overrides: AuthenticatorOverrides = {}) {
  const options = await reauthenticationOptions(who);
  if (!options) throw new Error("No passkey is offered");
  return device.get(options, overrides);
}

const send = (who: Holder["who"], answer: unknown) => reauthenticateWithPasskey(who, { answer: JSON.stringify(answer) });
const outcomeOf = (attempt: Promise<unknown>) => attempt.then(() => "confirmed", (error: Error) => error.message);
const isStale = async ({ key }: Pick<Holder, "key">) => !hasRecentAuth((await loadSession(key)).age);

test("SES-11, SES-2, ACC-16: a passkey reauthenticates a session and rotates its secret", async () => {
  const { key, who, member, device, person } = await newStaleHolder();
  const { secret, sessionId } = await send(who, await signChallenge(who, device));
  expect(sessionId).toBe(key.sessionId);
  expect(await getAuthSession(key)).toBeNull();
  expect(hasRecentAuth((await loadSession({ ...key, secretHash: hashSecret(secret) })).age)).toBe(true);
  expect((await listAuditEntries(member))[0]).toMatchObject({ name: "session.confirmed", message: "Confirmed identity with a passkey" });
  expect((await listPasskeys(person.id))[0]?.lastUsedAt).toBeInstanceOf(Date);
});

test("SES-11: the options list the account's passkeys, and are null when it has none", async () => {
  const { who } = await newStaleHolder();
  expect(await reauthenticationOptions(who)).toMatchObject({ userVerification: "required", allowCredentials: [{ type: "public-key" }] });
  const { who: other } = await newStaleSession(await newAccount());
  expect(await reauthenticationOptions(other)).toBeNull();
});

test("SES-11: another account's passkey is refused with any user handle, and the attempt is logged", async () => {
  const mine = await newStaleHolder();
  const theirs = await newStaleHolder();
  const handle = Buffer.from(mine.person.id.replaceAll("-", ""), "hex").toString("base64url");
  for (const overrides of [{}, { handle }, { handle: "" }]) {
    expect(await outcomeOf(send(mine.who, await signChallenge(mine.who, theirs.device, overrides)))).toBe(reauthenticationFailed);
  }
  expect(await outcomeOf(send(mine.who, await signChallenge(theirs.who, theirs.device)))).toBe(reauthenticationFailed);
  expect(await isStale(mine)).toBe(true);
  const [entry] = await listAuditEntries(mine.member);
  expect(entry).toMatchObject({ name: "session.refused", message: "Sign-in refused: wrong passkey while signed in", ipAddress: mine.who.origin.ipAddress });
});

test("SES-11: a sign-in answer does not reauthenticate, and a reauthentication answer neither signs in nor registers", async () => {
  const { who, device, ...owner } = await newStaleHolder();
  expect(await outcomeOf(send(who, device.get(await loginOptions())))).toBe(reauthenticationFailed);
  expect(await isStale(owner)).toBe(true);
  const answer = JSON.stringify(await signChallenge(who, device));
  const login = signInWithPasskey({ origin: newRequestMetadata(), challengeSecret: null }, { answer });
  expect(await outcomeOf(login)).toMatch(/^No account here has this passkey/);
  const { challenge = "" } = (await reauthenticationOptions(who)) ?? {};
  const registration = newAuthenticator().create({ ...(await registrationOptions(who)), challenge });
  expect(await outcomeOf(addPasskey(who, { name: "Key", answer: JSON.stringify(registration) }))).toMatch(/couldn’t be added/);
});

test("SES-11: an answer for one session is refused in another session of the same account", async () => {
  const { who, device, person } = await newStaleHolder();
  const otherSession = await newStaleSession(person);
  expect(await outcomeOf(send(otherSession.who, await signChallenge(who, device)))).toBe(reauthenticationFailed);
  expect(await isStale(otherSession)).toBe(true);
});

test.each<[string, AuthenticatorOverrides]>([
  ["from another origin", { origin: "https://portal.example.net" }],
  ["for another relying party", { rpId: "example.net" }],
  ["without user verification", { locked: true }],
  ["with a forged challenge", { challenge: "AAAA" }],
  ["of type webauthn.create", { type: "webauthn.create" }],
])("SES-11: a signature %s is refused", async (_, overrides) => {
  const { who, device, ...owner } = await newStaleHolder();
  expect(await outcomeOf(send(who, await signChallenge(who, device, overrides)))).toBe(reauthenticationFailed);
  expect(await isStale(owner)).toBe(true);
});

test("SES-11: one of five parallel uses of the same answer succeeds", async () => {
  const { who, device } = await newStaleHolder();
  const answer = await signChallenge(who, device);
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => outcomeOf(send(who, answer))));
  expect(outcomes.filter((outcome) => outcome === "confirmed")).toHaveLength(1);
  expect(new Set(outcomes)).toEqual(new Set(["confirmed", challengeExpired]));
});

test("SES-11: a counter that does not increase is refused and logged, and the session stays stale", async () => {
  const { who, device, member, ...owner } = await newStaleHolder();
  await send(who, await signChallenge(who, device, { counter: 7 }));
  const { key } = await newStaleSession(owner.person);
  const again = await contextAt(key);
  expect(await outcomeOf(send(again, await signChallenge(again, device, { counter: 7 })))).toBe(reauthenticationFailed);
  expect(await isStale({ key })).toBe(true);
  expect((await listAuditEntries(member))[0]?.message).toBe("Sign-in refused: the passkey Key did not count on, so there may be a copy of it");
});

test("AUT-5, SES-11: failed passkeys and passwords share one limit, which a valid passkey resets", async () => {
  const { who, device } = await newStaleHolder();
  const guess = () => requireCurrentPassword(who, "not the password").catch((error: { code: string }) => error.code);
  const wrong = async () => outcomeOf(send(who, await signChallenge(who, device, { locked: true })));
  for (let tries = 0; tries < 2; tries += 1) expect([await guess(), await wrong()]).toEqual(["invalid", reauthenticationFailed]);
  await send(who, await signChallenge(who, device));
  for (let tries = 0; tries < 5; tries += 1) expect(await wrong()).toBe(reauthenticationFailed);
  expect([await wrong(), await wrong()]).toContainEqual(expect.stringMatching(/^Too many attempts/));
});

test("ACC-16: a removed passkey is reported to the browser, another account's passkey is not", async () => {
  const { who, device, person } = await newStaleHolder();
  const answer = await signChallenge(who, device);
  const stranger = await newStaleHolder();
  const [passkey] = await listPasskeys(person.id);
  await removePasskey(who, { passkeyId: passkey?.id ?? "" });
  await expect(send(who, answer)).rejects.toMatchObject({ message: reauthenticationFailed, fields: { passkey: [expect.any(String)] } });
  const error = await send(who, stranger.device.get(await loginOptions())).catch((reason: { fields?: object }) => reason);
  expect(error).not.toHaveProperty("fields.passkey");
});

test("SES-10, SES-11: an ended session cannot be reauthenticated", async () => {
  const { key, who, device } = await newStaleHolder();
  const answer = await signChallenge(who, device);
  await endSession(who, {});
  await expect(send(who, answer)).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await getAuthSession(key)).toBeNull();
});
