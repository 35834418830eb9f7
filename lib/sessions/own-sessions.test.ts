import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accountEvents, memberships, organizations, sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import { requestAddress } from "@/lib/addresses/commands";
import { deleteAccount, exportAccount } from "@/lib/departures/commands";
import { unlinkGoogle } from "@/lib/identities/commands";
import { endOtherSessions, endOwnSession, endSession, openSession, signIn } from "@/lib/sessions/commands";
import { accountActivity, ownSessions, presentSession } from "@/lib/sessions/queries";
import { hashSecret } from "@/lib/kernel/secret";
import { removePasskey } from "@/lib/passkeys/commands";
import { hashPassword } from "@/lib/passwords/hash";
import { changePassword } from "@/lib/profiles/commands";
import { goodPassword, newAddress, newVisitor, presentAt, sessionOf, signedInAs, ticketFor, work } from "@/lib/testing/visitors";
import { entriesOf, mailsTo, newMember, newOrg, newPerson, type Person } from "@/lib/testing/world";

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);

const aged = (person: Person, sessionId: string, columns: Partial<Record<"authTime" | "lastSeenAt", number>>) =>
  asVisitor({ accountId: person.id }, (tx) =>
    tx
      .update(sessions)
      .set(Object.fromEntries(Object.entries(columns).map(([name, minutes]) => [name, sql`now() - make_interval(mins => ${minutes})`])))
      .where(eq(sessions.id, sessionId)),
  );

