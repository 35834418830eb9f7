import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, memberships } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { resetPassword, requestPasswordReset } from "@/lib/accounts/commands";
import { endMemberSessions, startPasswordReset } from "@/lib/administrators/commands";
import { getAdministrator, listAdministrators } from "@/lib/administrators/queries";
import { getAuthSession } from "@/lib/sessions/queries";
import { isRevokedForOrg } from "@/lib/sessions/rules";
import { newRequestMetadata, loadSession, newSession, latestEmailToken, queuedJobs, runQueuedJobs } from "@/lib/testing/sign-in";
import { listAuditEntries, queuedEmailsTo, newMember, newAccount, newSuperUser } from "@/lib/testing/fixtures";
import { roleNames } from "@/lib/shared/roles";

const idOf = (actor: Actor) => ({ administratorId: String(actor.membershipId) });
const withCode = (code: string) => ({ code }) as const;
const fromNewAddress = (actor: Actor): Actor => ({ ...actor, origin: newRequestMetadata() });

const invitationIn = (owner: Actor) =>
  withTenant({ orgId: owner.orgId, sites: "all" }, async (tx) => {
    const email = `invited-${owner.id}@example.test`;
    const [row] = await tx.insert(memberships).values({ email, firstName: "In", lastName: "Vited", role: "observer" }).returning({ id: memberships.id });
    return { administratorId: String(row?.id) };
  });

test("SES-8: ending a member's sessions applies to that organization only, and a new sign-in works again", async () => {
  const [owner, other] = [await newSuperUser(), await newSuperUser()];
  const person = await newAccount();
  const member = await newMember(owner.org, "observer", "all", person);
  await newMember(other.org, "observer", "all", person);
  const before = await newSession(person);
  await endMemberSessions(owner, idOf(member));
  const isSignedOut = async (key: typeof before, orgId?: string) => isRevokedForOrg(orgId, (await loadSession(key)).memberships);
  expect([await isSignedOut(before, owner.orgId), await isSignedOut(before, other.orgId), await isSignedOut(before)]).toEqual([true, false, true]);
  const after = await newSession(person);
  expect([await isSignedOut(after, owner.orgId), await isSignedOut(after, other.orgId), await isSignedOut(after)]).toEqual([false, false, false]);
  expect(await getAuthSession(before)).not.toBeNull();
  expect((await listAuditEntries(owner)).find(({ name }) => name === "administrator.signed_out")).toMatchObject({
    actorId: owner.id,
    message: expect.stringContaining(`Ended sessions of ${member.name}`),
  });
});

test("SES-8: ending sessions does not change the row version, so an open form can still be saved", async () => {
  const owner = await newSuperUser();
  const member = await newMember(owner.org, "observer");
  await endMemberSessions(owner, idOf(member));
  expect(await getAdministrator(owner, idOf(member))).toMatchObject({ version: 1 });
});

test("AUT-10: a Super User can start a password reset, and never sees its token", async () => {
  const owner = await newSuperUser();
  const person = await newAccount({ passwordHash: "kept" });
  const member = await newMember(owner.org, "observer", "all", person);
  const answer = await startPasswordReset(fromNewAddress(owner), idOf(member));
  expect(await queuedEmailsTo(person.email)).toEqual([]);
  await runQueuedJobs("account.recover", { account: person.id });
  await runQueuedJobs("account.recover", { account: person.id });
  const mails = await queuedEmailsTo(person.email);
  expect(mails).toMatchObject([{ template: "reset-password" }]);
  const token = await latestEmailToken(person.email, "reset-password");
  expect(JSON.stringify([answer, await listAuditEntries(owner), await queuedJobs("account.recover", { account: person.id })])).not.toContain(token);
  const [stored] = await withAuthScope({ accountId: person.id }, (tx) => tx.select({ hash: accounts.passwordHash }).from(accounts));
  expect(stored?.hash).toBe("kept");
  await resetPassword({ origin: newRequestMetadata() }, { token, password: "another-lantern-52-quiet" });
  expect((await listAuditEntries(owner)).find(({ name }) => name === "administrator.reset_started")).toMatchObject({ actorId: owner.id });
});

