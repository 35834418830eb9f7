import { and, eq, ne } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, memberships } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import type { RequestMetadata } from "@/lib/access/actor";
import { acceptInvitation, createLogin, declineInvitation } from "@/lib/invitation-acceptance/commands";
import { revokeAccess } from "@/lib/administrators/commands";
import { getAdministrator } from "@/lib/administrators/queries";
import { cancelInvitation, inviteAdministrator, resendInvitation } from "@/lib/invitations/commands";
import { getInvitation } from "@/lib/invitations/queries";
import { verifyPassword } from "@/lib/passwords/hash";
import { getAuthSession } from "@/lib/sessions/queries";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { race } from "@/lib/testing/race";
import { openedSession } from "@/lib/testing/sign-in";
import { listAuditEntries, queuedEmailsTo, newAccount, newSite, newSuperUser } from "@/lib/testing/fixtures";

const origin: RequestMetadata = { ipAddress: "192.0.2.9", userAgent: "Test browser", requestId: null };
const password = "quiet-lantern-over-water";
const login = { firstName: "Nora", lastName: "Falk", phone: "", password, terms: "true" as const };
let serial = 0;
const newEmail = () => `invitee-${process.pid}-${(serial += 1)}-${Math.random().toString(36).slice(2, 8)}@example.test`;

async function invited(email = newEmail()) {
  const owner = await newSuperUser();
  const site = await newSite(owner.org);
  const input = { email, firstName: "Nora", lastName: "Falk", role: "network_admin" as const, scope: "sites" as const, sites: [site.id] };
  const { id } = await inviteAdministrator(owner, input);
  return { owner, site, email, id, token: await requireEmailToken(email, "invitation") };
}

const accept = (token: string, who: Awaited<ReturnType<typeof newAccount>> | null = null) => acceptInvitation({ origin, signedIn: who }, { token });
const entriesNamed = async (owner: { orgId: string }, name: string) => (await listAuditEntries(owner)).filter((entry) => entry.name === name);

async function loginToken() {
  const invitation = await invited();
  await accept(invitation.token);
  return { ...invitation, token: await requireEmailToken(invitation.email, "invitation-accepted") };
}

test("ADM-3: a new user accepts, goes straight on to create a login and has exactly the granted role and sites", async () => {
  const { owner, email, id, token, site } = await invited();
  const answer = await accept(token);
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "accepted" });

  if (answer.outcome !== "create_login") throw new Error("No login is created");
  const second = answer.token;
  expect(second, "the same link as in the email, for whoever stops here").toBe(await requireEmailToken(email, "invitation-accepted"));
  const { loginResult, orgId } = await createLogin({ origin }, { ...login, token: second });
  expect(orgId).toBe(owner.orgId);
  const who = await getAuthSession(openedSession(loginResult));
  expect(who?.memberships).toMatchObject([{ orgId, role: "network_admin", scope: "sites", sites: [site.id] }]);
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "active", email, name: "Nora Falk" });

  const [stored] = await withAuthScope({ email }, (tx) => tx.select().from(accounts).where(eq(accounts.email, email)));
  expect(await verifyPassword(stored?.passwordHash ?? null, password)).toMatchObject({ ok: true });
  const [accepted] = await entriesNamed(owner, "administrator.accepted");
  const [joined] = await entriesNamed(owner, "administrator.joined");
  expect(accepted).toMatchObject({ message: "Accepted invitation as Network Admin", actorId: who?.account.id, ipAddress: "192.0.2.9" });
  expect(joined).toMatchObject({ message: "Joined as Network Admin", actorId: who?.account.id });
});

test("ADM-3 ADM-4: an existing account that is signed in with the invited email gets a second membership immediately", async () => {
  const existing = await newSuperUser();
  const person = { id: existing.id, email: String(existing.email), firstName: "Ada", lastName: "Lindqvist" };
  const { owner, token, id } = await invited(person.email);
  expect(await accept(token, person)).toMatchObject({ outcome: "joined", orgId: owner.orgId });
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "active", accountId: person.id });
  const rows = await withAuthScope({ accountId: person.id }, (tx) => tx.select({ role: memberships.role }).from(memberships));
  expect(rows.map(({ role }) => role).sort()).toEqual(["network_admin", "super_user"]);
  expect((await queuedEmailsTo(person.email)).at(-1)).toMatchObject({ template: "membership-added" });
});

test("LNK-6, AUD-1: when the invited email has an account, only that account can accept, after signing in", async () => {
  const person = await newAccount();
  const [other, { owner, token, id }] = [await newAccount(), await invited(person.email)];
  expect(await accept(token)).toMatchObject({ outcome: "sign_in", email: person.email });
  await expect(accept(token, other)).rejects.toMatchObject({ code: "forbidden" });
  expect(await entriesNamed(owner, "access.denied")).toMatchObject([{ actorId: other.id, message: `Not allowed to answer ${person.email}’s invitation` }]);
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "invited", accountId: null });
  expect(await accept(token, person)).toMatchObject({ outcome: "joined" });
});

