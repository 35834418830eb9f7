import { expect, test } from "vitest";
import { withAuthScope } from "@/db/auth-access";
import { accountEvents, organizations } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { requestPasswordReset, resetPassword } from "@/lib/accounts/commands";
import { hashSecret } from "@/lib/kernel/secrets";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { changePassword, saveProfile } from "@/lib/profile/commands";
import { getProfile } from "@/lib/profile/queries";
import { getAuthSession } from "@/lib/sessions/queries";
import { validPassword, freezeRateLimits, newRequestMetadata, loadSession, newSession, newAccountContext, latestEmailToken, runQueuedJobs } from "@/lib/testing/sign-in";
import { connectAsOwner, listAuditEntries, queuedEmailsTo, newMember, newOrg, newAccount } from "@/lib/testing/fixtures";

const newPassword = "amber-signal-93-quay";

async function newOwner() {
  return newAccount({ passwordHash: await hashPassword(validPassword) });
}

async function storedHash(id: string): Promise<string> {
  const owner = connectAsOwner();
  const [row] = await owner`select password_hash from accounts where id = ${id}`;
  await owner.end();
  return String(row?.password_hash);
}

const errorFields = (attempt: Promise<unknown>) =>
  attempt.then(
    () => ({}),
    (error: unknown) => (error as { fields?: object }).fields,
  );

test("AUT-4, AUT-9, PWD-4, SES-2: a new password ends the other sessions, rotates this session's secret and notifies the owner", async () => {
  const person = await newOwner();
  const org = await newOrg();
  const member = await newMember(org, "observer", "all", person);
  const otherSession = await newSession(person);
  const thisSession = await newSession(person);
  const who = { ...(await loadSession(thisSession)), origin: newRequestMetadata() };
  const { secret } = await changePassword(who, { currentPassword: validPassword, password: newPassword });
  expect([await getAuthSession(otherSession), await getAuthSession(thisSession)]).toEqual([null, null]);
  expect(await getAuthSession({ ...thisSession, secretHash: hashSecret(secret) })).toMatchObject({ sessionId: who.sessionId });
  expect(await verifyPassword(await storedHash(person.id), newPassword)).toMatchObject({ ok: true });
  expect((await listAuditEntries(member))[0]).toMatchObject({ name: "password.changed", actorId: person.id });
  expect((await queuedEmailsTo(person.email)).map(({ template }) => template)).toEqual(["security-notice"]);
});

test("AUT-4: a wrong current password changes nothing and counts towards the limit", async () => {
  const person = await newOwner();
  const who = await newAccountContext(person);
  const before = await storedHash(person.id);
  expect(await errorFields(changePassword(who, { currentPassword: newPassword, password: newPassword }))).toHaveProperty("currentPassword");
  for (const _ of [1, 2, 3, 4, 5]) await errorFields(changePassword(who, { currentPassword: newPassword, password: newPassword }));
  await freezeRateLimits();
  await expect(changePassword(who, { currentPassword: validPassword, password: newPassword })).rejects.toMatchObject({ code: "busy" });
  expect(await storedHash(person.id)).toBe(before);
});

test("AUT-1, AUT-2: the new password must meet the rules and differ from the old one", async () => {
  const person = await newOwner();
  const who = await newAccountContext(person);
  const to = (password: string) => errorFields(changePassword(who, { currentPassword: validPassword, password }));
  expect(await to("k7#mQ2v")).toHaveProperty("password");
  expect(await to("password1!")).toHaveProperty("password");
  expect(await to(`${person.lastName}1`)).toHaveProperty("password");
  expect(await to(validPassword)).toEqual({ password: ["This is already your password. Choose a different one"] });
});

