import { hash } from "@node-rs/argon2";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, emailTokens, organizations, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { hashSecret } from "@/lib/kernel/secrets";
import { hashPassword } from "@/lib/passwords/hash";
import { endSession, signIn, updateLastSeen } from "@/lib/sessions/commands";
import { revokeSessions } from "@/lib/sessions/internal";
import { jobs } from "@/lib/sessions/jobs";
import { getAuthSession, type SessionLookup } from "@/lib/sessions/queries";
import { isWithinLimits, strictestLimits } from "@/lib/sessions/rules";
import { newLoginChallenge } from "@/lib/testing/totp";
import { validPassword, newEmailAddress, newRequestMetadata, loadSession, newAccountContext, newSession, logIn, openedSession, queuedJobs, runQueuedJobs } from "@/lib/testing/sign-in";
import { listAuditEntries, newMember, newOrg, newAccount } from "@/lib/testing/fixtures";
import { getPendingSecondFactor } from "@/lib/two-factor/queries";

const weakParameters = { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 };

const newOwner = async () => newAccount({ passwordHash: await hashPassword(validPassword) });
const signInWith = (email: string, password = validPassword, browserId: string | null = null) =>
  signIn({ origin: newRequestMetadata(), browserIdFor: () => browserId }, { email, password });
const backdate = ({ accountId, sessionId }: SessionLookup, column: "authTime" | "lastSeenAt", minutes: number) =>
  withAuthScope({ accountId }, (tx) =>
    tx
      .update(sessions)
      .set({ [column]: sql`now() - make_interval(mins => ${minutes})` })
      .where(eq(sessions.id, sessionId)),
  );

const isWithinLimitsNow = async (key: SessionLookup) => {
  const { age: sessionAge, memberships } = await loadSession(key);
  return isWithinLimits(sessionAge, strictestLimits(memberships, { sessionMinutes: 24 * 60, idleMinutes: 60 }));
};

test("ACC-10: signs in with email and password; the email ignores case and surrounding spaces", async () => {
  const person = await newOwner();
  const opened = openedSession(await signInWith(` ${person.email.toUpperCase()} `));
  expect(await getAuthSession(opened)).toMatchObject({ account: { id: person.id } });
});

test("ACC-3, AUT-7: a wrong password and an unknown email get the same error", async () => {
  const person = await newOwner();
  const errors = [];
  for (const email of [person.email, newEmailAddress()]) {
    const error: unknown = await signInWith(email, "wrong-but-long-enough").catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Error);
    errors.push({ ...(error as object), message: (error as Error).message });
  }
  expect(errors[0]).toEqual(errors[1]);
  expect(errors[0]).toMatchObject({ code: "invalid", fields: { password: [expect.stringContaining("don’t match")] } });
});

test("AUT-7: every failed login enqueues one job, whether or not the account exists", async () => {
  const count = async (ipAddress: string) => (await queuedJobs("session.refuse", { ipAddress })).length;
  for (const email of [(await newOwner()).email, newEmailAddress()]) {
    const origin = newRequestMetadata();
    await signIn({ origin }, { email, password: "wrong" }).catch(() => {});
    expect(await count(origin.ipAddress ?? "")).toBe(1);
  }
});

test("ACC-10: a failed login is logged once in the account's organizations, with its IP address", async () => {
  const person = await newOwner();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const origin = newRequestMetadata();
  await signIn({ origin }, { email: person.email, password: "wrong" }).catch(() => {});
  await runQueuedJobs("session.refuse", { account: person.id });
  await runQueuedJobs("session.refuse", { account: person.id });
  expect(await listAuditEntries({ orgId: org.id })).toMatchObject([{ name: "session.refused", actorId: person.id, ipAddress: origin.ipAddress }]);
});

