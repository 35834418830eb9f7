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

async function inDatabase<T>(work: (owner: ReturnType<typeof asOwner>) => Promise<T>): Promise<T> {
  const owner = asOwner();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

const addressOf = ({ id }: Person) =>
  inDatabase(async (owner) => String((await owner`select email from accounts where id = ${id}`)[0]?.email));

/** Somebody who has asked for a new address, with the link that was mailed there. */
async function asked() {
  const person = await newOwner();
  const wanted = newAddress();
  const who = await signedInAs(person);
  await requestAddress(who, { email: wanted });
  return { person, wanted, who, token: await tokenMailed(wanted, "confirm-email") };
}

test("LNK-7: nothing changes until the new address confirms; then the old one is told and the others are signed out", async () => {
  const { person, wanted, who, token } = await asked();
  const elsewhere = await sessionOf(person);
  expect(await addressOf(person)).toBe(person.email);
  expect(await pendingChange(person)).toMatchObject({ email: wanted });
  for (const _ of [1, 2, 3]) expect(await showChange(token)).toMatchObject({ state: "fresh", found: { wanted } });
  await confirmAddress({ token }, newVisitor(), who);
  expect(await addressOf(person)).toBe(wanted);
  expect(await mailsOf(person.email)).toEqual(["email-changed"]);
  expect(await presentSession(elsewhere)).toBeNull();
  expect(await signIn({ email: wanted, password: goodPassword }, { origin: newVisitor() })).toHaveProperty("secret");
  expect(await showChange(token)).toEqual({ state: "used" });
  await expect(confirmAddress({ token }, newVisitor(), who)).rejects.toMatchObject({ code: "conflict" });
});

test("LNK-7, SES-2: this browser stays signed in, under a new key: a copy of its cookie is out", async () => {
  const person = await newOwner();
  const key = await sessionOf(person);
  const who = { ...(await presentAt(key)), origin: newVisitor() };
  const wanted = newAddress();
  await requestAddress(who, { email: wanted });
  const { token: renewed } = await confirmAddress({ token: await tokenMailed(wanted, "confirm-email") }, newVisitor(), who);
  expect(await presentSession(key)).toBeNull();
  expect(await presentSession({ ...key, secretHash: hashSecret(renewed?.secret ?? "") })).toMatchObject({ account: { email: wanted } });
});

test("LNK-7: whoever reads the mail without being signed in there needs the password of the account", async () => {
  const { person, wanted, token } = await asked();
  const stranger = await signedInAs(await newPerson());
  for (const browser of [null, stranger]) {
    await expect(confirmAddress({ token }, newVisitor(), browser)).rejects.toMatchObject({ fields: { password: expect.anything() } });
  }
  expect(await addressOf(person)).toBe(person.email);
  await confirmAddress({ token, password: goodPassword }, newVisitor(), null);
  expect(await addressOf(person)).toBe(wanted);
});

test("AUD-1: a wrong password at the link is on the record as what it was", async () => {
  const { person, token } = await asked();
  const member = await newMember(await newOrg(), "observer", "all", person);
  await expect(confirmAddress({ token, password: "not the password" }, newVisitor(), null)).rejects.toMatchObject({ code: "invalid" });
  expect((await entriesOf(member))[0]?.message).toBe("Login refused: wrong password at the link to a new address");
});

test("LNK-7: an account that was applied for with the address and not opened yet is not offered any more", async () => {
  const { who, wanted, token } = await asked();
  const application = { region: "global", email: wanted, firstName: "Ines", lastName: "Okafor", password: goodPassword, terms: "true" };
  await work("account.sign_up", { request: await requestAccount(application, newVisitor()) });
  const applied = await tokenMailed(wanted, "validate-address");
  expect((await showValidation(applied)).state).toBe("fresh");
  await confirmAddress({ token }, newVisitor(), who);
  expect((await showValidation(applied)).state).toBe("replaced");
});

test("AUT-6: wrong tries at an address that was nobody's yet do not lock out whoever it is given to", async () => {
  const { wanted, who, token } = await asked();
  const enter = (password: string) => signIn({ email: wanted, password }, { origin: newVisitor() });
  for (const _ of Array.from({ length: 5 })) await expect(enter("wrong")).rejects.toMatchObject({ code: "invalid" });
  await holdWaits();
  await confirmAddress({ token }, newVisitor(), who);
  await expect(enter(goodPassword)).resolves.toBeTruthy();
});

test("LNK-7: a new password that was asked for at the old address is not chosen by its mail any more", async () => {
  const { person, who, token } = await asked();
  await work("account.recover", { request: await requestReset({ email: person.email }, newVisitor()) });
  await confirmAddress({ token }, newVisitor(), who);
  expect(await showReset(await tokenMailed(person.email, "reset-password"))).toEqual({ state: "replaced" });
});

test("PWD-3: an account that was suspended meanwhile gets no new address", async () => {
  const { person, token } = await asked();
  await inDatabase(async (owner) => {
    await owner`alter table accounts no force row level security`;
    await owner`update accounts set suspended_at = now() where id = ${person.id}`;
  });
  await expect(confirmAddress({ token, password: goodPassword }, newVisitor(), null)).rejects.toMatchObject({ code: "forbidden" });
  expect(await addressOf(person)).toBe(person.email);
});

test("AUT-6: a stranger who was sent the link uses up the tries of the link, and none of its owner's", async () => {
  const { person, who, token } = await asked();
  const guess = () => confirmAddress({ token, password: "not the password" }, newVisitor(), null).catch(({ code }: { code: string }) => code);
  for (const _ of Array.from({ length: 5 })) expect(await guess()).toBe("invalid");
  await holdWaits();
  expect(await guess()).toBe("busy");
  expect(await confirmIdentity(who, { password: goodPassword })).toMatchObject({ accountId: person.id });
});

test("ACC-3: a taken address gives the same answer, and its owner is told instead of being sent a link", async () => {
  const taken = await newPerson();
  const person = await newOwner();
  await expect(requestAddress(await signedInAs(person), { email: taken.email })).resolves.toBeUndefined();
  expect(await mailsOf(taken.email)).toEqual(["address-in-use"]);
  expect(await pendingChange(person)).toMatchObject({ email: taken.email });
});

test("LNK-7: of two accounts that confirm one address at once, one gets it and the other is told", async () => {
  for (let round = 0; round < 5; round += 1) {
    const wanted = newAddress();
    const people = await Promise.all([newOwner(), newOwner()]);
    const both = await Promise.all(people.map((person) => signedInAs(person)));
    const tokens: string[] = [];
    for (const who of both) {
      await requestAddress(who, { email: wanted });
      tokens.push(await tokenMailed(wanted, "confirm-email"));
    }
    const outcomes = await Promise.allSettled(both.map((who, at) => confirmAddress({ token: tokens[at] }, newVisitor(), who)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const [lost] = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "conflict", message: expect.stringContaining("belongs to another account") });
  }
});

test("LNK-1: of twenty who follow one link at once, one changes the address", async () => {
  const { person, who, token } = await asked();
  const org = await newOrg();
  const member = await newMember(org, "observer", "all", person);
  const tries = Array.from({ length: 20 }, () => confirmAddress({ token }, newVisitor(), who));
  expect((await Promise.allSettled(tries)).filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await entriesOf(member)).filter(({ name }) => name === "email.changed")).toHaveLength(1);
  expect(await mailsOf(person.email)).toEqual(["email-changed"]);
});

