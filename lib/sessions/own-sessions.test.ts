import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accountEvents, memberships, organizations, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { requestEmailChange } from "@/lib/email-changes/commands";
import { exportAccountData } from "@/lib/data-export/commands";
import { deleteAccount } from "@/lib/account-deletion/commands";
import { unlinkGoogle } from "@/lib/identities/commands";
import { endOtherSessions, endOwnSession, endSession, signIn } from "@/lib/sessions/commands";
import { getAccountActivity, listOwnSessions, getAuthSession } from "@/lib/sessions/queries";
import { hashSecret } from "@/lib/kernel/secrets";
import { removePasskey } from "@/lib/passkeys/commands";
import { hashPassword } from "@/lib/passwords/hash";
import { changePassword } from "@/lib/profile/commands";
import { validPassword, newEmailAddress, newRequestMetadata, loadSession, newSession, newAccountContext, logIn, runQueuedJobs } from "@/lib/testing/sign-in";
import { listAuditEntries, queuedEmailsTo, newMember, newOrg, newAccount, type TestAccount } from "@/lib/testing/fixtures";

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);

const backdate = (person: TestAccount, sessionId: string, columns: Partial<Record<"authTime" | "lastSeenAt", number>>) =>
  withAuthScope({ accountId: person.id }, (tx) =>
    tx
      .update(sessions)
      .set(Object.fromEntries(Object.entries(columns).map(([name, minutes]) => [name, sql`now() - make_interval(mins => ${minutes})`])))
      .where(eq(sessions.id, sessionId)),
  );

async function newMemberWithPolicy(settings: (typeof organizations.$inferInsert)["settings"], person: TestAccount) {
  const org = await newOrg();
  const changes = { version: 2, settings };
  await withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set(changes).where(eq(organizations.id, org.id)));
  return newMember(org, "observer", "all", person);
}

test("SES-8: lists the account's sessions with method, IP address and user agent, and marks the current one", async () => {
  const person = await newAccount();
  const other = await newSession(person, "password", "code");
  const who = await newAccountContext(person);
  await newSession(await newAccount());
  const listed = await listOwnSessions(who);
  expect(listed).toMatchObject([
    { id: who.sessionId, isThis: true, methods: ["password"] },
    { id: other.sessionId, isThis: false, methods: ["password", "code"], userAgent: expect.stringContaining("Firefox"), ipAddress: expect.any(String) },
  ]);
  expect(JSON.stringify(listed)).not.toMatch(/secret|hash/i);
});

test("SES-8: an ended session stops working with its next request, and the end is logged", async () => {
  const person = await newAccount();
  const member = await newMember(await newOrg(), "observer", "all", person);
  const other = await newSession(person);
  const who = await newAccountContext(person);
  await endOwnSession(who, { sessionId: other.sessionId });
  expect(await getAuthSession(other)).toBeNull();
  expect(idsOf(await listOwnSessions(who))).toEqual([who.sessionId]);
  expect((await listAuditEntries(member))[0]).toMatchObject({ name: "session.revoked", actorId: person.id, message: expect.stringContaining("Firefox on Linux") });
  await expect(endOwnSession(who, { sessionId: other.sessionId })).rejects.toMatchObject({ code: "not_found" });
});

test("SES-8: one of 20 parallel requests to end the same session succeeds", async () => {
  const person = await newAccount();
  const other = await newSession(person);
  const who = await newAccountContext(person);
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => endOwnSession(who, { sessionId: other.sessionId })));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("SES-8: neither another account's session nor the current one can be ended", async () => {
  const stranger = await newSession(await newAccount());
  const who = await newAccountContext(await newAccount());
  await expect(endOwnSession(who, { sessionId: stranger.sessionId })).rejects.toMatchObject({ code: "not_found" });
  await expect(endOwnSession(who, { sessionId: who.sessionId })).rejects.toMatchObject({ code: "conflict" });
  expect(await getAuthSession(stranger)).not.toBeNull();
});

test("SES-8, SES-2: ends all other sessions and copies of the current session's cookie", async () => {
  const person = await newAccount();
  const others = [await newSession(person), await newSession(person), await newSession(person)];
  const thisSession = await newSession(person);
  const who = { ...(await loadSession(thisSession)), origin: newRequestMetadata() };
  const { secret } = await endOtherSessions(who, {});
  for (const other of others) expect(await getAuthSession(other)).toBeNull();
  expect(await getAuthSession(thisSession)).toBeNull();
  expect(await getAuthSession({ ...thisSession, secretHash: hashSecret(secret) })).not.toBeNull();
  expect(idsOf(await listOwnSessions(who))).toEqual([who.sessionId]);
});

test("ACC-14: sessions past the limits of all their organizations are not listed", async () => {
  const person = await newAccount();
  await newMemberWithPolicy({ session_expiry: 60, ui_idle_timeout: 30 }, person);
  await newMemberWithPolicy({ session_expiry: 600, ui_idle_timeout: 30 }, person);
  const [idle, old, older] = [await newSession(person), await newSession(person), await newSession(person)];
  await backdate(person, idle.sessionId, { authTime: 40, lastSeenAt: 31 });
  await backdate(person, old.sessionId, { authTime: 90 });
  await backdate(person, older.sessionId, { authTime: 601 });
  const who = await newAccountContext(person);
  expect(idsOf(await listOwnSessions(who))).toEqual([who.sessionId, old.sessionId]);
});

