import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accountEvents, memberships, organizations, sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import { requestAddress } from "@/lib/addresses/commands";
import { exportAccount } from "@/lib/data-export/commands";
import { deleteAccount } from "@/lib/departures/commands";
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

const backdate = (person: Person, sessionId: string, columns: Partial<Record<"authTime" | "lastSeenAt", number>>) =>
  asVisitor({ accountId: person.id }, (tx) =>
    tx
      .update(sessions)
      .set(Object.fromEntries(Object.entries(columns).map(([name, minutes]) => [name, sql`now() - make_interval(mins => ${minutes})`])))
      .where(eq(sessions.id, sessionId)),
  );

async function newMemberWithPolicy(policy: Partial<typeof organizations.$inferInsert>, person: Person) {
  const org = await newOrg();
  const changes = { version: 2, ...policy };
  await withinScope({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set(changes).where(eq(organizations.id, org.id)));
  return newMember(org, "observer", "all", person);
}

test("SES-8: lists the account's sessions with method, IP address and user agent, and marks the current one", async () => {
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

test("SES-8: an ended session stops working with its next request, and the end is logged", async () => {
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

test("SES-8: one of 20 parallel requests to end the same session succeeds", async () => {
  const person = await newPerson();
  const other = await sessionOf(person);
  const who = await signedInAs(person);
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => endOwnSession(who, { sessionId: other.sessionId })));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("SES-8: neither another account's session nor the current one can be ended", async () => {
  const stranger = await sessionOf(await newPerson());
  const who = await signedInAs(await newPerson());
  await expect(endOwnSession(who, { sessionId: stranger.sessionId })).rejects.toMatchObject({ code: "not_found" });
  await expect(endOwnSession(who, { sessionId: who.sessionId })).rejects.toMatchObject({ code: "conflict" });
  expect(await presentSession(stranger)).not.toBeNull();
});

test("SES-8, SES-2: ends all other sessions, unused tickets and copies of the current session's cookie", async () => {
  const person = await newPerson();
  const others = [await sessionOf(person), await sessionOf(person), await sessionOf(person)];
  const ticket = await ticketFor(person);
  const thisSession = await sessionOf(person);
  const who = { ...(await presentAt(thisSession)), origin: newVisitor() };
  const { secret } = await endOtherSessions(who, {});
  for (const other of others) expect(await presentSession(other)).toBeNull();
  expect(await openSession(ticket, newVisitor())).toBeNull();
  expect(await presentSession(thisSession)).toBeNull();
  expect(await presentSession({ ...thisSession, secretHash: hashSecret(secret) })).not.toBeNull();
  expect(idsOf(await ownSessions(who))).toEqual([who.sessionId]);
});

test("ACC-14: sessions past the limits of all their organizations are not listed", async () => {
  const person = await newPerson();
  await newMemberWithPolicy({ sessionMinutes: 60, idleMinutes: 30 }, person);
  await newMemberWithPolicy({ sessionMinutes: 600, idleMinutes: 30 }, person);
  const [idle, old, older] = [await sessionOf(person), await sessionOf(person), await sessionOf(person)];
  await backdate(person, idle.sessionId, { authTime: 40, lastSeenAt: 31 });
  await backdate(person, old.sessionId, { authTime: 90 });
  await backdate(person, older.sessionId, { authTime: 601 });
  const who = await signedInAs(person);
  expect(idsOf(await ownSessions(who))).toEqual([who.sessionId, old.sessionId]);
});

test("SES-8: a session ended for its only organization is not listed, and is listed again with another organization", async () => {
  const person = await newPerson();
  const { orgId } = await newMemberWithPolicy({}, person);
  const other = await sessionOf(person);
  await withinScope({ orgId, sites: "all" }, (tx) => tx.update(memberships).set({ sessionsEndedAt: sql`now()` }));
  const who = await signedInAs(person);
  expect(idsOf(await ownSessions(who))).toEqual([who.sessionId]);
  await newMemberWithPolicy({}, person);
  const again = await signedInAs(person);
  expect(idsOf(await ownSessions(again)).sort()).toEqual([other.sessionId, who.sessionId, again.sessionId].sort());
});

test("AUT-9: a sign-in from a new browser sends one email; the first sign-in and trusted devices send none", async () => {
  const person = await newPerson();
  const newSignInEmails = async () => (await mailsTo(person.email)).filter(({ template }) => template === "new-sign-in");
  const openFrom = async (isTrusted: boolean) => openSession(await ticketFor(person), newVisitor(), () => isTrusted);
  await openFrom(false);
  await openFrom(true);
  await openSession(await ticketFor(person), newVisitor(), (accountId) => accountId === person.id);
  expect(await newSignInEmails()).toEqual([]);
  const origin = newVisitor();
  await openSession(await ticketFor(person), origin, () => false);
  expect(await newSignInEmails()).toMatchObject([
    {
      props: {
        from: `Firefox on Linux, ${origin.address}`,
        sessionsLink: expect.stringMatching(/\/account\?section=sessions$/),
        recoverLink: expect.stringMatching(/\/recover$/),
      },
    },
  ]);
});

test("AUT-9: 20 parallel redemptions of one ticket in a new browser send one email", async () => {
  const person = await newPerson({ lastSignInAt: new Date() });
  const ticket = await ticketFor(person);
  await Promise.all(Array.from({ length: 20 }, () => openSession(ticket, newVisitor(), () => false)));
  expect(await mailsTo(person.email)).toHaveLength(1);
});

test("SES-8: counts failed attempts since the previous sign-in, with the source of the last one", async () => {
  const person = await newPerson({ passwordHash: await hashPassword(goodPassword) });
  const failLogin = async () => {
    const origin = newVisitor();
    await signIn({ email: person.email, password: "not the password" }, { origin }).catch(() => {});
    await work("session.refuse", { account: person.id });
    return origin;
  };
  await failLogin();
  expect((await accountActivity(await signedInAs(person))).failed).toMatchObject({ count: 1, since: null });
  expect((await accountActivity(await signedInAs(person))).failed).toBeUndefined();
  await failLogin();
  const { address } = await failLogin();
  const { failed } = await accountActivity(await signedInAs(person));
  expect(failed).toMatchObject({ count: 2, address, since: expect.any(Date) });
});

test("SES-8: counts at most 100 failed attempts and shows the last one", async () => {
  const person = await newPerson();
  const who = await signedInAs(person);
  const daysAgo = (index: number) => ({ occurredAt: sql`now() - make_interval(days => ${index})`, address: `10.0.0.${index}` });
  const failures = Array.from({ length: 120 }, (_, index) => ({ accountId: person.id, name: "session.refused" as const, ...daysAgo(index + 1) }));
  await asVisitor({ accountId: person.id }, (tx) => tx.insert(accountEvents).values(failures));
  expect((await accountActivity(who)).failed).toMatchObject({ count: 100, address: "10.0.0.1", since: null });
});

test("SES-8: lists the account's latest 20 events and no other account's", async () => {
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

test("SES-7: an ended session cannot complete any account command", async () => {
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