test("AUT-4: one of several parallel changes with the same current password succeeds", async () => {
  const person = await newOwner();
  const sessions = await Promise.all(Array.from({ length: 5 }, () => newAccountContext(person)));
  const attempts = sessions.map((who, at) => changePassword(who, { currentPassword: validPassword, password: `${newPassword}-${at}` }));
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("LNK-1: a password change voids earlier reset links", async () => {
  const person = await newOwner();
  const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email: person.email });
  await runQueuedJobs("account.recover", { request });
  const token = await latestEmailToken(person.email, "reset-password");
  await changePassword(await newAccountContext(person), { currentPassword: validPassword, password: newPassword });
  await expect(resetPassword({ origin: newRequestMetadata() }, { token, password: "third-lantern-12-weir" })).rejects.toMatchObject({ code: "conflict" });
});

const profile = {
  firstName: "Ada",
  lastName: "Berg",
  phone: "+49 30 1234567",
  secondPhone: "",
  macFormat: "dot" as const,
  use24Hour: "true",
  timeZone: "Europe/Berlin",
  analytics: "true",
} as const;

async function newMemberOf() {
  const person = await newOwner();
  const member = await newMember(await newOrg(), "observer", "all", person);
  const who = await newAccountContext(person);
  const { version } = await getProfile(person.id);
  return { person, member, who, version };
}

test("ACC-20, ACC-24: saved values are stored, and the audit entry shows them before and after", async () => {
  const { person, member, who, version } = await newMemberOf();
  const { analytics: _, use24Hour: _checkbox, ...kept } = profile;
  expect(await saveProfile(who, { ...profile, version })).toEqual({ profile: true, password: false, privacy: true });
  expect(await getProfile(person.id)).toMatchObject({ ...kept, secondPhone: null, hourCycle: "24", analyticsAllowed: "yes" });
  const entries = (await listAuditEntries(member)).filter(({ name }) => name !== "session.started");
  expect(entries.map(({ name }) => name).sort()).toEqual(["account.updated", "privacy.chosen"]);
  expect(entries.find(({ name }) => name === "account.updated")).toMatchObject({
    change: { before: { macFormat: "colon", hourCycle: "12", timeZone: null }, after: { macFormat: "dot", hourCycle: "24", timeZone: "Europe/Berlin" } },
  });
  expect(await queuedEmailsTo(person.email)).toEqual([]);
});

/** What the log of an organization may show of an account; a new field is kept out until it is added here. */
const visibleToOrganizations = ["firstName", "lastName", "macFormat", "hourCycle", "timeZone", "usageAnalysis"];

test("AUD-13: the log of an organization names the private fields that changed and shows no value of them; one's own history does", async () => {
  const { person, member, who, version } = await newMemberOf();
  const values = { ...profile, secondPhone: "+49 171 5550199", version };
  await saveProfile(who, values);
  await saveProfile(who, { ...values, version: version + 1, phone: "" });
  const entries = (await listAuditEntries(member)).filter(({ name }) => name !== "session.started");
  const fields = new Set(entries.flatMap(({ change }) => [...Object.keys(change?.before ?? {}), ...Object.keys(change?.after ?? {})]));
  expect([...fields].filter((field) => !visibleToOrganizations.includes(field))).toEqual([]);
  expect(JSON.stringify(entries)).not.toMatch(/1234567|5550199/);
  expect(entries[0]).toMatchObject({ message: "Changed primary phone of own account", change: null });
  const history = await withAuthScope({ accountId: person.id }, (tx) => tx.select({ detail: accountEvents.detail }).from(accountEvents));
  expect(JSON.stringify(history)).toContain("5550199");
});

test("ACC-20: a save without changes writes no audit entry and keeps the version", async () => {
  const { person, member, who, version } = await newMemberOf();
  await saveProfile(who, { ...profile, version });
  const before = (await listAuditEntries(member)).length;
  const saved = await saveProfile(who, { ...profile, version: version + 1 });
  expect(saved).toEqual({ profile: false, password: false, privacy: false });
  expect((await listAuditEntries(member)).length).toBe(before);
  expect((await getProfile(person.id)).version).toBe(version + 1);
});