test("SES-8: a session ended for its only organization is not listed, and is listed again with another organization", async () => {
  const person = await newAccount();
  const { orgId } = await newMemberWithPolicy({}, person);
  const other = await newSession(person);
  await withTenant({ orgId, sites: "all" }, (tx) => tx.update(memberships).set({ sessionsEndedAt: sql`now()` }));
  const who = await newAccountContext(person);
  expect(idsOf(await listOwnSessions(who))).toEqual([who.sessionId]);
  await newMemberWithPolicy({}, person);
  const again = await newAccountContext(person);
  expect(idsOf(await listOwnSessions(again)).sort()).toEqual([other.sessionId, who.sessionId, again.sessionId].sort());
});

test("AUT-9: a sign-in from a new browser sends one email; the first sign-in and trusted devices send none", async () => {
  const person = await newAccount();
  const newSignInEmails = async () => (await queuedEmailsTo(person.email)).filter(({ template }) => template === "new-sign-in");
  await logIn(person, { browserIdFor: () => null });
  await logIn(person, { browserIdFor: (accountId) => (accountId === person.id ? "trusted" : null) });
  expect(await newSignInEmails()).toEqual([]);
  const origin = newRequestMetadata();
  await logIn(person, { origin, browserIdFor: () => null });
  expect(await newSignInEmails()).toMatchObject([
    {
      props: {
        from: `Firefox on Linux, ${origin.ipAddress}`,
        sessionsLink: expect.stringMatching(/\/account\?section=sessions$/),
        recoverLink: expect.stringMatching(/\/recover$/),
      },
    },
  ]);
});

test("SES-8: counts failed attempts since the previous sign-in, with the source of the last one", async () => {
  const person = await newAccount({ passwordHash: await hashPassword(validPassword) });
  const failLogin = async () => {
    const origin = newRequestMetadata();
    await signIn({ origin }, { email: person.email, password: "not the password" }).catch(() => {});
    await runQueuedJobs("session.refuse", { account: person.id });
    return origin;
  };
  await failLogin();
  expect((await getAccountActivity(await newAccountContext(person))).failed).toMatchObject({ count: 1, since: null });
  expect((await getAccountActivity(await newAccountContext(person))).failed).toBeUndefined();
  await failLogin();
  const { ipAddress } = await failLogin();
  const { failed } = await getAccountActivity(await newAccountContext(person));
  expect(failed).toMatchObject({ count: 2, ipAddress, since: expect.any(Date) });
});

test("SES-8: counts at most 100 failed attempts and shows the last one", async () => {
  const person = await newAccount();
  const who = await newAccountContext(person);
  const daysAgo = (index: number) => ({ occurredAt: sql`now() - make_interval(days => ${index})`, ipAddress: `10.0.0.${index}` });
  const failures = Array.from({ length: 120 }, (_, index) => ({ accountId: person.id, name: "session.refused" as const, ...daysAgo(index + 1) }));
  await withAuthScope({ accountId: person.id }, (tx) => tx.insert(accountEvents).values(failures));
  expect((await getAccountActivity(who)).failed).toMatchObject({ count: 100, ipAddress: "10.0.0.1", since: null });
});

test("SES-8: lists the account's latest 20 events and no other account's", async () => {
  const person = await newAccount();
  const stranger = await newAccount();
  await newSession(stranger);
  const who = await newAccountContext(person);
  await withAuthScope({ accountId: person.id }, (tx) =>
    tx.insert(accountEvents).values(Array.from({ length: 25 }, () => ({ accountId: person.id, name: "session.revoked" as const, detail: { note: "of a browser" } }))),
  );
  await endSession(await newAccountContext(person), {});
  const { events } = await getAccountActivity(who);
  expect(events).toHaveLength(20);
  expect(events[0]).toMatchObject({ name: "session.ended", note: "", at: expect.any(Date) });
  expect(events.at(-1)).toMatchObject({ name: "session.revoked", note: "of a browser" });
});

test("SES-7: an ended session cannot complete any account command", async () => {
  const person = await newAccount({ passwordHash: await hashPassword(validPassword) });
  const who = await newAccountContext(person);
  await endOwnSession(await newAccountContext(person), { sessionId: who.sessionId });
  const finished = await Promise.allSettled([
    requestEmailChange(who, { email: newEmailAddress() }),
    changePassword(who, { currentPassword: validPassword, password: "amber-signal-93-quay" }),
    removePasskey(who, { passkeyId: who.sessionId }),
    unlinkGoogle(who, {}),
    endOtherSessions(who, {}),
    exportAccountData(who, {}),
    deleteAccount(who, { agreed: "true" }),
  ]);
  for (const one of finished) expect(one).toMatchObject({ status: "rejected", reason: { code: "unauthenticated" } });
});
