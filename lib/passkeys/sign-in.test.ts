import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { removePasskey, signInWithPasskey } from "@/lib/passkeys/commands";
import { listPasskeys, registrationOptions, loginOptions, secondFactorOptions } from "@/lib/passkeys/queries";
import { type AuthenticatorOverrides, newPasskeyDevice, newAuthenticator } from "@/lib/testing/authenticator";
import { newLoginChallenge } from "@/lib/testing/totp";
import { loadSession, newRequestMetadata, newAccountContext, openedSession, queuedJobs, runQueuedJobs } from "@/lib/testing/sign-in";
import { listAuditEntries, newMember, newOrg, newAccount } from "@/lib/testing/fixtures";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { ipNetwork } from "@/lib/kernel/rate-limit-config";

const loginFailed = "No account here has this passkey. Sign in with your password, or use another passkey";
const challengeExpired = "That took too long, or was sent twice. Try again";

async function newPasskeyOwner({ counts = true, ...person }: { counts?: boolean; twoFactorEnabledAt?: Date } = {}) {
  const owner = await newAccount(person);
  return { owner, device: await newPasskeyDevice(owner, newAuthenticator({ counts })) };
}

type Device = ReturnType<typeof newAuthenticator>;

const send = (answer: unknown, challengeSecret: string | null = null, origin = newRequestMetadata()) =>
  signInWithPasskey({ origin, challengeSecret }, { answer: JSON.stringify(answer) });
const signInWith = async (device: Device, overrides: AuthenticatorOverrides = {}, challengeSecret: string | null = null) => send(device.get(await loginOptions(), overrides), challengeSecret);
const outcomeOf = (attempt: Promise<unknown>) => attempt.then(() => "signed in", (error: Error) => error.message);

const sessionOf = async (login: ReturnType<typeof send>) => loadSession(openedSession(await login));

test("ACC-16: a passkey alone signs in, also when the account has a second factor", async () => {
  for (const twoFactorEnabledAt of [undefined, new Date()]) {
    const { owner, device } = await newPasskeyOwner({ twoFactorEnabledAt });
    expect(await sessionOf(signInWith(device))).toMatchObject({ account: { id: owner.id }, methods: ["passkey"] });
    expect((await listPasskeys(owner.id))[0]?.lastUsedAt).toBeInstanceOf(Date);
  }
});

test("ACC-16, MFA-6: a passkey serves as the second factor", async () => {
  const { owner, device } = await newPasskeyOwner({ twoFactorEnabledAt: new Date() });
  const challengeSecret = await newLoginChallenge(owner);
  const offer = await secondFactorOptions(challengeSecret);
  expect(offer?.allowCredentials).toHaveLength(1);
  if (!offer) throw new Error("No passkey is offered");
  const login = send(device.get(offer, { handle: "" }), challengeSecret);
  expect(await sessionOf(login)).toMatchObject({ methods: ["password", "passkey"] });
  expect(await secondFactorOptions(challengeSecret), "the challenge is consumed").toBeNull();
});

test("ACC-16: no passkey options for an account without passkeys or a browser without a pending sign-in", async () => {
  const person = await newAccount({ twoFactorEnabledAt: new Date() });
  for (const challengeSecret of [await newLoginChallenge(person), "not-a-challenge", null]) expect(await secondFactorOptions(challengeSecret)).toBeNull();
});

test("ACC-16, MFA-5: another person's passkey signs in to their own account and leaves the pending sign-in unchanged", async () => {
  const { owner } = await newPasskeyOwner({ twoFactorEnabledAt: new Date() });
  const other = await newPasskeyOwner();
  const challengeSecret = await newLoginChallenge(owner);
  const session = await sessionOf(signInWith(other.device, {}, challengeSecret));
  expect(session).toMatchObject({ account: { id: other.owner.id }, methods: ["passkey"] });
  expect(await secondFactorOptions(challengeSecret)).not.toBeNull();
});