test("X-6: a save with an outdated version gets the current values and changes nothing", async () => {
  const { person, who, version } = await newMemberOf();
  await saveProfile(who, { ...profile, version });
  const late = saveProfile(who, { ...profile, version, firstName: "Augusta", use24Hour: "" });
  await expect(late).rejects.toMatchObject({ code: "conflict", currentValues: { firstName: "Ada", use24Hour: "true", version: String(version + 1) } });
  expect((await getProfile(person.id)).firstName).toBe("Ada");
});

test("X-6: one of 20 parallel saves of the same version succeeds", async () => {
  const { who, version } = await newMemberOf();
  const saves = Array.from({ length: 20 }, (_, at) => saveProfile(who, { ...profile, version, lastName: `Berg ${at}` }));
  expect((await Promise.allSettled(saves)).filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("ACC-21: a current password without a new one, as a password manager fills it in, is ignored", async () => {
  const { person, who, version } = await newMemberOf();
  await saveProfile(who, { ...profile, version, currentPassword: "filled-in-by-itself" });
  expect((await getProfile(person.id)).version).toBe(version + 1);
  expect(await verifyPassword(await storedHash(person.id), validPassword)).toMatchObject({ ok: true });
});

test("ACC-21, AUT-4: a new password is saved together with the profile, or neither is", async () => {
  const { person, member, who, version } = await newMemberOf();
  const otherSession = await newSession(person);
  const save = (typed: object) => saveProfile(who, { ...profile, version, ...typed });
  expect(await errorFields(save({ password: newPassword }))).toHaveProperty("currentPassword");
  expect(await errorFields(save({ password: newPassword, currentPassword: newPassword }))).toHaveProperty("currentPassword");
  expect((await getProfile(person.id)).version).toBe(version);
  await save({ password: newPassword, currentPassword: validPassword });
  expect((await listAuditEntries(member)).map(({ name }) => name)).toContain("password.changed");
  expect(await verifyPassword(await storedHash(person.id), newPassword)).toMatchObject({ ok: true });
  expect(await getAuthSession(otherSession)).toBeNull();
  expect(await getProfile(person.id)).toMatchObject({ firstName: "Ada" });
  expect((await queuedEmailsTo(person.email)).map(({ template }) => template)).toEqual(["security-notice"]);
});

test("AUT-4: with an outdated version the password does not change either", async () => {
  const { person, who, version } = await newMemberOf();
  await saveProfile(who, { ...profile, version });
  const late = saveProfile(who, { ...profile, version, password: newPassword, currentPassword: validPassword });
  await expect(late).rejects.toMatchObject({ code: "conflict" });
  expect(await verifyPassword(await storedHash(person.id), validPassword)).toMatchObject({ ok: true });
});

test("ACC-20, ACC-24: invalid values are reported at their fields", async () => {
  const { who, version } = await newMemberOf();
  for (const [name, value] of Object.entries({ firstName: " ", phone: "call me", secondPhone: "1", macFormat: "loud", timeZone: "Mars/Base" })) {
    expect(await errorFields(saveProfile(who, { ...profile, version, [name]: value }))).toHaveProperty(name);
  }
});

test("AUT-2, ACC-21: the requirements are those of each organization that sets rules", async () => {
  const { person, who } = await newMemberOf();
  const strict = await newOrg("Harbour Lights");
  await newMember(strict, "observer", "all", person);
  const rule = { settings: { password_policy: { enabled: true, min_length: 20, requires_special_char: true } } };
  await withTenant({ orgId: strict.id, sites: "all" }, (tx) => tx.update(organizations).set(rule));
  const texts = ["Harbour Lights requires at least 20 characters", "Harbour Lights requires at least one special character, like # or %"];
  expect((await getProfile(person.id)).requirements.map(({ text }) => text)).toEqual(texts);
  const weak = changePassword(who, { currentPassword: validPassword, password: "amber signal quay" });
  expect(await errorFields(weak)).toEqual({ password: [texts.join(". ")] });
});
