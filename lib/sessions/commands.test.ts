import { hash } from "@node-rs/argon2";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, links, loginTickets, organizations, sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import { hashSecret } from "@/lib/kernel/secret";
import { hashPassword } from "@/lib/passwords/hash";
import { endSession, endSessions, openSession, signIn, touchSession } from "@/lib/sessions/commands";
import { jobs } from "@/lib/sessions/jobs";
import { presentSession, type SessionKey } from "@/lib/sessions/queries";
import { isCurrent, limitsOf } from "@/lib/sessions/rules";
import { goodPassword, newAddress, newVisitor, presentAt, sessionOf, ticketFor, waiting, work } from "@/lib/testing/visitors";
import { entriesOf, newMember, newOrg, newPerson } from "@/lib/testing/world";

const weakParameters = { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 };

const newOwner = async () => newPerson({ passwordHash: await hashPassword(goodPassword) });
const signInWith = (email: string, password = goodPassword, browserId: string | null = null) =>
  signIn({ email, password }, { origin: newVisitor(), browserIdFor: () => browserId });
const backdate = ({ accountId, sessionId }: SessionKey, column: "authTime" | "lastSeenAt", minutes: number) =>
  asVisitor({ accountId }, (tx) =>
    tx
      .update(sessions)
      .set({ [column]: sql`now() - make_interval(mins => ${minutes})` })
      .where(eq(sessions.id, sessionId)),
  );

const isWithinLimitsNow = async (key: SessionKey) => {
  const { age: sessionAge, memberships } = await presentAt(key);
  return isCurrent(sessionAge, limitsOf(memberships, { sessionMinutes: 24 * 60, idleMinutes: 60 }));
};

test("ACC-10: signs in with email and password; the email ignores case and surrounding spaces", async () => {
  const person = await newOwner();
  expect(await signInWith(` ${person.email.toUpperCase()} `)).toMatchObject({ accountId: person.id });
});

test("ACC-3, AUT-7: a wrong password and an unknown email get the same error", async () => {
  const person = await newOwner();
  const faults = [];
  for (const email of [person.email, newAddress()]) {
    const fault: unknown = await signInWith(email, "wrong-but-long-enough").catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Error);
    faults.push({ ...(fault as object), message: (fault as Error).message });
  }
  expect(faults[0]).toEqual(faults[1]);
  expect(faults[0]).toMatchObject({ code: "invalid", fields: { password: [expect.stringContaining("do not match")] } });
});

test("AUT-7: every failed login enqueues one job, whether or not the account exists", async () => {
  const count = async (address: string) => (await waiting("session.refuse", { address })).length;
  for (const email of [(await newOwner()).email, newAddress()]) {
    const origin = newVisitor();
    await signIn({ email, password: "wrong" }, { origin }).catch(() => {});
    expect(await count(origin.address ?? "")).toBe(1);
  }
});

test("ACC-10: a failed login is logged once in the account's organizations, with its IP address", async () => {
  const person = await newOwner();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const origin = newVisitor();
  await signIn({ email: person.email, password: "wrong" }, { origin }).catch(() => {});
  await work("session.refuse", { account: person.id });
  await work("session.refuse", { account: person.id });
  expect(await entriesOf({ orgId: org.id })).toMatchObject([{ name: "session.refused", actorId: person.id, address: origin.address }]);
});

test("AUT-3: signing in upgrades a hash with weaker parameters", async () => {
  const person = await newPerson({ passwordHash: await hash(goodPassword, weakParameters) });
  await signInWith(person.email);
  const [stored] = await asVisitor({ accountId: person.id }, (tx) => tx.select().from(accounts));
  expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  await expect(signInWith(person.email)).resolves.toBeTruthy();
});

