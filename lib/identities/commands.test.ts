import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accounts, challenges, identities } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { beginGoogleLink, beginGoogleSignIn, linkGoogle, signInWithGoogle, unlinkGoogle } from "@/lib/identities/commands";
import { linkedGoogle } from "@/lib/identities/queries";
import { errandOf } from "@/lib/identities/rules";
import { fakeGoogle } from "@/lib/integrations/fake-google";
import { holdAccount } from "@/lib/kernel/hold";
import { hashSecret } from "@/lib/kernel/secret";
import { endSession, openSession } from "@/lib/sessions/commands";
import { configure, newGooglePerson, roadsTo, waysInto } from "@/lib/testing/google";
import { newAddress, newVisitor, signedInAs, waiting } from "@/lib/testing/visitors";
import { asOwner, entriesOf, mailsTo, newMember, newOrg, newPerson, type Person, waitingForLocks } from "@/lib/testing/world";
import { reserve } from "@/lib/throttles/commands";
import { networkOf } from "@/lib/throttles/rules";

const google = await fakeGoogle();

beforeAll(() => configure(google.issuer));
afterAll(() => google.close());

const { link, newLinked, backFromGoogle } = roadsTo(google);

const change = ({ id }: Pick<Person, "id">, changes: Partial<typeof accounts.$inferInsert>) =>
  asVisitor({ accountId: id }, (tx) => tx.update(accounts).set(changes).where(eq(accounts.id, id)));

const identitiesOf = ({ id }: Pick<Person, "id">) =>
  asVisitor({ accountId: id }, (tx) => tx.select().from(identities).where(eq(identities.accountId, id)));

test("ACC-25, ACC-13: a linked Google account signs in, and leads to where one wanted to be", async () => {
  const { person, whom } = await newLinked();
  const { entrance, wanted } = await signInWithGoogle(await backFromGoogle(whom, "/orgs?sort=name"), newVisitor());
  expect([entrance.kind, entrance.accountId, wanted.path]).toEqual(["ticket", person.id, "/orgs?sort=name"]);
  expect(await openSession(entrance.secret, newVisitor())).toMatchObject({ accountId: person.id });
  expect(await linkedGoogle(person.id)).toMatchObject({ email: whom.email, linkedAt: expect.any(Date), lastUsedAt: expect.any(Date) });
});

test("MFA-6: Google is one factor: a second is asked for where there is one", async () => {
  const { person, whom } = await newLinked();
  await change(person, { twoFactorSince: new Date() });
  const { entrance } = await signInWithGoogle(await backFromGoogle(whom), newVisitor());
  expect(entrance.kind).toBe("challenge");
});

test("PWD-3, AUD-1: a suspended account is closed on this road too, and whoever tries is on the record", async () => {
  const { person, whom } = await newLinked();
  await change(person, { suspendedAt: new Date() });
  await expect(signInWithGoogle(await backFromGoogle(whom), newVisitor())).rejects.toMatchObject({ code: "forbidden" });
  expect(await waiting("session.refuse", { account: person.id })).toHaveLength(1);
});

test("SSO-5: the same address opens nothing and links nothing", async () => {
  const person = await newPerson({ email: newAddress() });
  await expect(signInWithGoogle(await backFromGoogle(newGooglePerson(person.email)), newVisitor())).rejects.toMatchObject({ why: "unknown" });
  expect([await waysInto(person), await linkedGoogle(person.id)]).toEqual([0, null]);
});

test("SSO-5: who changed the address at Google is still known, and who took the old one is not", async () => {
  const { person, whom } = await newLinked();
  const moved = await signInWithGoogle(await backFromGoogle({ ...whom, email: newAddress() }), newVisitor());
  expect(moved.entrance.accountId).toBe(person.id);
  await expect(signInWithGoogle(await backFromGoogle(newGooglePerson(whom.email)), newVisitor())).rejects.toMatchObject({ why: "unknown" });
});

