import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, memberships } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import { acceptInvitation, createLogin } from "@/lib/acceptances/commands";
import { revokeAccess } from "@/lib/administrators/commands";
import { getAdministrator } from "@/lib/administrators/queries";
import { cancelInvitation, inviteAdministrator, resendInvitation } from "@/lib/invitations/commands";
import { showInvitation } from "@/lib/invitations/queries";
import { verifyPassword } from "@/lib/passwords/hash";
import { openSession } from "@/lib/sessions/commands";
import { presentSession } from "@/lib/sessions/queries";
import { hashSecret } from "@/lib/kernel/secret";
import { tokenFor } from "@/lib/testing/invited";
import { entriesOf, mailsTo, newPerson, newSite, newSuperUser } from "@/lib/testing/world";

const origin = { address: "192.0.2.9", browser: "Test browser", requestId: null };
const password = "quiet-lantern-over-water";
const login = { firstName: "Nora", lastName: "Falk", phone: "", password, terms: "true" as const };
let serial = 0;
const address = () => `taker-${process.pid}-${(serial += 1)}-${Math.random().toString(36).slice(2, 8)}@example.test`;

async function invited(email = address()) {
  const owner = await newSuperUser();
  const site = await newSite(owner.org);
  const input = { email, firstName: "Nora", lastName: "Falk", role: "network_admin" as const, scope: "sites" as const, sites: [site.id] };
  const { id } = await inviteAdministrator(owner, input);
  return { owner, site, email, id, token: await tokenFor(email, "invitation") };
}

const accept = (token: string, who: Awaited<ReturnType<typeof newPerson>> | null = null) => acceptInvitation({ purpose: "invite", token }, who, origin);
const named = async (owner: { orgId: string }, name: string) => (await entriesOf(owner)).filter((entry) => entry.name === name);

async function loginToken() {
  const world = await invited();
  await accept(world.token);
  return { ...world, token: await tokenFor(world.email, "invitation-accepted") };
}

test("ADM-3: a newcomer accepts, follows the second mail, creates a login and sees exactly the role and sites", async () => {
  const { owner, email, id, token, site } = await invited();
  expect(await accept(token)).toMatchObject({ outcome: "create_login" });
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "accepted" });

  const second = await tokenFor(email, "invitation-accepted");
  const { entrance, orgId } = await createLogin({ ...login, token: second }, origin);
  expect(orgId).toBe(owner.orgId);
  const opened = await openSession(entrance.secret, origin);
  if (!opened) throw new Error("no session");
  const who = await presentSession({ ...opened, secretHash: hashSecret(opened.secret) });
  expect(who?.memberships).toMatchObject([{ orgId, role: "network_admin", scope: "sites", sites: [site.id] }]);
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "active", email, name: "Nora Falk" });

  const [stored] = await asVisitor({ email }, (tx) => tx.select().from(accounts).where(eq(accounts.email, email)));
  expect(await verifyPassword(stored?.passwordHash ?? null, password)).toMatchObject({ ok: true });
  const [accepted] = await named(owner, "administrator.accepted");
  const [joined] = await named(owner, "administrator.joined");
  expect(accepted).toMatchObject({ message: "Accept invitation as Network Admin", actorId: who?.account.id, address: "192.0.2.9" });
  expect(joined).toMatchObject({ message: "Join as Network Admin", actorId: who?.account.id });
});

test("ADM-3 ADM-4: a person with an account, signed in as that address, has a second membership at once", async () => {
  const elsewhere = await newSuperUser();
  const person = { id: elsewhere.id, email: String(elsewhere.email), firstName: "Ada", lastName: "Lindqvist" };
  const { owner, token, id } = await invited(person.email);
  expect(await accept(token, person)).toMatchObject({ outcome: "joined", orgId: owner.orgId });
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "active", accountId: person.id });
  const held = await asVisitor({ accountId: person.id }, (tx) => tx.select({ role: memberships.role }).from(memberships));
  expect(held.map(({ role }) => role).sort()).toEqual(["network_admin", "super_user"]);
  expect((await mailsTo(person.email)).at(-1)).toMatchObject({ template: "membership-added" });
});

test("LNK-6, AUD-1: where the address has an account, nobody accepts before signing in, and no other account ever", async () => {
  const person = await newPerson();
  const [other, { owner, token, id }] = [await newPerson(), await invited(person.email)];
  expect(await accept(token)).toMatchObject({ outcome: "sign_in", email: person.email });
  await expect(accept(token, other)).rejects.toMatchObject({ code: "forbidden" });
  expect(await named(owner, "access.denied")).toMatchObject([{ actorId: other.id, message: `Denied: invitation of ${person.email}` }]);
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "invited", accountId: null });
  expect(await accept(token, person)).toMatchObject({ outcome: "joined" });
});

test("LNK-6: a newcomer's invitation opened by somebody who is signed in attaches to nobody", async () => {
  const { owner, token, id } = await invited();
  expect(await accept(token, await newPerson())).toMatchObject({ outcome: "create_login" });
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "accepted", accountId: null });
});

test("LNK-5: 50 acceptances of one invitation at once make one acceptance, one entry and one mail", async () => {
  const { owner, email, token } = await invited();
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => accept(token)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(results.every((result) => result.status === "fulfilled" || result.reason.code === "conflict")).toBe(true);
  expect(await named(owner, "administrator.accepted")).toHaveLength(1);
  expect((await mailsTo(email)).filter(({ template }) => template === "invitation-accepted")).toHaveLength(1);
});

