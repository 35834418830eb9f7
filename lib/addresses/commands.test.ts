import { isNull, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accountEvents, links } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { requestAccount, requestReset, resetPassword } from "@/lib/accounts/commands";
import { showReset, showValidation } from "@/lib/accounts/queries";
import { cancelAddress, confirmAddress, requestAddress, requestAddressAgain } from "@/lib/addresses/commands";
import { pendingChange, showChange } from "@/lib/addresses/queries";
import { confirmIdentity } from "@/lib/confirmations/commands";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { hashSecret } from "@/lib/kernel/secret";
import { hashPassword } from "@/lib/passwords/hash";
import { changePassword } from "@/lib/profiles/commands";
import { signIn } from "@/lib/sessions/commands";
import { presentSession } from "@/lib/sessions/queries";
import { goodPassword, holdWaits, newAddress, newVisitor, presentAt, sessionOf, signedInAs, tokenMailed, work } from "@/lib/testing/visitors";
import { asOwner, entriesOf, mailsTo, newMember, newOrg, newPerson, newSuperUser, type Person } from "@/lib/testing/world";

const newOwner = async () => newPerson({ passwordHash: await hashPassword(goodPassword) });
const mailsOf = async (email: string) => (await mailsTo(email)).map(({ template }) => template);