async function inOrg(policy: Partial<typeof organizations.$inferInsert>, person: Person) {
  const org = await newOrg();
  const set = { version: 2, ...policy };
  await withinScope({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set(set).where(eq(organizations.id, org.id)));
  return newMember(org, "observer", "all", person);
}

test("SES-8: a person sees each browser they are signed in with, how, where and since when, and which one this is", async () => {
  const person = await newPerson();
  const other = await sessionOf(person, "password", "code");
  const who = await signedInAs(person);
  await sessionOf(await newPerson());
  const listed = await ownSessions(who);
  expect(listed).toMatchObject([
    { id: who.sessionId, isThis: true, methods: ["password"] },
    { id: other.sessionId, isThis: false, methods: ["password", "code"], browser: expect.stringContaining("Firefox"), address: expect.any(String) },
  ]);
  expect(JSON.stringify(listed)).not.toMatch(/secret|hash/i);
});

test("SES-8: an ended session is over with its next request, and on the record", async () => {
  const person = await newPerson();
  const member = await newMember(await newOrg(), "observer", "all", person);
  const other = await sessionOf(person);
  const who = await signedInAs(person);
  await endOwnSession(who, { sessionId: other.sessionId });
  expect(await presentSession(other)).toBeNull();
  expect(idsOf(await ownSessions(who))).toEqual([who.sessionId]);
  expect((await entriesOf(member))[0]).toMatchObject({ name: "session.revoked", actorId: person.id, message: expect.stringContaining("Firefox on Linux") });
  await expect(endOwnSession(who, { sessionId: other.sessionId })).rejects.toMatchObject({ code: "not_found" });
});

test("SES-8: of twenty who end the same session at once, one did", async () => {
  const person = await newPerson();
  const other = await sessionOf(person);
  const who = await signedInAs(person);
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => endOwnSession(who, { sessionId: other.sessionId })));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("SES-8: nobody ends somebody else's session, and nobody the one they are in", async () => {
  const stranger = await sessionOf(await newPerson());
  const who = await signedInAs(await newPerson());
  await expect(endOwnSession(who, { sessionId: stranger.sessionId })).rejects.toMatchObject({ code: "not_found" });
  await expect(endOwnSession(who, { sessionId: who.sessionId })).rejects.toMatchObject({ code: "conflict" });
  expect(await presentSession(stranger)).not.toBeNull();
});

test("SES-8, SES-2: all others are ended at once, with what was about to become one, and so are copies of this one", async () => {
  const person = await newPerson();
  const others = [await sessionOf(person), await sessionOf(person), await sessionOf(person)];
  const ticket = await ticketFor(person);
  const here = await sessionOf(person);
  const who = { ...(await presentAt(here)), origin: newVisitor() };
  const { secret } = await endOtherSessions(who, {});
  for (const other of others) expect(await presentSession(other)).toBeNull();
  expect(await openSession(ticket, newVisitor())).toBeNull();
  expect(await presentSession(here)).toBeNull();
  expect(await presentSession({ ...here, secretHash: hashSecret(secret) })).not.toBeNull();
  expect(idsOf(await ownSessions(who))).toEqual([who.sessionId]);
});

test("ACC-14: what the limits have ended is no session any more, by those of the organizations it could still be used in", async () => {
  const person = await newPerson();
  await inOrg({ sessionMinutes: 60, idleMinutes: 30 }, person);
  await inOrg({ sessionMinutes: 600, idleMinutes: 30 }, person);
  const [idle, old, older] = [await sessionOf(person), await sessionOf(person), await sessionOf(person)];
  await aged(person, idle.sessionId, { authTime: 40, lastSeenAt: 31 });
  await aged(person, old.sessionId, { authTime: 90 });
  await aged(person, older.sessionId, { authTime: 601 });
  const who = await signedInAs(person);
  expect(idsOf(await ownSessions(who))).toEqual([who.sessionId, old.sessionId]);
});

test("SES-8: a session that was ended for its only organization is none, and with another organization still one", async () => {
  const person = await newPerson();
  const { orgId } = await inOrg({}, person);
  const other = await sessionOf(person);
  await withinScope({ orgId, sites: "all" }, (tx) => tx.update(memberships).set({ sessionsEndedAt: sql`now()` }));
  const who = await signedInAs(person);
  expect(idsOf(await ownSessions(who))).toEqual([who.sessionId]);
  await inOrg({}, person);
  const again = await signedInAs(person);
  expect(idsOf(await ownSessions(again)).sort()).toEqual([other.sessionId, who.sessionId, again.sessionId].sort());
});

test("AUT-9: the owner hears of a sign-in from a browser that is new, once, and not of the first or of a known one", async () => {
  const person = await newPerson();
  const told = async () => (await mailsTo(person.email)).filter(({ template }) => template === "new-sign-in");
  const open = async (known: boolean) => openSession(await ticketFor(person), newVisitor(), () => known);
  await open(false);
  await open(true);
  await openSession(await ticketFor(person), newVisitor(), (accountId) => accountId === person.id);
  expect(await told()).toEqual([]);
  const origin = newVisitor();
  await openSession(await ticketFor(person), origin, () => false);
  expect(await told()).toMatchObject([
    {
      props: {
        from: `Firefox on Linux, ${origin.address}`,
        sessionsLink: expect.stringMatching(/\/account\?section=sessions$/),
        recoverLink: expect.stringMatching(/\/recover$/),
      },
    },
  ]);
});

test("AUT-9: twenty redemptions of one ticket in a new browser are one mail", async () => {
  const person = await newPerson({ lastSignInAt: new Date() });
  const ticket = await ticketFor(person);
  await Promise.all(Array.from({ length: 20 }, () => openSession(ticket, newVisitor(), () => false)));
  expect(await mailsTo(person.email)).toHaveLength(1);
});

test("SES-8: failed tries are counted since the sign-in before this one, with where the last came from", async () => {
  const person = await newPerson({ passwordHash: await hashPassword(goodPassword) });
  const fail = async () => {
    const origin = newVisitor();
    await signIn({ email: person.email, password: "not the password" }, { origin }).catch(() => {});
    await work("session.refuse", { account: person.id });
    return origin;
  };
  await fail();
  expect((await accountActivity(await signedInAs(person))).failed).toMatchObject({ count: 1, since: null });
  expect((await accountActivity(await signedInAs(person))).failed).toBeUndefined();
  await fail();
  const { address } = await fail();
  const { failed } = await accountActivity(await signedInAs(person));
  expect(failed).toMatchObject({ count: 2, address, since: expect.any(Date) });
});

test("SES-8: of failed tries without end a hundred are counted, and the last of them is told", async () => {
  const person = await newPerson();
  const who = await signedInAs(person);
  const daysAgo = (index: number) => ({ occurredAt: sql`now() - make_interval(days => ${index})`, address: `10.0.0.${index}` });
  const tries = Array.from({ length: 120 }, (_, index) => ({ accountId: person.id, name: "session.refused" as const, ...daysAgo(index + 1) }));
  await asVisitor({ accountId: person.id }, (tx) => tx.insert(accountEvents).values(tries));
  expect((await accountActivity(who)).failed).toMatchObject({ count: 100, address: "10.0.0.1", since: null });
});

test("SES-8: the last twenty things that happened to an account are there to read, and nobody else's", async () => {
  const person = await newPerson();
  const stranger = await newPerson();
  await sessionOf(stranger);
  const who = await signedInAs(person);
  await asVisitor({ accountId: person.id }, (tx) =>
    tx.insert(accountEvents).values(Array.from({ length: 25 }, () => ({ accountId: person.id, name: "session.revoked" as const, detail: { note: "of a browser" } }))),
  );
  await endSession(await presentAt(await sessionOf(person)), newVisitor());
  const { events } = await accountActivity(who);
  expect(events).toHaveLength(20);
  expect(events[0]).toMatchObject({ name: "session.ended", note: "", at: expect.any(Date) });
  expect(events.at(-1)).toMatchObject({ name: "session.revoked", note: "of a browser" });
});

test("SES-7: what a session had begun when it was ended, it does not finish", async () => {
  const person = await newPerson({ passwordHash: await hashPassword(goodPassword) });
  const who = await signedInAs(person);
  await endOwnSession(await signedInAs(person), { sessionId: who.sessionId });
  const finished = await Promise.allSettled([
    requestAddress(who, { email: newAddress() }),
    changePassword(who, { currentPassword: goodPassword, password: "amber-signal-93-quay" }),
    removePasskey(who, { passkeyId: who.sessionId }),
    unlinkGoogle(who, {}),
    endOtherSessions(who, {}),
    exportAccount(who, {}),
    deleteAccount(who, { agreed: "true" }),
  ]);
  for (const one of finished) expect(one).toMatchObject({ status: "rejected", reason: { code: "unauthenticated" } });
});