test("LNK-2: a newer link replaces the older, a cancelled one leads nowhere, and neither outlives a day", async () => {
  const { person, wanted, who, token } = await asked();
  await requestAddressAgain(who, {});
  const newer = await tokenMailed(wanted, "confirm-email");
  expect(await showChange(token)).toEqual({ state: "replaced" });
  expect(await showChange(newer)).toMatchObject({ state: "fresh" });
  await cancelAddress(who, {});
  expect(await showChange(newer)).toEqual({ state: "replaced" });
  expect(await pendingChange(person)).toBeNull();
  await requestAddress(who, { email: wanted });
  const last = await tokenMailed(wanted, "confirm-email");
  await asVisitor({ email: person.email }, (tx) => tx.update(links).set({ expiresAt: sql`${links.expiresAt} - interval '24 hours'` }));
  expect(await showChange(last)).toEqual({ state: "expired" });
  await expect(confirmAddress({ token: last }, newVisitor(), who)).rejects.toMatchObject({ message: expect.stringContaining("limited time") });
});

test("LNK-1: of many requests at once the newest link alone works", async () => {
  const person = await newOwner();
  const sessions = await Promise.all(Array.from({ length: 4 }, () => signedInAs(person)));
  await Promise.all(sessions.map((who, at) => requestAddress(who, { email: `many-${at}-${person.email}` })));
  const open = await asVisitor({ email: person.email }, (tx) => tx.select({ id: links.id }).from(links).where(isNull(links.voidedAt)));
  expect(open).toHaveLength(1);
});