test("ACC-10: a suspended account gets the support address, but only with the right password", async () => {
  const person = await newPerson({ passwordHash: await hashPassword(goodPassword), suspendedAt: new Date() });
  await expect(signInWith(person.email)).rejects.toMatchObject({ code: "forbidden", message: /suspended.*support@/i });
  await expect(signInWith(person.email, "wrong")).rejects.toMatchObject({ code: "invalid", fields: { password: [expect.stringContaining("do not match")] } });
});

test("SES-1: the session secret has 256 random bits, and only its hash is stored", async () => {
  const person = await newPerson();
  const opened = await openSession(await ticketFor(person), newVisitor());
  const stored = await asVisitor({ accountId: person.id }, (tx) => tx.select().from(sessions));
  expect(Buffer.from(opened?.secret ?? "", "base64url")).toHaveLength(32);
  expect(JSON.stringify(stored)).not.toContain(opened?.secret);
  expect(stored.map(({ secretHash }) => secretHash)).toEqual([hashSecret(opened?.secret ?? "")]);
});

test("SES-2: 50 parallel redemptions of one ticket create one session", async () => {
  const person = await newPerson();
  const ticket = await ticketFor(person);
  const opened = await Promise.all(Array.from({ length: 50 }, () => openSession(ticket, newVisitor())));
  expect(opened.filter(Boolean)).toHaveLength(1);
  expect(await asVisitor({ accountId: person.id }, (tx) => tx.select().from(sessions))).toHaveLength(1);
});

test("SES-2: a ticket is valid for one account and one minute, and forged tickets are refused", async () => {
  const [person, other] = [await newPerson(), await newPerson()];
  const secret = (await ticketFor(person)).split(".")[1] ?? "";
  for (const ticket of [`${other.id}.${secret}`, `${person.id}.wrong`, `${"-".repeat(36)}.${secret}`, "", "x.y", `${person.id}`]) {
    expect(await openSession(ticket, newVisitor())).toBeNull();
  }
  await asVisitor({ accountId: person.id }, (tx) => tx.update(loginTickets).set({ expiresAt: sql`now()` }));
  expect(await openSession(`${person.id}.${secret}`, newVisitor())).toBeNull();
});

test("SES-2: each sign-in creates its own session", async () => {
  const person = await newPerson();
  const [one, two] = [await sessionOf(person), await sessionOf(person)];
  expect(one.sessionId).not.toBe(two.sessionId);
  expect(one.secretHash).not.toEqual(two.secretHash);
  expect(await presentSession({ ...one, secretHash: two.secretHash })).toBeNull();
});

test("ACC-14: the session stores method, IP address and user agent, and the sign-in is logged", async () => {
  const person = await newPerson();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const visitor = newVisitor();
  await openSession(await ticketFor(person), visitor);
  const [row] = await asVisitor({ accountId: person.id }, (tx) => tx.select().from(sessions));
  expect(row).toMatchObject({ methods: ["password"], address: visitor.address, browser: visitor.browser, revokedAt: null });
  expect(await entriesOf({ orgId: org.id })).toMatchObject([{ name: "session.started", address: visitor.address }]);
});