async function asDatabaseOwner<T>(work: (owner: ReturnType<typeof asOwner>) => Promise<T>): Promise<T> {
  const owner = asOwner();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

const emailOf = ({ id }: Person) =>
  asDatabaseOwner(async (owner) => String((await owner`select email from accounts where id = ${id}`)[0]?.email));

/** An account with a pending email change, and the token that was emailed. */
async function pendingChangeOf() {
  const person = await newOwner();
  const newEmail = newAddress();
  const who = await signedInAs(person);
  await requestAddress(who, { email: newEmail });
  return { person, newEmail, who, token: await tokenMailed(newEmail, "confirm-email") };
}

test("LNK-7: the email changes only after confirmation; then the old address is notified and other sessions end", async () => {
  const { person, newEmail, who, token } = await pendingChangeOf();
  const otherSession = await sessionOf(person);
  expect(await emailOf(person)).toBe(person.email);
  expect(await pendingChange(person)).toMatchObject({ email: newEmail });
  for (const _ of [1, 2, 3]) expect(await showChange(token)).toMatchObject({ state: "fresh", data: { newEmail } });
  await confirmAddress({ token }, newVisitor(), who);
  expect(await emailOf(person)).toBe(newEmail);
  expect(await mailsOf(person.email)).toEqual(["email-changed"]);
  expect(await presentSession(otherSession)).toBeNull();
  expect(await signIn({ email: newEmail, password: goodPassword }, { origin: newVisitor() })).toHaveProperty("secret");
  expect(await showChange(token)).toEqual({ state: "used" });
  await expect(confirmAddress({ token }, newVisitor(), who)).rejects.toMatchObject({ code: "conflict" });
});

test("LNK-7, SES-2: the current session continues with a new secret; a copy of the old cookie is rejected", async () => {
  const person = await newOwner();
  const key = await sessionOf(person);
  const who = { ...(await presentAt(key)), origin: newVisitor() };
  const newEmail = newAddress();
  await requestAddress(who, { email: newEmail });
  const { token: renewed } = await confirmAddress({ token: await tokenMailed(newEmail, "confirm-email") }, newVisitor(), who);
  expect(await presentSession(key)).toBeNull();
  expect(await presentSession({ ...key, secretHash: hashSecret(renewed?.secret ?? "") })).toMatchObject({ account: { email: newEmail } });
});

test("LNK-7: confirming without the owner's session requires the account's password", async () => {
  const { person, newEmail, token } = await pendingChangeOf();
  const stranger = await signedInAs(await newPerson());
  for (const browser of [null, stranger]) {
    await expect(confirmAddress({ token }, newVisitor(), browser)).rejects.toMatchObject({ fields: { password: expect.anything() } });
  }
  expect(await emailOf(person)).toBe(person.email);
  await confirmAddress({ token, password: goodPassword }, newVisitor(), null);
  expect(await emailOf(person)).toBe(newEmail);
});

test("AUD-1: a wrong password at the confirmation link is audited with its reason", async () => {
  const { person, token } = await pendingChangeOf();
  const member = await newMember(await newOrg(), "observer", "all", person);
  await expect(confirmAddress({ token, password: "not the password" }, newVisitor(), null)).rejects.toMatchObject({ code: "invalid" });
  expect((await entriesOf(member))[0]?.message).toBe("Login refused: wrong password at the link to a new address");
});

test("LNK-7: confirming voids a pending sign-up for the same email", async () => {
  const { who, newEmail, token } = await pendingChangeOf();
  const application = { region: "global", email: newEmail, firstName: "Ines", lastName: "Okafor", password: goodPassword, terms: "true" };
  await work("account.sign_up", { request: await requestAccount(application, newVisitor()) });
  const applied = await tokenMailed(newEmail, "validate-address");
  expect((await showValidation(applied)).state).toBe("fresh");
  await confirmAddress({ token }, newVisitor(), who);
  expect((await showValidation(applied)).state).toBe("replaced");
});

test("AUT-6: failed sign-ins with an unused email do not lock out the account that gets it later", async () => {
  const { newEmail, who, token } = await pendingChangeOf();
  const signInWith = (password: string) => signIn({ email: newEmail, password }, { origin: newVisitor() });
  for (const _ of Array.from({ length: 5 })) await expect(signInWith("wrong")).rejects.toMatchObject({ code: "invalid" });
  await holdWaits();
  await confirmAddress({ token }, newVisitor(), who);
  await expect(signInWith(goodPassword)).resolves.toBeTruthy();
});

test("LNK-7: confirming voids a password reset link that was sent to the old email", async () => {
  const { person, who, token } = await pendingChangeOf();
  await work("account.recover", { request: await requestReset({ email: person.email }, newVisitor()) });
  await confirmAddress({ token }, newVisitor(), who);
  expect(await showReset(await tokenMailed(person.email, "reset-password"))).toEqual({ state: "replaced" });
});

test("PWD-3: a suspended account cannot confirm an email change", async () => {
  const { person, token } = await pendingChangeOf();
  await asDatabaseOwner(async (owner) => {
    await owner`alter table accounts no force row level security`;
    await owner`update accounts set suspended_at = now() where id = ${person.id}`;
  });
  await expect(confirmAddress({ token, password: goodPassword }, newVisitor(), null)).rejects.toMatchObject({ code: "forbidden" });
  expect(await emailOf(person)).toBe(person.email);
});

test("AUT-6: wrong passwords at the link count against the link's limit, not the owner's", async () => {
  const { person, who, token } = await pendingChangeOf();
  const guess = () => confirmAddress({ token, password: "not the password" }, newVisitor(), null).catch(({ code }: { code: string }) => code);
  for (const _ of Array.from({ length: 5 })) expect(await guess()).toBe("invalid");
  await holdWaits();
  expect(await guess()).toBe("busy");
  expect(await confirmIdentity(who, { password: goodPassword })).toMatchObject({ accountId: person.id });
});

test("ACC-3: a taken email gives the same response; its owner gets a notice instead of a link", async () => {
  const taken = await newPerson();
  const person = await newOwner();
  await expect(requestAddress(await signedInAs(person), { email: taken.email })).resolves.toBeUndefined();
  expect(await mailsOf(taken.email)).toEqual(["address-in-use"]);
  expect(await pendingChange(person)).toMatchObject({ email: taken.email });
});

test("LNK-7: when two accounts confirm the same email concurrently, one succeeds and the other gets a conflict", async () => {
  for (let round = 0; round < 5; round += 1) {
    const newEmail = newAddress();
    const people = await Promise.all([newOwner(), newOwner()]);
    const both = await Promise.all(people.map((person) => signedInAs(person)));
    const tokens: string[] = [];
    for (const who of both) {
      await requestAddress(who, { email: newEmail });
      tokens.push(await tokenMailed(newEmail, "confirm-email"));
    }
    const outcomes = await Promise.allSettled(both.map((who, at) => confirmAddress({ token: tokens[at] }, newVisitor(), who)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const [lost] = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "conflict", message: expect.stringContaining("belongs to another account") });
  }
});

test("LNK-1: of 20 concurrent uses of one link, one changes the email", async () => {
  const { person, who, token } = await pendingChangeOf();
  const org = await newOrg();
  const member = await newMember(org, "observer", "all", person);
  const tries = Array.from({ length: 20 }, () => confirmAddress({ token }, newVisitor(), who));
  expect((await Promise.allSettled(tries)).filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await entriesOf(member)).filter(({ name }) => name === "email.changed")).toHaveLength(1);
  expect(await mailsOf(person.email)).toEqual(["email-changed"]);
});

test("LNK-2: a newer link voids the older one, cancelling voids it too, and a link expires after 24 hours", async () => {
  const { person, newEmail, who, token } = await pendingChangeOf();
  await requestAddressAgain(who, {});
  const newer = await tokenMailed(newEmail, "confirm-email");
  expect(await showChange(token)).toEqual({ state: "replaced" });
  expect(await showChange(newer)).toMatchObject({ state: "fresh" });
  await cancelAddress(who, {});
  expect(await showChange(newer)).toEqual({ state: "replaced" });
  expect(await pendingChange(person)).toBeNull();
  await requestAddress(who, { email: newEmail });
  const last = await tokenMailed(newEmail, "confirm-email");
  await asVisitor({ email: person.email }, (tx) => tx.update(links).set({ expiresAt: sql`${links.expiresAt} - interval '24 hours'` }));
  expect(await showChange(last)).toEqual({ state: "expired" });
  await expect(confirmAddress({ token: last }, newVisitor(), who)).rejects.toMatchObject({ message: expect.stringContaining("limited time") });
});