test("LNK-5: 50 acceptances by the owner of the address make one membership and one entry", async () => {
  const person = await newPerson();
  const { owner, token } = await invited(person.email);
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => accept(token, person)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const own = eq(memberships.accountId, person.id);
  expect(await withinScope({ orgId: owner.orgId, sites: "all" }, (tx) => tx.$count(memberships, own))).toBe(1);
  expect(await named(owner, "administrator.accepted")).toHaveLength(1);
});

test("LNK-5: 20 logins from one link make one account and one membership", async () => {
  const { owner, email, token } = await loginToken();
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => createLogin({ ...login, token }, origin)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const made = await asVisitor({ email }, (tx) => tx.$count(accounts, eq(accounts.email, email)));
  expect(made).toBe(1);
  expect(await named(owner, "administrator.joined")).toHaveLength(1);
});

test("LNK-5: of an acceptance and a cancellation at once exactly one happens, ten times", async () => {
  for (let round = 0; round < 10; round += 1) {
    const person = await newPerson();
    const { owner, token, id } = await invited(person.email);
    const [accepted, cancelled] = await Promise.allSettled([accept(token, person), cancelInvitation(owner, { administratorId: id })]);
    expect([accepted.status, cancelled.status].sort()).toEqual(["fulfilled", "rejected"]);
    const left = await withinScope({ orgId: owner.orgId, sites: "all" }, (tx) => tx.$count(memberships, eq(memberships.id, id)));
    expect(left).toBe(accepted.status === "fulfilled" ? 1 : 0);
  }
});

test("LNK-1: a link that was used says so, and the invitation's link creates no login", async () => {
  const { email, token } = await invited();
  await expect(createLogin({ ...login, token }, origin)).rejects.toMatchObject({ code: "conflict" });
  await accept(token);
  await expect(accept(token)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("was accepted") });
  expect(await showInvitation("invite", token)).toEqual({ open: false, obstacle: "used" });
  expect(await asVisitor({ email }, (tx) => tx.$count(accounts, eq(accounts.email, email)))).toBe(0);
});

test("ADM-3: who accepted but lost the second mail gets it again, and the older one no longer works", async () => {
  const { owner, email, id, token } = await loginToken();
  await resendInvitation(owner, { administratorId: id });
  const newer = await tokenFor(email, "invitation-accepted");
  expect(newer).not.toBe(token);
  await expect(createLogin({ ...login, token }, origin)).rejects.toMatchObject({ code: "conflict" });
  await createLogin({ ...login, token: newer }, origin);
});

test("ADM-3: who made an account on their own meanwhile joins with it by the same mail", async () => {
  const { owner, email, token } = await loginToken();
  const person = await newPerson({ email });
  await expect(createLogin({ ...login, token }, origin)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("already") });
  expect(await acceptInvitation({ purpose: "create_login", token }, null, origin)).toMatchObject({ outcome: "sign_in", email });
  expect(await acceptInvitation({ purpose: "create_login", token }, person, origin)).toMatchObject({ outcome: "joined", orgId: owner.orgId });
});

test("AUT-2: the new login's password does not lean on the organization, the product or the person", async () => {
  const { token, owner } = await loginToken();
  for (const weak of ["short", "password1234", owner.org.name, "Nora.Falk.1", "Signalbox2026"]) {
    const attempt = createLogin({ ...login, token, password: weak }, origin);
    await expect(attempt).rejects.toMatchObject({ code: "invalid", fields: { password: expect.anything() } });
  }
  await createLogin({ ...login, token }, origin);
});

test("TEN-8: a login takes neither a role nor an organization nor an address of its own", async () => {
  const { token, owner, id } = await loginToken();
  for (const field of ["id", "email", "role", "orgId", "scope", "region", "membershipId", "passwordHash"]) {
    await expect(createLogin({ ...login, token, [field]: "super_user" }, origin)).rejects.toMatchObject({ code: "invalid" });
  }
  expect(await getAdministrator(owner, { administratorId: id })).toMatchObject({ status: "accepted", role: "network_admin" });
});

test("LNK-6: revoking the inviter between acceptance and login leaves the invitation without effect", async () => {
  const owner = await newSuperUser();
  const { email } = await newPerson();
  const inviter = await invited();
  await accept(inviter.token);
  const token = await tokenFor(inviter.email, "invitation-accepted");
  const second = await inviteAdministrator(inviter.owner, { email, firstName: "Eva", lastName: "Roth", role: "super_user" });
  const [person] = await asVisitor({ email }, (tx) => tx.select().from(accounts).where(eq(accounts.email, email)));
  if (!person) throw new Error("no account");
  await accept(await tokenFor(email, "invitation"), person);
  const successor = { ...inviter.owner, id: person.id, membershipId: second.id };
  await revokeAccess(successor, { administratorId: String(inviter.owner.membershipId) });
  await expect(createLogin({ ...login, token }, origin)).rejects.toMatchObject({ code: "conflict" });
  expect(owner.orgId).not.toBe(inviter.owner.orgId);
});

test("TEN-2: a claim on one invitation shows and changes no other membership", async () => {
  const { owner, email, id } = await invited();
  const another = await invited();
  const claim = { accountId: id, email, invitationId: id };
  const seen = await asVisitor(claim, (tx) => tx.select({ id: memberships.id }).from(memberships));
  expect(seen).toEqual([{ id }]);
  const foreign = asVisitor({ ...claim, invitationId: another.id }, (tx) => tx.select().from(memberships));
  expect(await foreign).toEqual([]);
  const widened = asVisitor(claim, (tx) => tx.update(memberships).set({ role: "super_user" }).where(eq(memberships.id, id)));
  await expect(widened).rejects.toThrow();
  const given = asVisitor(claim, (tx) =>
    tx.update(memberships).set({ accountId: owner.id }).where(and(eq(memberships.id, id))),
  );
  await expect(given).rejects.toThrow();
});