test("LNK-6: an invitation to a new email is not attached to the account that happens to be signed in", async () => {
  const { owner, token, id } = await invited();
  expect(await accept(token, await newAccount())).toMatchObject({ outcome: "create_login" });
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "accepted", accountId: null });
});

test("LNK-5: 50 concurrent acceptances of one invitation result in one acceptance, one audit entry and one email", async () => {
  const { owner, email, token } = await invited();
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => accept(token)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(results.every((result) => result.status === "fulfilled" || result.reason.code === "conflict")).toBe(true);
  expect(await entriesNamed(owner, "administrator.accepted")).toHaveLength(1);
  expect((await queuedEmailsTo(email)).filter(({ template }) => template === "invitation-accepted")).toHaveLength(1);
});

test("LNK-5: 50 concurrent acceptances by an existing account result in one membership and one audit entry", async () => {
  const person = await newAccount();
  const { owner, token } = await invited(person.email);
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => accept(token, person)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const own = eq(memberships.accountId, person.id);
  expect(await withTenant({ orgId: owner.orgId, sites: "all" }, (tx) => tx.$count(memberships, own))).toBe(1);
  expect(await entriesNamed(owner, "administrator.accepted")).toHaveLength(1);
});

test("LNK-5: 20 concurrent login creations with one link result in one account and one membership", async () => {
  const { owner, email, token } = await loginToken();
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => createLogin({ origin }, { ...login, token })));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const made = await withAuthScope({ email }, (tx) => tx.$count(accounts, eq(accounts.email, email)));
  expect(made).toBe(1);
  expect(await entriesNamed(owner, "administrator.joined")).toHaveLength(1);
});

test("LNK-5: when acceptance and cancellation run concurrently, exactly one succeeds (10 rounds)", async () => {
  for (let round = 0; round < 10; round += 1) {
    const person = await newAccount();
    const { owner, token, id } = await invited(person.email);
    const [accepted, cancelled] = await Promise.allSettled([accept(token, person), cancelInvitation(owner, { administratorId: id })]);
    expect([accepted.status, cancelled.status].sort()).toEqual(["fulfilled", "rejected"]);
    const left = await withTenant({ orgId: owner.orgId, sites: "all" }, (tx) => tx.$count(memberships, eq(memberships.id, id)));
    expect(left).toBe(accepted.status === "fulfilled" ? 1 : 0);
  }
});

test("LNK-1: a used link reports that it was used, and an invitation link cannot create a login", async () => {
  const { email, token } = await invited();
  await expect(createLogin({ origin }, { ...login, token })).rejects.toMatchObject({ code: "conflict" });
  await accept(token);
  await expect(accept(token)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("was accepted") });
  expect(await getInvitation(token)).toEqual({ open: false, problem: "used" });
  expect(await withAuthScope({ email }, (tx) => tx.$count(accounts, eq(accounts.email, email)))).toBe(0);
});

test("ADM-3: the second email can be sent again after acceptance, which voids the older link", async () => {
  const { owner, email, id, token } = await loginToken();
  await resendInvitation(owner, { administratorId: id });
  const newer = await requireEmailToken(email, "invitation-accepted");
  expect(newer).not.toBe(token);
  await expect(createLogin({ origin }, { ...login, token })).rejects.toMatchObject({ code: "conflict" });
  await createLogin({ origin }, { ...login, token: newer });
});

test("ADM-3: an account created in the meantime can join with the same link", async () => {
  const { owner, email, token } = await loginToken();
  const person = await newAccount({ email });
  await expect(createLogin({ origin }, { ...login, token })).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("already") });
  expect(await acceptInvitation({ origin, signedIn: null }, { token })).toMatchObject({ outcome: "sign_in", email });
  expect(await acceptInvitation({ origin, signedIn: person }, { token })).toMatchObject({ outcome: "joined", orgId: owner.orgId });
});

const decline = (token: string, who: Awaited<ReturnType<typeof newAccount>> | null = null) => declineInvitation({ origin, signedIn: who }, { token });
const countMembership = (owner: { orgId: string }, id: string) =>
  withTenant({ orgId: owner.orgId, sites: "all" }, (tx) => tx.$count(memberships, eq(memberships.id, id)));

test("ADM-3: who declines gets no access, the inviter is told by email, and the audit log has an entry", async () => {
  const { owner, email, id, token } = await invited();
  await decline(token);
  expect(await countMembership(owner, id)).toBe(0);
  expect(await entriesNamed(owner, "invitation.declined")).toMatchObject([{ message: "Declined invitation as Network Admin", actorId: id }]);
  expect((await queuedEmailsTo(String(owner.email))).at(-1)).toMatchObject({ template: "invitation-declined", props: { name: "Nora Falk", email, organization: owner.org.name } });
  for (const again of [decline, accept]) await expect(again(token)).rejects.toMatchObject({ code: "conflict" });
  expect(await getInvitation(token)).toMatchObject({ open: false });
  await inviteAdministrator(owner, { email, firstName: "Nora", lastName: "Falk", role: "observer", scope: "all" });
  await accept(await requireEmailToken(email, "invitation"));
});