test("ACC-16: options for one account's second factor cannot be answered by another account's passkey", async () => {
  const { owner } = await newPasskeyOwner({ twoFactorEnabledAt: new Date() });
  const other = await newPasskeyOwner();
  const challengeSecret = await newLoginChallenge(owner);
  const offer = await secondFactorOptions(challengeSecret);
  if (!offer) throw new Error("No passkey is offered");
  expect(await outcomeOf(send(other.device.get(offer), challengeSecret))).toBe(loginFailed);
});

test.each<[string, AuthenticatorOverrides]>([
  ["from another origin", { origin: "https://portal.example.net" }],
  ["for another relying party", { rpId: "example.net" }],
  ["without user verification", { locked: true }],
  ["with a forged challenge", { challenge: "AAAA" }],
  ["of type webauthn.create", { type: "webauthn.create" }],
  ["with a malformed user handle", { handle: "AAAA" }],
])("ACC-16: a signature %s is refused with the general message", async (_, overrides) => {
  const { device } = await newPasskeyOwner();
  expect(await outcomeOf(signInWith(device, overrides))).toBe(loginFailed);
});

test("ACC-16: another account's user handle, an unknown passkey and a removed passkey are refused", async () => {
  const { owner, device } = await newPasskeyOwner();
  const who = await newAccountContext(owner);
  const other = await newPasskeyOwner();
  const handle = Buffer.from(other.owner.id.replaceAll("-", ""), "hex").toString("base64url");
  const unknown = newAuthenticator();
  unknown.create(await registrationOptions(who));
  expect(await outcomeOf(signInWith(device, { handle }))).toBe(loginFailed);
  expect(await outcomeOf(signInWith(unknown))).toBe(loginFailed);
  const [passkey] = await listPasskeys(owner.id);
  await removePasskey(who, { passkeyId: passkey?.id ?? "" });
  expect(await outcomeOf(signInWith(device))).toBe(loginFailed);
});

test("ACC-16: only an unknown passkey is reported to the browser, which deletes it then", async () => {
  const { owner, device } = await newPasskeyOwner();
  const errorFields = (answer: unknown) => send(answer).then(() => null, (error: { fields?: object }) => Object.keys(error.fields ?? {}));
  const offer = await loginOptions();
  await signInWith(device, { counter: 7 });
  for (const overrides of [{ locked: true }, { counter: 7 }, { challenge: "AAAA" }, { handle: "" }, { handle: "AAAA" }]) {
    expect(await errorFields(device.get(offer, overrides))).toEqual([]);
  }
  const who = await newAccountContext(owner);
  const [passkey] = await listPasskeys(owner.id);
  await removePasskey(who, { passkeyId: passkey?.id ?? "" });
  expect(await errorFields(device.get(offer))).toEqual(["passkey"]);
});

test.each(["", "{", "null", "[]", '{"id":"a"}', "x".repeat(30_000)])("ACC-16: malformed input is refused with the same message: %.20s", async (answer) => {
  expect(await outcomeOf(signInWithPasskey({ origin: newRequestMetadata(), challengeSecret: null }, { answer }))).toBe(loginFailed);
});

test("ACC-16: a counter that does not increase is refused and logged, and the passkey keeps working", async () => {
  const { owner, device } = await newPasskeyOwner();
  const member = await newMember(await newOrg(), "observer", "all", owner);
  await signInWith(device, { counter: 7 });
  for (const counter of [7, 6, 0]) expect(await outcomeOf(signInWith(device, { counter }))).toBe(loginFailed);
  const messages = (await listAuditEntries(member)).map(({ message }) => message);
  const counterMessage = "Sign-in refused: the passkey Key did not count on, so there may be a copy of it";
  expect(messages.filter((message) => message === counterMessage)).toHaveLength(3);
  expect(await outcomeOf(signInWith(device, { counter: 8 }))).toBe("signed in");
});

test("ACC-16: a passkey without a counter works repeatedly", async () => {
  const { device } = await newPasskeyOwner({ counts: false });
  for (const _ of [1, 2, 3]) expect(await outcomeOf(signInWith(device))).toBe("signed in");
});

