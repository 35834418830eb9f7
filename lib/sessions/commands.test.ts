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

const cheap = { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 };

const newOwner = async () => newPerson({ passwordHash: await hashPassword(goodPassword) });
const enter = (email: string, password = goodPassword, browserId: string | null = null) =>
  signIn({ email, password }, { origin: newVisitor(), browserIdFor: () => browserId });
const age = ({ accountId, sessionId }: SessionKey, column: "authTime" | "lastSeenAt", minutes: number) =>
  asVisitor({ accountId }, (tx) =>
    tx
      .update(sessions)
      .set({ [column]: sql`now() - make_interval(mins => ${minutes})` })
      .where(eq(sessions.id, sessionId)),
  );

const currentIn = async (key: SessionKey) => {
  const { age: since, memberships } = await presentAt(key);
  return isCurrent(since, limitsOf(memberships, { sessionMinutes: 24 * 60, idleMinutes: 60 }));
};

test("ACC-10: email and password open an account, in any spelling of the address", async () => {
  const person = await newOwner();
  expect(await enter(` ${person.email.toUpperCase()} `)).toMatchObject({ accountId: person.id });
});

test("ACC-3, AUT-7: a wrong password and an unknown address get the same answer from the same work", async () => {
  const person = await newOwner();
  const faults = [];
  for (const email of [person.email, newAddress()]) {
    const fault: unknown = await enter(email, "wrong-but-long-enough").catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(Error);
    faults.push({ ...(fault as object), message: (fault as Error).message });
  }
  expect(faults[0]).toEqual(faults[1]);
  expect(faults[0]).toMatchObject({ code: "invalid", fields: { password: [expect.stringContaining("do not match")] } });
});

test("AUT-7: every refusal leaves one job, whether or not there is an account to record it for", async () => {
  const count = async (address: string) => (await waiting("session.refuse", { address })).length;
  for (const email of [(await newOwner()).email, newAddress()]) {
    const origin = newVisitor();
    await signIn({ email, password: "wrong" }, { origin }).catch(() => {});
    expect(await count(origin.address ?? "")).toBe(1);
  }
});

test("ACC-10: a refused sign-in is in the log of the person's organizations, once and with its origin", async () => {
  const person = await newOwner();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const origin = newVisitor();
  await signIn({ email: person.email, password: "wrong" }, { origin }).catch(() => {});
  await work("session.refuse", { account: person.id });
  await work("session.refuse", { account: person.id });
  expect(await entriesOf({ orgId: org.id })).toMatchObject([{ name: "session.refused", actorId: person.id, address: origin.address }]);
});

test("AUT-3: a hash of older parameters is made anew at sign-in", async () => {
  const person = await newPerson({ passwordHash: await hash(goodPassword, cheap) });
  await enter(person.email);
  const [stored] = await asVisitor({ accountId: person.id }, (tx) => tx.select().from(accounts));
  expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  await expect(enter(person.email)).resolves.toBeTruthy();
});

test("ACC-10: a suspended account is told whom to write to, and only with the right password", async () => {
  const person = await newPerson({ passwordHash: await hashPassword(goodPassword), suspendedAt: new Date() });
  await expect(enter(person.email)).rejects.toMatchObject({ code: "forbidden", message: /suspended.*support@/i });
  await expect(enter(person.email, "wrong")).rejects.toMatchObject({ code: "invalid", fields: { password: [expect.stringContaining("do not match")] } });
});

test("SES-1: the secret has 256 random bits and only its hash is stored", async () => {
  const person = await newPerson();
  const opened = await openSession(await ticketFor(person), newVisitor());
  const stored = await asVisitor({ accountId: person.id }, (tx) => tx.select().from(sessions));
  expect(Buffer.from(opened?.secret ?? "", "base64url")).toHaveLength(32);
  expect(JSON.stringify(stored)).not.toContain(opened?.secret);
  expect(stored.map(({ secretHash }) => secretHash)).toEqual([hashSecret(opened?.secret ?? "")]);
});

test("SES-2: fifty redemptions of one ticket open one session", async () => {
  const person = await newPerson();
  const ticket = await ticketFor(person);
  const opened = await Promise.all(Array.from({ length: 50 }, () => openSession(ticket, newVisitor())));
  expect(opened.filter(Boolean)).toHaveLength(1);
  expect(await asVisitor({ accountId: person.id }, (tx) => tx.select().from(sessions))).toHaveLength(1);
});

test("SES-2: a ticket is for one account, lives a minute, and a made-up one opens nothing", async () => {
  const [person, other] = [await newPerson(), await newPerson()];
  const secret = (await ticketFor(person)).split(".")[1] ?? "";
  for (const ticket of [`${other.id}.${secret}`, `${person.id}.wrong`, `${"-".repeat(36)}.${secret}`, "", "x.y", `${person.id}`]) {
    expect(await openSession(ticket, newVisitor())).toBeNull();
  }
  await asVisitor({ accountId: person.id }, (tx) => tx.update(loginTickets).set({ expiresAt: sql`now()` }));
  expect(await openSession(`${person.id}.${secret}`, newVisitor())).toBeNull();
});