test("ADM-3: an invitation can be declined signed out, by the invited account, and after it was accepted without a login", async () => {
  const person = await newAccount();
  const [signedOut, own, late] = [await invited(person.email), await invited(person.email), await loginToken()];
  await decline(signedOut.token);
  await decline(own.token, person);
  await decline(late.token);
  for (const { owner, id } of [signedOut, own, late]) expect(await countMembership(owner, id)).toBe(0);
  await expect(createLogin({ origin }, { ...login, token: late.token })).rejects.toMatchObject({ code: "conflict" });
  expect(await entriesNamed(own.owner, "invitation.declined")).toMatchObject([{ actorId: person.id }]);
});

test("LNK-6: another account cannot decline, and is recorded", async () => {
  const { owner, id, token } = await invited((await newAccount()).email);
  await expect(decline(token, await newAccount())).rejects.toMatchObject({ code: "forbidden" });
  expect(await countMembership(owner, id)).toBe(1);
  expect(await entriesNamed(owner, "access.denied")).toHaveLength(1);
});

test("LNK-5: when acceptance and refusal run concurrently, exactly one succeeds (10 rounds)", async () => {
  for (let round = 0; round < 10; round += 1) {
    const person = await newAccount();
    const { owner, token, id } = await invited(person.email);
    const outcomes = await race([accept(token, person), decline(token, person), decline(token)]);
    expect(outcomes.toSorted()).toEqual(["conflict", "conflict", "done"]);
    expect(await countMembership(owner, id)).toBe(outcomes[0] === "done" ? 1 : 0);
    expect(await entriesNamed(owner, "invitation.declined")).toHaveLength(outcomes[0] === "done" ? 0 : 1);
  }
});

test("TEN-2: a transaction scoped to one invitation deletes no other membership, and none that has joined", async () => {
  const { owner, email, id } = await invited();
  const scope = { accountId: id, email, invitationId: id };
  const deleted = await withAuthScope(scope, (tx) => tx.delete(memberships).where(ne(memberships.id, id)).returning({ id: memberships.id }));
  expect(deleted).toEqual([]);
  const own = { accountId: owner.id, email: String(owner.email), invitationId: String(owner.membershipId) };
  expect(await withAuthScope(own, (tx) => tx.delete(memberships).returning({ id: memberships.id }))).toEqual([]);
});

test("AUT-2: the new password must not be based on the name of the organization, product or person", async () => {
  const { token, owner } = await loginToken();
  for (const weak of ["short", "password1234", owner.org.name, "Nora.Falk.1", "Signalbox2026"]) {
    const attempt = createLogin({ origin }, { ...login, token, password: weak });
    await expect(attempt).rejects.toMatchObject({ code: "invalid", fields: { password: expect.anything() } });
  }
  await createLogin({ origin }, { ...login, token });
});

test("TEN-8: login creation rejects a submitted role, organization, email and other unknown fields", async () => {
  const { token, owner, id } = await loginToken();
  for (const field of ["id", "email", "role", "orgId", "scope", "region", "membershipId", "passwordHash"]) {
    await expect(createLogin({ origin }, { ...login, token, [field]: "super_user" })).rejects.toMatchObject({ code: "invalid" });
  }
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "accepted", role: "network_admin" });
});

test("LNK-6: revoking the inviter between acceptance and login creation invalidates the invitation", async () => {
  const owner = await newSuperUser();
  const { email } = await newAccount();
  const inviter = await invited();
  await accept(inviter.token);
  const token = await requireEmailToken(inviter.email, "invitation-accepted");
  const second = await inviteAdministrator(inviter.owner, { email, firstName: "Eva", lastName: "Roth", role: "super_user" });
  const [person] = await withAuthScope({ email }, (tx) => tx.select().from(accounts).where(eq(accounts.email, email)));
  if (!person) throw new Error("no account");
  await accept(await requireEmailToken(email, "invitation"), person);
  const successor = { ...inviter.owner, id: person.id, membershipId: second.id };
  await revokeAccess(successor, { administratorId: String(inviter.owner.membershipId) });
  await expect(createLogin({ origin }, { ...login, token })).rejects.toMatchObject({ code: "conflict" });
  expect(owner.orgId).not.toBe(inviter.owner.orgId);
});

test("TEN-2: a transaction scoped to one invitation cannot read or change other memberships", async () => {
  const { owner, email, id } = await invited();
  const another = await invited();
  const scope = { accountId: id, email, invitationId: id };
  const seen = await withAuthScope(scope, (tx) => tx.select({ id: memberships.id }).from(memberships));
  expect(seen).toEqual([{ id }]);
  const other = withAuthScope({ ...scope, invitationId: another.id }, (tx) => tx.select().from(memberships));
  expect(await other).toEqual([]);
  const escalated = withAuthScope(scope, (tx) => tx.update(memberships).set({ role: "super_user" }).where(eq(memberships.id, id)));
  await expect(escalated).rejects.toThrow();
  const reassigned = withAuthScope(scope, (tx) =>
    tx.update(memberships).set({ accountId: owner.id }).where(and(eq(memberships.id, id))),
  );
  await expect(reassigned).rejects.toThrow();
});
