import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { requirePassword } from "@/lib/confirmations/commands";
import { hashSecret } from "@/lib/kernel/secret";
import { addPasskey, confirmWithPasskey, removePasskey, signInWithPasskey } from "@/lib/passkeys/commands";
import { listPasskeys, offerToAdd, offerToConfirm, offerToEnter } from "@/lib/passkeys/queries";
import { hashPassword } from "@/lib/passwords/hash";
import { endSession } from "@/lib/sessions/commands";
import { presentSession, type SessionKey } from "@/lib/sessions/queries";
import { isFresh } from "@/lib/sessions/rules";
import { type Bent, deviceOf, newAuthenticator } from "@/lib/testing/authenticator";
import { goodPassword, newVisitor, presentAt, sessionOf } from "@/lib/testing/visitors";
import { entriesOf, newMember, newOrg, newPerson, type Person } from "@/lib/testing/world";

const refused = "This is not a passkey of your account, or it was not unlocked. Use another one, or your password";
const tooLate = "That took too long, or was sent twice. Try again";

const selfAt = async (key: SessionKey) => ({ ...(await presentAt(key)), origin: newVisitor() });

/** A browser of somebody who proved eleven minutes ago who they are. */
async function staleAt(person: Person) {
  const key = await sessionOf(person);
  const aged = { confirmedAt: sql`now() - interval '11 minutes'` };
  await asVisitor({ accountId: person.id }, (tx) => tx.update(sessions).set(aged).where(eq(sessions.id, key.sessionId)));
  return { key, who: await selfAt(key) };
}

async function staleHolder() {
  const person = await newPerson({ passwordHash: await hashPassword(goodPassword) });
  const member = await newMember(await newOrg(), "observer", "all", person);
  return { person, member, device: await deviceOf(person), ...(await staleAt(person)) };
}

type Holder = Awaited<ReturnType<typeof staleHolder>>;
type Device = Holder["device"];

async function signed(who: Holder["who"], device: Device, bent: Bent = {}) {
  const offer = await offerToConfirm(who);
  if (!offer) throw new Error("No passkey is offered");
  return device.get(offer, bent);
}

const send = (who: Holder["who"], answer: unknown) => confirmWithPasskey(who, { answer: JSON.stringify(answer) });
const refusal = (asked: Promise<unknown>) => asked.then(() => "confirmed", (fault: Error) => fault.message);
const stillStale = async ({ key }: Pick<Holder, "key">) => !isFresh((await presentAt(key)).age);

test("SES-11, SES-2, ACC-16: a passkey makes a stale session fresh, under a new key, and the old key is dead", async () => {
  const { key, who, member, device, person } = await staleHolder();
  const { secret, sessionId } = await send(who, await signed(who, device));
  expect(sessionId).toBe(key.sessionId);
  expect(await presentSession(key)).toBeNull();
  expect(isFresh((await presentAt({ ...key, secretHash: hashSecret(secret) })).age)).toBe(true);
  expect((await entriesOf(member))[0]).toMatchObject({ name: "session.confirmed", message: "Confirm identity with a passkey" });
  expect((await listPasskeys(person.id))[0]?.lastUsedAt).toBeInstanceOf(Date);
});

test("SES-11: only the passkeys of the account are asked for, and where there are none no passkey is", async () => {
  const { who } = await staleHolder();
  expect(await offerToConfirm(who)).toMatchObject({ userVerification: "required", allowCredentials: [{ type: "public-key" }] });
  const { who: other } = await staleAt(await newPerson());
  expect(await offerToConfirm(other)).toBeNull();
});

test("SES-11: somebody else's passkey confirms nobody, under whichever name, and is on the record", async () => {
  const mine = await staleHolder();
  const theirs = await staleHolder();
  const handle = Buffer.from(mine.person.id.replaceAll("-", ""), "hex").toString("base64url");
  for (const bent of [{}, { handle }, { handle: "" }]) {
    expect(await refusal(send(mine.who, await signed(mine.who, theirs.device, bent)))).toBe(refused);
  }
  expect(await refusal(send(mine.who, await signed(theirs.who, theirs.device)))).toBe(refused);
  expect(await stillStale(mine)).toBe(true);
  const [entry] = await entriesOf(mine.member);
  expect(entry).toMatchObject({ name: "session.refused", message: "Login refused: wrong passkey while signed in", address: mine.who.origin.address });
});