test("SES-2: each sign-in has a session of its own", async () => {
  const person = await newPerson();
  const [one, two] = [await sessionOf(person), await sessionOf(person)];
  expect(one.sessionId).not.toBe(two.sessionId);
  expect(one.secretHash).not.toEqual(two.secretHash);
  expect(await presentSession({ ...one, secretHash: two.secretHash })).toBeNull();
});

test("ACC-14: a session's row says how, where and when, and the sign-in is in the log", async () => {
  const person = await newPerson();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const visitor = newVisitor();
  await openSession(await ticketFor(person), visitor);
  const [row] = await asVisitor({ accountId: person.id }, (tx) => tx.select().from(sessions));
  expect(row).toMatchObject({ methods: ["password"], address: visitor.address, browser: visitor.browser, revokedAt: null });
  expect(await entriesOf({ orgId: org.id })).toMatchObject([{ name: "session.started", address: visitor.address }]);
});

test("SES-3, SES-4: both limits follow the database's clock and the organization's policy", async () => {
  const person = await newPerson();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  await withinScope({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set({ sessionMinutes: 120, idleMinutes: 10 }));
  const key = await sessionOf(person);
  await age(key, "authTime", 119);
  expect(await currentIn(key)).toBe(true);
  await age(key, "authTime", 121);
  expect(await currentIn(key)).toBe(false);
  await age(key, "authTime", 20);
  await age(key, "lastSeenAt", 11);
  expect(await currentIn(key)).toBe(false);
});

test("SES-5: use moves the idle clock and the last organization, and nothing else does", async () => {
  const person = await newPerson();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const key = await sessionOf(person);
  await age(key, "lastSeenAt", 9);
  for (let looks = 0; looks < 20; looks += 1) await presentAt(key);
  expect((await presentAt(key)).age.sinceUse).toBeGreaterThan(500);
  await touchSession(await presentAt(key), org.id, newVisitor());
  const after = await presentAt(key);
  expect(after.age.sinceUse).toBeLessThan(5);
  expect(after.account.lastOrganizationId).toBe(org.id);
});

test("AUD-1: coming into an organization is in its log, once however many requests come at once", async () => {
  const person = await newPerson();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const here = await presentAt(await sessionOf(person));
  await Promise.all(Array.from({ length: 20 }, () => touchSession(here, org.id, newVisitor())));
  const entered = (await entriesOf({ orgId: org.id })).filter(({ name }) => name === "organization.accessed");
  expect(entered).toMatchObject([{ actorId: person.id, message: `Accessed organization ${org.name}` }]);
});

test("SES-6: a shorter policy holds for sessions that are open already", async () => {
  const person = await newPerson();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const key = await sessionOf(person);
  await age(key, "authTime", 30);
  expect(await currentIn(key)).toBe(true);
  await withinScope({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set({ sessionMinutes: 20 }));
  expect(await currentIn(key)).toBe(false);
});

test("SES-7: sign-out, a lost membership and suspension hold from the next look on", async () => {
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

test("SES-7: ending all sessions keeps one if asked, and spoils tickets not yet used", async () => {
  const person = await newPerson();
  const [kept, ended, ticket] = [await sessionOf(person), await sessionOf(person), await ticketFor(person)];
  await asVisitor({ accountId: person.id }, (tx) => endSessions(tx, person.id, "test", kept.sessionId));
  expect(await presentSession(kept)).not.toBeNull();
  expect(await presentSession(ended)).toBeNull();
  expect(await openSession(ticket, newVisitor())).toBeNull();
});

test("SES-10: a session of somebody else's, or one with a wrong secret, is nobody's", async () => {
  const [person, other] = [await newPerson(), await newPerson()];
  const key = await sessionOf(person);
  expect(await presentSession({ ...key, accountId: other.id })).toBeNull();
  expect(await presentSession({ ...key, secretHash: hashSecret("guess") })).toBeNull();
  expect(await presentSession({ ...key, sessionId: other.id })).toBeNull();
});

test("SES-7: what is over is tidied away, and nothing that may still be used", async () => {
  const person = await newPerson();
  const [old, live] = [await sessionOf(person), await sessionOf(person)];
  await age(old, "authTime", 16 * 24 * 60);
  const { email } = person;
  const link = (days: number) => ({ purpose: "reset" as const, email, secretHash: hashSecret(newAddress()), expiresAt: sql`now() - make_interval(days => ${days})` });
  await asVisitor({ email }, (tx) => tx.insert(links).values([link(8), link(6)]));
  await jobs.find(({ name }) => name === "session.tidy")?.perform({});
  const left = await asVisitor({ accountId: person.id }, (tx) => tx.select({ id: sessions.id }).from(sessions));
  expect(left).toEqual([{ id: live.sessionId }]);
  expect(await asVisitor({ email }, (tx) => tx.select({ id: links.id }).from(links))).toHaveLength(1);
});