test("LNK-10: resets started by administrators and by the owner share one limit of 5 emails per hour, also concurrently", async () => {
  const owner = await newSuperUser();
  const person = await newAccount();
  const member = await newMember(owner.org, "observer", "all", person);
  await requestPasswordReset({ origin: newRequestMetadata() }, { email: person.email });
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => startPasswordReset(fromNewAddress(owner), idOf(member))));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
  expect(await queuedJobs("account.recover", { account: person.id })).toHaveLength(4);
  expect((await listAuditEntries(owner)).filter(({ name }) => name === "administrator.reset_started")).toHaveLength(4);
  await expect(requestPasswordReset({ origin: newRequestMetadata() }, { email: person.email })).rejects.toMatchObject(withCode("busy"));
});

test("ADM-6: ending sessions and starting resets needs the update permission and works only for other, joined members", async () => {
  const owner = await newSuperUser();
  const target = await newMember(owner.org, "observer");
  const invited = await invitationIn(owner);
  for (const act of [endMemberSessions, startPasswordReset]) {
    for (const role of roleNames.filter((one) => one !== "super_user")) {
      await expect(act(fromNewAddress(await newMember(owner.org, role)), idOf(target))).rejects.toMatchObject(withCode("forbidden"));
    }
    await expect(act(fromNewAddress(owner), idOf(owner))).rejects.toMatchObject(withCode("forbidden"));
    await expect(act(fromNewAddress(owner), invited)).rejects.toMatchObject(withCode("conflict"));
    await expect(act(fromNewAddress(await newSuperUser()), idOf(target))).rejects.toMatchObject(withCode("not_found"));
  }
  const who = await loadSession(await newSession({ id: target.id }));
  expect(isRevokedForOrg(owner.orgId, who.memberships)).toBe(false);
  expect(await queuedJobs("account.recover", { account: target.id })).toEqual([]);
});

test("ADM-1, PWD-6: the list shows and sorts by second factor, last sign-in and password age", async () => {
  const owner = await newSuperUser();
  const accountsData = [
    { twoFactorEnabledAt: null, passwordChangedAt: new Date("2026-01-05T12:00:00Z") },
    { twoFactorEnabledAt: null, passwordChangedAt: new Date("2026-03-03T08:00:00Z") },
    { twoFactorEnabledAt: new Date("2026-02-01T10:00:00Z"), passwordChangedAt: new Date("2026-03-03T12:00:00Z") },
  ];
  for (const one of accountsData) await newMember(owner.org, "observer", "all", await newAccount(one));
  await invitationIn(owner);
  const { rows } = await listAdministrators(owner, { sort: "-passwordAge", role: "observer" });
  expect(rows).toMatchObject([...accountsData, { twoFactorEnabledAt: null, passwordChangedAt: null, accountId: null }]);
  for (const key of ["twoFactor", "passwordAge"]) {
    const [up, down] = [await listAdministrators(owner, { sort: key }), await listAdministrators(owner, { sort: `-${key}` })];
    expect(down.rows.map(({ id }) => id).reverse()).toEqual(up.rows.map(({ id }) => id));
  }
  const byTwoFactor = await listAdministrators(owner, { sort: "-twoFactor" });
  expect(byTwoFactor.rows[0]).toMatchObject({ twoFactorEnabledAt: accountsData[2]?.twoFactorEnabledAt });
  expect(JSON.stringify(rows)).not.toMatch(/password_?hash/i);
});

test("SES-8: the end of sessions uses the database clock, so that a session started later stays valid", async () => {
  const owner = await newSuperUser();
  const person = await newAccount();
  const member = await newMember(owner.org, "observer", "all", person);
  for (let round = 0; round < 5; round += 1) {
    await endMemberSessions(owner, idOf(member));
    const [row] = await withAuthScope({ accountId: person.id }, (tx) => tx.select({ past: sql<boolean>`sessions_ended_at < now()` }).from(memberships));
    expect(row?.past).toBe(true);
    expect(isRevokedForOrg(owner.orgId, (await loadSession(await newSession(person))).memberships)).toBe(false);
  }
});