test("ACC-25: a link that is taken away on the way back from Google opens nothing", async () => {
  const { person, whom } = await newLinked();
  const back = await backFromGoogle(whom);
  const owner = asOwner();
  let entering: Promise<unknown> = Promise.resolve();
  await asVisitor({ accountId: person.id }, async (tx) => {
    await holdAccount(tx, person.id, "no key update");
    entering = signInWithGoogle(back, newVisitor()).then(() => "in", (fault: unknown) => fault);
    while ((await waitingForLocks(owner)) === 0);
    await tx.delete(identities).where(eq(identities.accountId, person.id));
  });
  expect(await entering).toMatchObject({ why: "unknown" });
  await owner.end();
});

test("AUT-5: a network, and somebody signed in, set out for Google three hundred times in a quarter of an hour", async () => {
  const [origin, who] = [newVisitor(), await signedInAs(await newPerson())];
  await asVisitor({}, async (tx) => {
    for (const whose of [networkOf(origin.address), who.account.id]) {
      for (let times = 0; times < 299; times += 1) await reserve(tx, "google_address", whose);
    }
  });
  for (const begin of [() => beginGoogleSignIn(origin, { path: null }), () => beginGoogleLink(who)]) {
    expect((await begin()).address).toContain(google.issuer);
    await expect(begin()).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  }
  expect((await beginGoogleSignIn(newVisitor(), { path: null })).address).toContain(google.issuer);
});

test("SES-2: of twenty answers at once to one errand, one opens a session", async () => {
  const { person, whom } = await newLinked();
  const before = await waysInto(person);
  const back = await backFromGoogle(whom);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => signInWithGoogle(back, newVisitor())));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ why: "over" });
  expect(await waysInto(person)).toBe(before + 1);
  expect(google.asked.filter((code) => back.answer.includes(code))).toHaveLength(1);
});

test("SSO-7: an errand ends after five minutes", async () => {
  const { whom } = await newLinked();
  const back = await backFromGoogle(whom);
  await asVisitor({ linkHash: hashSecret(back.secret) }, (tx) => tx.update(challenges).set({ expiresAt: sql`now()` }));
  await expect(signInWithGoogle(back, newVisitor())).rejects.toMatchObject({ why: "over" });
});

test("SSO-7: an answer to one errand is none to the other, also with the cookies swapped", async () => {
  const who = await signedInAs(await newPerson());
  const whom = newGooglePerson();
  const linking = await beginGoogleLink(who);
  const entering = await beginGoogleSignIn(newVisitor(), { path: null });
  const answers = await Promise.all([linking, entering].map(({ address }) => google.answerOf(address, whom)));
  const [toLink = "", toEnter = ""] = answers;
  const stateIn = (answer: string) => new URLSearchParams(answer).get("state");
  expect(errandOf(linking.secret, stateIn(toLink))).toBe("google_link");
  expect([errandOf(linking.secret, stateIn(toEnter)), errandOf(entering.secret, stateIn(toLink))]).toEqual([null, null]);
  await expect(signInWithGoogle({ secret: linking.secret, answer: toLink }, newVisitor())).rejects.toMatchObject({ why: "over" });
  await expect(linkGoogle(who, { secret: entering.secret, answer: toEnter })).rejects.toMatchObject({ why: "over" });
  await expect(signInWithGoogle({ secret: entering.secret, answer: toLink }, newVisitor())).rejects.toMatchObject({ why: "failed" });
  expect(await linkedGoogle(who.account.id)).toBeNull();
  await linkGoogle(who, { secret: linking.secret, answer: toLink });
});

