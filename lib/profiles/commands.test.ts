import { expect, test } from "vitest";
import { requestReset, resetPassword } from "@/lib/accounts/commands";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { changePassword } from "@/lib/profiles/commands";
import { presentSession } from "@/lib/sessions/queries";
import { goodPassword, newVisitor, presentAt, sessionOf, signedInAs, tokenMailed, work } from "@/lib/testing/visitors";
import { asOwner, entriesOf, mailsTo, newMember, newOrg, newPerson } from "@/lib/testing/world";

const another = "amber-signal-93-quay";

async function newOwner() {
  return newPerson({ passwordHash: await hashPassword(goodPassword) });
}

async function storedHash(id: string): Promise<string> {
  const owner = asOwner();
  const [row] = await owner`select password_hash from accounts where id = ${id}`;
  await owner.end();
  return String(row?.password_hash);
}

const refused = (asked: Promise<unknown>) =>
  asked.then(
    () => ({}),
    (fault: unknown) => (fault as { fields?: object }).fields,
  );

test("AUT-4, AUT-9, PWD-4: a new password ends the other sessions, keeps this one, and its owner is told", async () => {
  const person = await newOwner();
  const org = await newOrg();
  const member = await newMember(org, "observer", "all", person);
  const elsewhere = await sessionOf(person);
  const here = await sessionOf(person);
  const who = { ...(await presentAt(here)), origin: newVisitor() };
  await changePassword(who, { currentPassword: goodPassword, password: another });
  expect(await presentSession(elsewhere)).toBeNull();
  expect(await presentSession(here)).toMatchObject({ sessionId: who.sessionId });
  expect(await verifyPassword(await storedHash(person.id), another)).toMatchObject({ ok: true });
  expect((await entriesOf(member))[0]).toMatchObject({ name: "password.changed", actorId: person.id });
  expect((await mailsTo(person.email)).map(({ template }) => template)).toEqual(["security-notice"]);
});

test("AUT-4: without the current password nothing changes, and the tries are counted", async () => {
  const person = await newOwner();
  const who = await signedInAs(person);
  const before = await storedHash(person.id);
  expect(await refused(changePassword(who, { currentPassword: another, password: another }))).toHaveProperty("currentPassword");
  for (const _ of [1, 2, 3, 4, 5]) await refused(changePassword(who, { currentPassword: another, password: another }));
  await expect(changePassword(who, { currentPassword: goodPassword, password: another })).rejects.toMatchObject({ code: "busy" });
  expect(await storedHash(person.id)).toBe(before);
});

test("AUT-1, AUT-2: the new password is held to the rules and is not the old one", async () => {
  const person = await newOwner();
  const who = await signedInAs(person);
  const to = (password: string) => refused(changePassword(who, { currentPassword: goodPassword, password }));
  expect(await to("k7#mQ2v")).toHaveProperty("password");
  expect(await to("password1!")).toHaveProperty("password");
  expect(await to(`${person.lastName}1`)).toHaveProperty("password");
  expect(await to(goodPassword)).toEqual({ password: ["This is your password already. Choose another"] });
});

test("AUT-4: of many changes at once by the same current password one counts", async () => {
  const person = await newOwner();
  const sessions = await Promise.all(Array.from({ length: 5 }, () => signedInAs(person)));
  const asked = sessions.map((who, at) => changePassword(who, { currentPassword: goodPassword, password: `${another}-${at}` }));
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("LNK-1: a reset link that was mailed before no longer works", async () => {
  const person = await newOwner();
  const request = await requestReset({ email: person.email }, newVisitor());
  await work("account.recover", { request });
  const token = await tokenMailed(person.email, "reset-password");
  await changePassword(await signedInAs(person), { currentPassword: goodPassword, password: another });
  await expect(resetPassword({ token, password: "third-lantern-12-weir" }, newVisitor())).rejects.toMatchObject({ code: "conflict" });
});