test("AUT-3: signing in upgrades a hash with weaker parameters", async () => {
  const person = await newAccount({ passwordHash: await hash(validPassword, weakParameters) });
  await signInWith(person.email);
  const [stored] = await withAuthScope({ accountId: person.id }, (tx) => tx.select().from(accounts));
  expect(stored?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  await expect(signInWith(person.email)).resolves.toBeTruthy();
});

test("ACC-10: a suspended account gets the support address, but only with the right password", async () => {
  const person = await newAccount({ passwordHash: await hashPassword(validPassword), suspendedAt: new Date() });
  await expect(signInWith(person.email)).rejects.toMatchObject({ code: "forbidden", message: /suspended.*support@/i });
  await expect(signInWith(person.email, "wrong")).rejects.toMatchObject({ code: "invalid", fields: { password: [expect.stringContaining("don’t match")] } });
});

test("SES-1: the session secret has 256 random bits, and only its hash is stored", async () => {
  const person = await newAccount();
  const opened = await newSession(person);
  const stored = await withAuthScope({ accountId: person.id }, (tx) => tx.select().from(sessions));
  expect(Buffer.from(opened.secret, "base64url")).toHaveLength(32);
  expect(JSON.stringify(stored)).not.toContain(opened.secret);
  expect(stored.map(({ secretHash }) => secretHash)).toEqual([hashSecret(opened.secret)]);
});

test("SES-2: each sign-in creates its own session", async () => {
  const person = await newAccount();
  const [one, two] = [await newSession(person), await newSession(person)];
  expect(one.sessionId).not.toBe(two.sessionId);
  expect(one.secretHash).not.toEqual(two.secretHash);
  expect(await getAuthSession({ ...one, secretHash: two.secretHash })).toBeNull();
});

test("SES-2: the session is opened in the transaction of the login: when that fails, nothing of it is left", async () => {
  const person = await newAccount({ lastSignInAt: null });
  const member = await newMember(await newOrg(), "observer", "all", person);
  const login = logIn(person, { browserIdFor: () => null, beforeCommit: () => Promise.reject(new Error("the connection is lost")) });
  await expect(login).rejects.toThrow("the connection is lost");
  const left = await withAuthScope({ accountId: person.id }, async (tx) => [await tx.$count(sessions), await tx.select({ lastSignInAt: accounts.lastSignInAt }).from(accounts)]);
  expect(left).toEqual([0, [{ lastSignInAt: null }]]);
  expect(await listAuditEntries(member)).toEqual([]);
});

test("ACC-14: the session stores method, IP address and user agent, and the sign-in is logged", async () => {
  const person = await newAccount();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const visitor = newRequestMetadata();
  await logIn(person, { origin: visitor });
  const [row] = await withAuthScope({ accountId: person.id }, (tx) => tx.select().from(sessions));
  expect(row).toMatchObject({ methods: ["password"], ipAddress: visitor.ipAddress, userAgent: visitor.userAgent, revokedAt: null });
  expect(await listAuditEntries({ orgId: org.id })).toMatchObject([{ name: "session.started", ipAddress: visitor.ipAddress }]);
});

test("SES-3, SES-4: both limits use the database clock and the organization's policy", async () => {
  const person = await newAccount();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  await withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set({ settings: { session_expiry: 120, ui_idle_timeout: 10 } }));
  const key = await newSession(person);
  await backdate(key, "authTime", 119);
  expect(await isWithinLimitsNow(key)).toBe(true);
  await backdate(key, "authTime", 121);
  expect(await isWithinLimitsNow(key)).toBe(false);
  await backdate(key, "authTime", 20);
  await backdate(key, "lastSeenAt", 11);
  expect(await isWithinLimitsNow(key)).toBe(false);
});

test("SES-5: only recorded use updates the last use and the last organization, reading does not", async () => {
  const person = await newAccount();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const key = await newSession(person);
  await backdate(key, "lastSeenAt", 9);
  for (let reads = 0; reads < 20; reads += 1) await loadSession(key);
  expect((await loadSession(key)).age.sinceUse).toBeGreaterThan(500);
  await updateLastSeen({ ...(await loadSession(key)), origin: newRequestMetadata() }, { orgId: org.id });
  const after = await loadSession(key);
  expect(after.age.sinceUse).toBeLessThan(5);
  expect(after.account.lastOrganizationId).toBe(org.id);
});