test("LNK-10: five mails an hour, whoever the address belongs to", async () => {
  const who = await signedInAs(await newOwner());
  for (const at of [1, 2, 3, 4, 5]) await requestAddress(who, { email: `${at}-${newAddress()}` });
  await expect(requestAddress(who, { email: newAddress() })).rejects.toMatchObject({ code: "busy" });
});

test("LNK-10: one address gets five mails an hour, however many accounts ask for it, and whoever asked may ask for another", async () => {
  const wanted = newAddress();
  for (const _ of [1, 2, 3, 4, 5]) await requestAddress(await signedInAs(await newPerson()), { email: wanted });
  const last = await signedInAs(await newPerson());
  await expect(requestAddress(last, { email: wanted })).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  expect(await mailsOf(wanted)).toEqual(Array.from({ length: 5 }, () => "confirm-email"));
  expect(await pendingChange(last.account)).toBeNull();
  await expect(requestAddress(last, { email: newAddress() })).resolves.toBeUndefined();
});

test("AUT-4: a new password, by whichever way, stops a change of address that waits", async () => {
  const changed = await asked();
  await changePassword(changed.who, { currentPassword: goodPassword, password: "amber-signal-93-quay" });
  expect(await showChange(changed.token)).toEqual({ state: "replaced" });
  const reset = await asked();
  const request = await requestReset({ email: reset.person.email }, newVisitor());
  await work("account.recover", { request });
  await resetPassword({ token: await tokenMailed(reset.person.email, "reset-password"), password: "amber-signal-93-quay" }, newVisitor());
  expect(await showChange(reset.token)).toEqual({ state: "replaced" });
});

test("LNK-7: memberships follow, but where the new address is invited already that one keeps its copy", async () => {
  const { person, wanted, who, token } = await asked();
  const one = await newMember(await newOrg(), "observer", "all", person);
  const inviter = await newSuperUser();
  const other = await newMember(inviter.org, "observer", "all", person);
  await inviteAdministrator(inviter, { email: wanted, firstName: "Ada", lastName: "Berg", role: "observer", scope: "all" });
  await confirmAddress({ token }, newVisitor(), who);
  const copies = await inDatabase(
    (owner) => owner`select organization_id as org, email from memberships where account_id = ${person.id} order by email = ${wanted} desc`,
  );
  expect(copies).toMatchObject([{ org: one.orgId, email: wanted }, { org: other.orgId, email: person.email }]);
  expect((await entriesOf(one))[0]).toMatchObject({ name: "email.changed", change: { before: { email: person.email }, after: { email: wanted } } });
});

test("LNK-7, AUD-3 (security): an address that nobody confirmed stands in no log and no history; a confirmed change shows both", async () => {
  const person = await newOwner();
  const member = await newMember(await newOrg(), "observer", "all", person);
  const who = await signedInAs(person);
  const [mistyped, wanted] = [newAddress(), newAddress()];
  await requestAddress(who, { email: mistyped });
  await requestAddressAgain(who, {});
  await cancelAddress(who, {});
  await requestAddress(who, { email: wanted });
  const names = async () => (await entriesOf(member)).map(({ name }) => name).filter((name) => name.startsWith("email"));
  const requested = "email.change_requested";
  expect(await names()).toEqual([requested, "email.change_cancelled", requested, requested]);
  const told = await asVisitor({ accountId: person.id }, (tx) => tx.select().from(accountEvents));
  expect(told.length).toBeGreaterThanOrEqual(4);
  for (const kept of [await entriesOf(member), told]) {
    expect(JSON.stringify(kept)).not.toContain(mistyped);
    expect(JSON.stringify(kept)).not.toContain(wanted);
  }
  await confirmAddress({ token: await tokenMailed(wanted, "confirm-email") }, newVisitor(), who);
  const [newest] = await entriesOf(member);
  expect(newest).toMatchObject({ name: "email.changed", change: { before: { email: person.email }, after: { email: wanted } } });
});

test("LNK-7: one's own address, and nonsense, are refused beside the field", async () => {
  const person = await newOwner();
  const who = await signedInAs(person);
  for (const email of [person.email.toUpperCase(), "nobody", "a@b.test,c@d.test"]) {
    await expect(requestAddress(who, { email })).rejects.toMatchObject({ fields: { email: expect.anything() } });
  }
});