test("SES-11: what was signed to come in does not confirm, and what was signed to confirm opens nothing", async () => {
  const { who, device, ...holder } = await staleHolder();
  expect(await refusal(send(who, device.get(await offerToEnter())))).toBe(refused);
  expect(await stillStale(holder)).toBe(true);
  const answer = JSON.stringify(await signed(who, device));
  const entered = signInWithPasskey({ answer }, { origin: newVisitor(), begun: null }, { path: null });
  expect(await refusal(entered)).toMatch(/^This passkey does not open an account here/);
  const { challenge = "" } = (await offerToConfirm(who)) ?? {};
  const made = newAuthenticator().create({ ...(await offerToAdd(who)), challenge });
  expect(await refusal(addPasskey(who, { name: "Key", answer: JSON.stringify(made) }))).toMatch(/could not be added/);
});

test("SES-11: what was signed in one session confirms no other, of the same person neither", async () => {
  const { who, device, person } = await staleHolder();
  const elsewhere = await staleAt(person);
  expect(await refusal(send(elsewhere.who, await signed(who, device)))).toBe(refused);
  expect(await stillStale(elsewhere)).toBe(true);
});

test.each<[string, Bent]>([
  ["from another site's page", { origin: "https://portal.example.net" }],
  ["for another site", { rpId: "example.net" }],
  ["by a device that was not unlocked", { locked: true }],
  ["for a challenge of nobody", { challenge: "AAAA" }],
  ["for the making of a passkey", { type: "webauthn.create" }],
])("SES-11: a signature %s confirms nobody", async (_, bent) => {
  const { who, device, ...holder } = await staleHolder();
  expect(await refusal(send(who, await signed(who, device, bent)))).toBe(refused);
  expect(await stillStale(holder)).toBe(true);
});

test("SES-11: of five uses of one answer at once, one confirms", async () => {
  const { who, device } = await staleHolder();
  const answer = await signed(who, device);
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => refusal(send(who, answer))));
  expect(outcomes.filter((outcome) => outcome === "confirmed")).toHaveLength(1);
  expect(new Set(outcomes)).toEqual(new Set(["confirmed", tooLate]));
});

test("SES-11: a passkey that does not count on is refused and on the record, and the session stays stale", async () => {
  const { who, device, member, ...holder } = await staleHolder();
  await send(who, await signed(who, device, { counter: 7 }));
  const { key } = await staleAt(holder.person);
  const again = await selfAt(key);
  expect(await refusal(send(again, await signed(again, device, { counter: 7 })))).toBe(refused);
  expect(await stillStale({ key })).toBe(true);
  expect((await entriesOf(member))[0]?.message).toBe("Login refused: the passkey Key did not count on, so there may be a copy of it");
});

test("AUT-5, SES-11: wrong passkeys and wrong passwords are counted together, and a right passkey forgets both", async () => {
  const { who, device } = await staleHolder();
  const guess = () => requirePassword(who, "not the password").catch((fault: { code: string }) => fault.code);
  const wrong = async () => refusal(send(who, await signed(who, device, { locked: true })));
  for (let tries = 0; tries < 2; tries += 1) expect([await guess(), await wrong()]).toEqual(["invalid", refused]);
  await send(who, await signed(who, device));
  for (let tries = 0; tries < 5; tries += 1) expect(await wrong()).toBe(refused);
  expect([await wrong(), await wrong()]).toContainEqual(expect.stringMatching(/^There were too many tries/));
});

test("ACC-16: of a passkey that was removed meanwhile the browser is told that it is not kept here", async () => {
  const { who, device, person } = await staleHolder();
  const answer = await signed(who, device);
  const stranger = await staleHolder();
  const [passkey] = await listPasskeys(person.id);
  await removePasskey(who, { passkeyId: passkey?.id });
  await expect(send(who, answer)).rejects.toMatchObject({ message: refused, fields: { passkey: [expect.any(String)] } });
  const foreign = await send(who, stranger.device.get(await offerToEnter())).catch((fault: { fields?: object }) => fault);
  expect(foreign).not.toHaveProperty("fields.passkey");
});

test("SES-10, SES-11: a session that has ended meanwhile is confirmed by nobody", async () => {
  const { key, who, device } = await staleHolder();
  const answer = await signed(who, device);
  await endSession(who, newVisitor());
  await expect(send(who, answer)).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await presentSession(key)).toBeNull();
});