test("SES-7: an ended session records no use", async () => {
  const who = await newAccountContext(await newAccount());
  await endSession(who, {});
  await expect(updateLastSeen(who, { orgId: null })).rejects.toMatchObject({ code: "unauthenticated" });
});

test("AUD-1: entering an organization is logged once, also with parallel requests", async () => {
  const person = await newAccount();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const here = await newAccountContext(person);
  await Promise.all(Array.from({ length: 20 }, () => updateLastSeen(here, { orgId: org.id })));
  const entered = (await listAuditEntries({ orgId: org.id })).filter(({ name }) => name === "organization.accessed");
  expect(entered).toMatchObject([{ actorId: person.id, message: `Accessed organization ${org.name}` }]);
});

test("SES-6: a stricter policy applies to existing sessions", async () => {
  const person = await newAccount();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const key = await newSession(person);
  await backdate(key, "authTime", 30);
  expect(await isWithinLimitsNow(key)).toBe(true);
  await withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set({ settings: { session_expiry: 20 } }));
  expect(await isWithinLimitsNow(key)).toBe(false);
});

test("SES-7: sign-out, removed membership and suspension take effect with the next read", async () => {
  const person = await newAccount();
  const org = await newOrg();
  const member = await newMember(org, "observer", "all", person);
  const [key, other] = [await newSession(person), await newSession(person)];
  const who = { ...(await loadSession(key)), origin: newRequestMetadata() };
  await endSession(who, {});
  await endSession(who, {});
  expect(await getAuthSession(key)).toBeNull();
  expect((await listAuditEntries({ orgId: org.id })).filter(({ name }) => name === "session.ended")).toHaveLength(1);

  expect((await loadSession(other)).memberships).toMatchObject([{ orgId: org.id, role: "observer" }]);
  await withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.execute(sql`delete from memberships where id = ${member.membershipId}`));
  expect((await loadSession(other)).memberships).toEqual([]);
  await withAuthScope({ accountId: person.id }, (tx) => tx.update(accounts).set({ suspendedAt: sql`now()` }));
  expect(await getAuthSession(other)).toBeNull();
});

test("SES-7: ending all sessions can keep one, and voids sign-ins that wait for the second factor", async () => {
  const person = await newAccount({ twoFactorEnabledAt: new Date() });
  const [kept, ended] = [await newSession(person, "passkey"), await newSession(person, "passkey")];
  const pending = await newLoginChallenge(person);
  await withAuthScope({ accountId: person.id }, (tx) => revokeSessions(tx, person.id, "test", kept.sessionId));
  expect(await getAuthSession(kept)).not.toBeNull();
  expect(await getAuthSession(ended)).toBeNull();
  expect(await getPendingSecondFactor(pending)).toBeNull();
});

test("SES-10: a wrong account, secret or session id finds no session", async () => {
  const [person, other] = [await newAccount(), await newAccount()];
  const key = await newSession(person);
  expect(await getAuthSession({ ...key, accountId: other.id })).toBeNull();
  expect(await getAuthSession({ ...key, secretHash: hashSecret("guess") })).toBeNull();
  expect(await getAuthSession({ ...key, sessionId: other.id })).toBeNull();
});

test("SES-7: the clean-up deletes expired rows only", async () => {
  const person = await newAccount();
  const [old, live] = [await newSession(person), await newSession(person)];
  await backdate(old, "authTime", 16 * 24 * 60);
  const { email } = person;
  const link = (days: number) => ({ purpose: "reset" as const, email, secretHash: hashSecret(newEmailAddress()), expiresAt: sql`now() - make_interval(days => ${days})` });
  await withAuthScope({ email }, (tx) => tx.insert(emailTokens).values([link(8), link(6)]));
  await jobs.find(({ name }) => name === "session.tidy")?.perform({});
  const left = await withAuthScope({ accountId: person.id }, (tx) => tx.select({ id: sessions.id }).from(sessions));
  expect(left).toEqual([{ id: live.sessionId }]);
  expect(await withAuthScope({ email }, (tx) => tx.select({ id: emailTokens.id }).from(emailTokens))).toHaveLength(1);
});