test("SSO-7: linking begun in one session is not finished in another, nor by another account", async () => {
  const person = await newPerson();
  const [here, elsewhere, stranger] = [await signedInAs(person), await signedInAs(person), await signedInAs(await newPerson())];
  const { secret, address } = await beginGoogleLink(here);
  const answer = await google.answerOf(address, newGooglePerson());
  for (const other of [elsewhere, stranger]) {
    await expect(linkGoogle(other, { secret, answer })).rejects.toMatchObject({ why: "over" });
    expect(await linkedGoogle(other.account.id)).toBeNull();
  }
  await linkGoogle(here, { secret, answer });
  expect(await linkedGoogle(person.id)).not.toBeNull();
});

test("SSO-7: a session that ended on the way links nothing", async () => {
  const who = await signedInAs(await newPerson());
  const { secret, address } = await beginGoogleLink(who);
  const answer = await google.answerOf(address, newGooglePerson());
  await endSession(who, who.origin);
  await expect(linkGoogle(who, { secret, answer })).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await linkedGoogle(who.account.id)).toBeNull();
});

test("ACC-25: a Google account that belongs to another account is refused, and does not say whose it is", async () => {
  const { person, whom } = await newLinked();
  const other = await signedInAs(await newPerson());
  const refusal: unknown = await link(other, whom).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ why: "taken", code: "conflict" });
  expect(String(refusal)).not.toContain(person.email);
  expect(await linkedGoogle(other.account.id)).toBeNull();
});

test("ACC-25: of twenty people who link one Google account at once, one does", async () => {
  const whom = newGooglePerson();
  const people = await Promise.all(Array.from({ length: 20 }, async () => signedInAs(await newPerson())));
  const outcomes = await Promise.allSettled(people.map((who) => link(who, whom)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ why: "taken" });
});

test("ACC-25: one Google account at a time", async () => {
  const who = await signedInAs(await newPerson());
  const begun = await beginGoogleLink(who);
  await link(who, newGooglePerson());
  await expect(beginGoogleLink(who)).rejects.toMatchObject({ why: "linked-before" });
  const answer = await google.answerOf(begun.address, newGooglePerson());
  await expect(linkGoogle(who, { secret: begun.secret, answer })).rejects.toMatchObject({ why: "linked-before" });
  expect(await identitiesOf(who.account)).toHaveLength(1);
});

test("SSO-5: an address that Google has not verified is not linked", async () => {
  const who = await signedInAs(await newPerson());
  await expect(link(who, { ...newGooglePerson(), verified: false })).rejects.toMatchObject({ why: "unverified" });
  expect(await linkedGoogle(who.account.id)).toBeNull();
});

test("AUT-9, AUD-6: linking and unlinking are in the log and told to the owner, without the number at Google", async () => {
  const [org, person, whom] = [await newOrg(), await newPerson(), newGooglePerson()];
  await newMember(org, "observer", "all", person);
  const who = await signedInAs(person);
  await link(who, whom);
  await unlinkGoogle(who, {});
  const entries = await entriesOf({ orgId: org.id });
  expect(entries.slice(0, 2).map(({ message }) => message)).toEqual(["Unlink Google account", "Link Google account"]);
  expect(JSON.stringify(entries)).not.toContain(whom.sub);
  const told = (await mailsTo(person.email)).filter(({ template }) => template === "security-notice").map(({ props }) => props.what);
  expect(told).toEqual(["A Google account was linked with your account", "The link with your Google account was removed"]);
  await expect(signInWithGoogle(await backFromGoogle(whom), newVisitor())).rejects.toMatchObject({ why: "unknown" });
  await expect(unlinkGoogle(who, {})).rejects.toMatchObject({ code: "conflict" });
});

test("CRY-1: nothing that Google hands out is kept", async () => {
  let handed: Record<string, unknown> = {};
  google.tampering.tokens = (tokens) => void (handed = { ...tokens });
  const { person } = await newLinked();
  google.tampering.tokens = undefined;
  const kept = JSON.stringify(await identitiesOf(person));
  for (const name of ["access_token", "id_token", "refresh_token"]) {
    expect(handed[name]).toEqual(expect.any(String));
    expect(kept).not.toContain(handed[name]);
  }
});