test("ACC-16: one of 20 parallel uses of the same answer creates a session", async () => {
  const { device, owner } = await newPasskeyOwner({ counts: false });
  const answer = device.get(await loginOptions());
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(send(answer))));
  expect(outcomes.filter((outcome) => outcome === "signed in")).toHaveLength(1);
  expect(new Set(outcomes)).toEqual(new Set(["signed in", challengeExpired]));
  const opened = await withAuthScope({ accountId: owner.id }, (tx) => tx.select({ methods: sessions.methods }).from(sessions));
  expect(opened).toEqual([{ methods: ["passkey"] }]);
});

test("ACC-16, MFA-5: one of 20 parallel passkey answers completes a pending sign-in", async () => {
  const { device, owner } = await newPasskeyOwner({ counts: false, twoFactorEnabledAt: new Date() });
  const challengeSecret = await newLoginChallenge(owner);
  const offer = async () => (await secondFactorOptions(challengeSecret)) ?? loginOptions();
  const answers = await Promise.all(Array.from({ length: 20 }, async () => device.get(await offer())));
  await Promise.all(answers.map((answer) => send(answer, challengeSecret)));
  const opened = await withAuthScope({ accountId: owner.id }, (tx) => tx.select({ methods: sessions.methods }).from(sessions));
  expect(opened.filter(({ methods }) => methods.includes("password"))).toEqual([{ methods: ["password", "passkey"] }]);
});

test("ACC-16: a suspended account gets a message that says so, and the attempt is logged", async () => {
  const { device, owner } = await newPasskeyOwner();
  const member = await newMember(await newOrg(), "observer", "all", owner);
  const same = eq(accounts.id, owner.id);
  await withAuthScope({ accountId: owner.id }, (tx) => tx.update(accounts).set({ suspendedAt: new Date() }).where(same));
  expect(await outcomeOf(signInWith(device))).toMatch(/^This account is suspended/);
  await runQueuedJobs("session.refuse", { account: owner.id });
  expect((await listAuditEntries(member))[0]).toMatchObject({ name: "session.refused" });
});

test("ACC-10, ACC-16: a refusal enqueues one job, whether or not the account exists", async () => {
  const { device } = await newPasskeyOwner();
  for (const overrides of [{ locked: true }, { handle: "AAAA" }]) {
    const origin = newRequestMetadata();
    await outcomeOf(send(device.get(await loginOptions(), overrides), null, origin));
    expect(await queuedJobs("session.refuse", { ipAddress: origin.ipAddress ?? "" })).toHaveLength(1);
  }
});

test("AUT-5: passkey sign-ins count towards the network limit, successful ones too", async () => {
  const { device } = await newPasskeyOwner({ counts: false });
  const origin = newRequestMetadata();
  await withAuthScope({}, async (tx) => {
    for (let times = 0; times < 299; times += 1) await consumeLimit(tx, "sign_in_network_total", ipNetwork(origin.ipAddress));
  });
  expect(await outcomeOf(send(device.get(await loginOptions()), null, origin))).toBe("signed in");
  expect(await outcomeOf(send(device.get(await loginOptions()), null, origin))).toMatch(/Too many sign-ins/);
});

test("ACC-11, ACC-16: a network is limited to 100 refusals in 15 minutes; successful sign-ins do not count", async () => {
  const { device } = await newPasskeyOwner({ counts: false });
  const origin = newRequestMetadata();
  for (const _ of [1, 2, 3]) await send(device.get(await loginOptions()), null, origin);
  const attempts = await Promise.all(Array.from({ length: 101 }, () => outcomeOf(send({}, null, origin))));
  expect(attempts.filter((outcome) => outcome === loginFailed)).toHaveLength(100);
  expect(await outcomeOf(send(device.get(await loginOptions()), null, origin))).toMatch(/Too many sign-ins/);
  expect(await outcomeOf(signInWith(device)), "from another network").toBe("signed in");
});