test("SES-3, SES-4: both limits use the database clock and the organization's policy", async () => {
  const person = await newPerson();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  await withinScope({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set({ sessionMinutes: 120, idleMinutes: 10 }));
  const key = await sessionOf(person);
  await backdate(key, "authTime", 119);
  expect(await isWithinLimitsNow(key)).toBe(true);
  await backdate(key, "authTime", 121);
  expect(await isWithinLimitsNow(key)).toBe(false);
  await backdate(key, "authTime", 20);
  await backdate(key, "lastSeenAt", 11);
  expect(await isWithinLimitsNow(key)).toBe(false);
});

test("SES-5: only recorded use updates the last use and the last organization, reading does not", async () => {
  const person = await newPerson();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const key = await sessionOf(person);
  await backdate(key, "lastSeenAt", 9);
  for (let reads = 0; reads < 20; reads += 1) await presentAt(key);
  expect((await presentAt(key)).age.sinceUse).toBeGreaterThan(500);
  await touchSession(await presentAt(key), org.id, newVisitor());
  const after = await presentAt(key);
  expect(after.age.sinceUse).toBeLessThan(5);
  expect(after.account.lastOrganizationId).toBe(org.id);
});

test("AUD-1: entering an organization is logged once, also with parallel requests", async () => {
  const person = await newPerson();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const here = await presentAt(await sessionOf(person));
  await Promise.all(Array.from({ length: 20 }, () => touchSession(here, org.id, newVisitor())));
  const entered = (await entriesOf({ orgId: org.id })).filter(({ name }) => name === "organization.accessed");
  expect(entered).toMatchObject([{ actorId: person.id, message: `Accessed organization ${org.name}` }]);
});

test("SES-6: a stricter policy applies to existing sessions", async () => {
  const person = await newPerson();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const key = await sessionOf(person);
  await backdate(key, "authTime", 30);
  expect(await isWithinLimitsNow(key)).toBe(true);
  await withinScope({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set({ sessionMinutes: 20 }));
  expect(await isWithinLimitsNow(key)).toBe(false);
});

test("SES-7: sign-out, removed membership and suspension take effect with the next read", async () => {
  const person = await newPerson();
  const org = await newOrg();
  const member = await newMember(org, "observer", "all", person);
  const [key, other] = [await sessionOf(person), await sessionOf(person)];
  const who = await presentAt(key);
  await endSession(who, newVisitor());
  await endSession(who, newVisitor());
  expect(await presentSession(key)).toBeNull();
  expect((await entriesOf({ orgId: org.id })).filter(({ name }) => name === "session.ended")).toHaveLength(1);

  expect((await presentAt(other)).memberships).toMatchObject([{ orgId: org.id, role: "observer" }]);
  await withinScope({ orgId: org.id, sites: "all" }, (tx) => tx.execute(sql`delete from memberships where id = ${member.membershipId}`));
  expect((await presentAt(other)).memberships).toEqual([]);
  await asVisitor({ accountId: person.id }, (tx) => tx.update(accounts).set({ suspendedAt: sql`now()` }));
  expect(await presentSession(other)).toBeNull();
});

test("SES-7: ending all sessions can keep one, and voids unused tickets", async () => {
  const person = await newPerson();
  const [kept, ended, ticket] = [await sessionOf(person), await sessionOf(person), await ticketFor(person)];
  await asVisitor({ accountId: person.id }, (tx) => endSessions(tx, person.id, "test", kept.sessionId));
  expect(await presentSession(kept)).not.toBeNull();
  expect(await presentSession(ended)).toBeNull();
  expect(await openSession(ticket, newVisitor())).toBeNull();
});

test("SES-10: a wrong account, secret or session id finds no session", async () => {
  const [person, other] = [await newPerson(), await newPerson()];
  const key = await sessionOf(person);
  expect(await presentSession({ ...key, accountId: other.id })).toBeNull();
  expect(await presentSession({ ...key, secretHash: hashSecret("guess") })).toBeNull();
  expect(await presentSession({ ...key, sessionId: other.id })).toBeNull();
});

test("SES-7: the clean-up deletes expired rows only", async () => {
  const person = await newPerson();
  const [old, live] = [await sessionOf(person), await sessionOf(person)];
  await backdate(old, "authTime", 16 * 24 * 60);
  const { email } = person;
  const link = (days: number) => ({ purpose: "reset" as const, email, secretHash: hashSecret(newAddress()), expiresAt: sql`now() - make_interval(days => ${days})` });
  await asVisitor({ email }, (tx) => tx.insert(links).values([link(8), link(6)]));
  await jobs.find(({ name }) => name === "session.tidy")?.perform({});
  const left = await asVisitor({ accountId: person.id }, (tx) => tx.select({ id: sessions.id }).from(sessions));
  expect(left).toEqual([{ id: live.sessionId }]);
  expect(await asVisitor({ email }, (tx) => tx.select({ id: links.id }).from(links))).toHaveLength(1);
});