test("LNK-1: concurrent requests leave only one usable link", async () => {
  const person = await newOwner();
  const sessions = await Promise.all(Array.from({ length: 4 }, () => signedInAs(person)));
  await Promise.all(sessions.map((who, at) => requestAddress(who, { email: `many-${at}-${person.email}` })));
  const open = await asVisitor({ email: person.email }, (tx) => tx.select({ id: links.id }).from(links).where(isNull(links.voidedAt)));
  expect(open).toHaveLength(1);
});

test("LNK-10: an account can request 5 emails per hour, for any addresses", async () => {
  const who = await signedInAs(await newOwner());
  for (const at of [1, 2, 3, 4, 5]) await requestAddress(who, { email: `${at}-${newAddress()}` });
  await expect(requestAddress(who, { email: newAddress() })).rejects.toMatchObject({ code: "busy" });
});

test("LNK-10: one email address gets 5 emails per hour from all accounts together; other addresses are not affected", async () => {
  const newEmail = newAddress();
  for (const _ of [1, 2, 3, 4, 5]) await requestAddress(await signedInAs(await newPerson()), { email: newEmail });
  const last = await signedInAs(await newPerson());
  await expect(requestAddress(last, { email: newEmail })).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  expect(await mailsOf(newEmail)).toEqual(Array.from({ length: 5 }, () => "confirm-email"));
  expect(await pendingChange(last.account)).toBeNull();
  await expect(requestAddress(last, { email: newAddress() })).resolves.toBeUndefined();
});

test("AUT-4: changing or resetting the password voids a pending email change", async () => {
  const changed = await pendingChangeOf();
  await changePassword(changed.who, { currentPassword: goodPassword, password: "amber-signal-93-quay" });
  expect(await showChange(changed.token)).toEqual({ state: "replaced" });
  const reset = await pendingChangeOf();
  const request = await requestReset({ email: reset.person.email }, newVisitor());
  await work("account.recover", { request });
  await resetPassword({ token: await tokenMailed(reset.person.email, "reset-password"), password: "amber-signal-93-quay" }, newVisitor());
  expect(await showChange(reset.token)).toEqual({ state: "replaced" });
});

test("LNK-7: memberships get the new email, except where the organization has already invited it", async () => {
  const { person, newEmail, who, token } = await pendingChangeOf();
  const one = await newMember(await newOrg(), "observer", "all", person);
  const inviter = await newSuperUser();
  const other = await newMember(inviter.org, "observer", "all", person);
  await inviteAdministrator(inviter, { email: newEmail, firstName: "Ada", lastName: "Berg", role: "observer", scope: "all" });
  await confirmAddress({ token }, newVisitor(), who);
  const copies = await asDatabaseOwner(
    (owner) => owner`select organization_id as org, email from memberships where account_id = ${person.id} order by email = ${newEmail} desc`,
  );
  expect(copies).toMatchObject([{ org: one.orgId, email: newEmail }, { org: other.orgId, email: person.email }]);
  expect((await entriesOf(one))[0]).toMatchObject({ name: "email.changed", change: { before: { email: person.email }, after: { email: newEmail } } });
});

test("LNK-7, AUD-3 (security): an unconfirmed email is not logged; a confirmed change logs both emails", async () => {
  const person = await newOwner();
  const member = await newMember(await newOrg(), "observer", "all", person);
  const who = await signedInAs(person);
  const [mistyped, newEmail] = [newAddress(), newAddress()];
  await requestAddress(who, { email: mistyped });
  await requestAddressAgain(who, {});
  await cancelAddress(who, {});
  await requestAddress(who, { email: newEmail });
  const names = async () => (await entriesOf(member)).map(({ name }) => name).filter((name) => name.startsWith("email"));
  const requested = "email.change_requested";
  expect(await names()).toEqual([requested, "email.change_cancelled", requested, requested]);
  const events = await asVisitor({ accountId: person.id }, (tx) => tx.select().from(accountEvents));
  expect(events.length).toBeGreaterThanOrEqual(4);
  for (const kept of [await entriesOf(member), events]) {
    expect(JSON.stringify(kept)).not.toContain(mistyped);
    expect(JSON.stringify(kept)).not.toContain(newEmail);
  }
  await confirmAddress({ token: await tokenMailed(newEmail, "confirm-email") }, newVisitor(), who);
  const [newest] = await entriesOf(member);
  expect(newest).toMatchObject({ name: "email.changed", change: { before: { email: person.email }, after: { email: newEmail } } });
});

test("LNK-7: the current email and invalid emails are rejected with a field error", async () => {
  const person = await newOwner();
  const who = await signedInAs(person);
  for (const email of [person.email.toUpperCase(), "nobody", "a@b.test,c@d.test"]) {
    await expect(requestAddress(who, { email })).rejects.toMatchObject({ fields: { email: expect.anything() } });
  }
});
