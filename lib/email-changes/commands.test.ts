import { isNull, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accountEvents, emailTokens } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { requestSignUp, requestPasswordReset, resetPassword } from "@/lib/accounts/commands";
import { getPasswordReset, getEmailVerification } from "@/lib/accounts/queries";
import { cancelEmailChange, confirmEmailChange, requestEmailChange, resendEmailChange } from "@/lib/email-changes/commands";
import { getPendingEmailChange, getEmailChange } from "@/lib/email-changes/queries";
import { reauthenticate } from "@/lib/reauthentication/commands";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { hashSecret } from "@/lib/kernel/secrets";
import { hashPassword } from "@/lib/passwords/hash";
import { changePassword } from "@/lib/profile/commands";
import { signIn } from "@/lib/sessions/commands";
import { getAuthSession } from "@/lib/sessions/queries";
import { validPassword, freezeRateLimits, newEmailAddress, newRequestMetadata, loadSession, newSession, newAccountContext, latestEmailToken, runQueuedJobs } from "@/lib/testing/sign-in";
import { connectAsOwner, listAuditEntries, queuedEmailsTo, newMember, newOrg, newAccount, newSuperUser, type TestAccount } from "@/lib/testing/fixtures";

const newOwner = async () => newAccount({ passwordHash: await hashPassword(validPassword) });
const mailsOf = async (email: string) => (await queuedEmailsTo(email)).map(({ template }) => template);

async function asDatabaseOwner<T>(work: (owner: ReturnType<typeof connectAsOwner>) => Promise<T>): Promise<T> {
  const owner = connectAsOwner();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

const emailOf = ({ id }: TestAccount) =>
  asDatabaseOwner(async (owner) => String((await owner`select email from accounts where id = ${id}`)[0]?.email));

/** An account with a pending email change, and the token that was emailed. */
async function pendingChangeOf() {
  const person = await newOwner();
  const newEmail = newEmailAddress();
  const who = await newAccountContext(person);
  await requestEmailChange(who, { email: newEmail });
  return { person, newEmail, who, token: await latestEmailToken(newEmail, "confirm-email") };
}

test("LNK-7: the email changes only after confirmation; then the old address is notified and other sessions end", async () => {
  const { person, newEmail, who, token } = await pendingChangeOf();
  const otherSession = await newSession(person);
  expect(await emailOf(person)).toBe(person.email);
  expect(await getPendingEmailChange(person)).toMatchObject({ email: newEmail });
  for (const _ of [1, 2, 3]) expect(await getEmailChange(token)).toMatchObject({ state: "fresh", data: { newEmail } });
  await confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token });
  expect(await emailOf(person)).toBe(newEmail);
  expect(await mailsOf(person.email)).toEqual(["email-changed"]);
  expect(await getAuthSession(otherSession)).toBeNull();
  expect(await signIn({ origin: newRequestMetadata() }, { email: newEmail, password: validPassword })).toMatchObject({ kind: "session" });
  expect(await getEmailChange(token)).toEqual({ state: "used" });
  await expect(confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token })).rejects.toMatchObject({ code: "conflict" });
});

test("LNK-7, SES-2: the current session continues with a new secret; a copy of the old cookie is rejected", async () => {
  const person = await newOwner();
  const key = await newSession(person);
  const who = { ...(await loadSession(key)), origin: newRequestMetadata() };
  const newEmail = newEmailAddress();
  await requestEmailChange(who, { email: newEmail });
  const { token: renewed } = await confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token: await latestEmailToken(newEmail, "confirm-email") });
  expect(await getAuthSession(key)).toBeNull();
  expect(await getAuthSession({ ...key, secretHash: hashSecret(renewed?.secret ?? "") })).toMatchObject({ account: { email: newEmail } });
});

test("LNK-7: confirming without the owner's session requires the account's password", async () => {
  const { person, newEmail, token } = await pendingChangeOf();
  const stranger = await newAccountContext(await newAccount());
  for (const browser of [null, stranger]) {
    await expect(confirmEmailChange({ origin: newRequestMetadata(), session: browser }, { token })).rejects.toMatchObject({ fields: { password: expect.anything() } });
  }
  expect(await emailOf(person)).toBe(person.email);
  await confirmEmailChange({ origin: newRequestMetadata(), session: null }, { token, password: validPassword });
  expect(await emailOf(person)).toBe(newEmail);
});

test("AUD-1: a wrong password at the confirmation link is audited with its reason", async () => {
  const { person, token } = await pendingChangeOf();
  const member = await newMember(await newOrg(), "observer", "all", person);
  await expect(confirmEmailChange({ origin: newRequestMetadata(), session: null }, { token, password: "not the password" })).rejects.toMatchObject({ code: "invalid" });
  expect((await listAuditEntries(member))[0]?.message).toBe("Sign-in refused: wrong password at the link to a new address");
});

test("LNK-7: confirming voids a pending sign-up for the same email", async () => {
  const { who, newEmail, token } = await pendingChangeOf();
  const application = { region: "global", email: newEmail, firstName: "Ines", lastName: "Okafor", password: validPassword, terms: "true" } as const;
  await runQueuedJobs("account.sign_up", { request: await requestSignUp({ origin: newRequestMetadata() }, application) });
  const applied = await latestEmailToken(newEmail, "validate-address");
  expect((await getEmailVerification(applied)).state).toBe("fresh");
  await confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token });
  expect((await getEmailVerification(applied)).state).toBe("replaced");
});

test("AUT-6: failed sign-ins with an unused email do not lock out the account that gets it later", async () => {
  const { newEmail, who, token } = await pendingChangeOf();
  const signInWith = (password: string) => signIn({ origin: newRequestMetadata() }, { email: newEmail, password });
  for (const _ of Array.from({ length: 5 })) await expect(signInWith("wrong")).rejects.toMatchObject({ code: "invalid" });
  await freezeRateLimits();
  await confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token });
  await expect(signInWith(validPassword)).resolves.toBeTruthy();
});

test("LNK-7: confirming voids a password reset link that was sent to the old email", async () => {
  const { person, who, token } = await pendingChangeOf();
  await runQueuedJobs("account.recover", { request: await requestPasswordReset({ origin: newRequestMetadata() }, { email: person.email }) });
  await confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token });
  expect(await getPasswordReset(await latestEmailToken(person.email, "reset-password"))).toEqual({ state: "replaced" });
});

test("PWD-3: a suspended account cannot confirm an email change", async () => {
  const { person, token } = await pendingChangeOf();
  await asDatabaseOwner(async (owner) => {
    await owner`alter table accounts no force row level security`;
    await owner`update accounts set suspended_at = now() where id = ${person.id}`;
  });
  await expect(confirmEmailChange({ origin: newRequestMetadata(), session: null }, { token, password: validPassword })).rejects.toMatchObject({ code: "forbidden" });
  expect(await emailOf(person)).toBe(person.email);
});

test("AUT-6: wrong passwords at the link count against the link's limit, not the owner's", async () => {
  const { person, who, token } = await pendingChangeOf();
  const guess = () => confirmEmailChange({ origin: newRequestMetadata(), session: null }, { token, password: "not the password" }).catch(({ code }: { code: string }) => code);
  for (const _ of Array.from({ length: 5 })) expect(await guess()).toBe("invalid");
  await freezeRateLimits();
  expect(await guess()).toBe("busy");
  expect(await reauthenticate(who, { password: validPassword })).toMatchObject({ accountId: person.id });
});

test("ACC-3: a taken email gives the same response; its owner gets a notice instead of a link", async () => {
  const taken = await newAccount();
  const person = await newOwner();
  await expect(requestEmailChange(await newAccountContext(person), { email: taken.email })).resolves.toBeUndefined();
  expect(await mailsOf(taken.email)).toEqual(["address-in-use"]);
  expect(await getPendingEmailChange(person)).toMatchObject({ email: taken.email });
});

test("LNK-7: when two accounts confirm the same email concurrently, one succeeds and the other gets a conflict", async () => {
  for (let round = 0; round < 5; round += 1) {
    const newEmail = newEmailAddress();
    const people = await Promise.all([newOwner(), newOwner()]);
    const both = await Promise.all(people.map((person) => newAccountContext(person)));
    const tokens: string[] = [];
    for (const who of both) {
      await requestEmailChange(who, { email: newEmail });
      tokens.push(await latestEmailToken(newEmail, "confirm-email"));
    }
    const outcomes = await Promise.allSettled(both.map((who, at) => confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token: tokens[at] ?? "" })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const [lost] = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "conflict", message: expect.stringContaining("Another account now uses this address") });
  }
});

test("LNK-1: of 20 concurrent uses of one link, one changes the email", async () => {
  const { person, who, token } = await pendingChangeOf();
  const org = await newOrg();
  const member = await newMember(org, "observer", "all", person);
  const tries = Array.from({ length: 20 }, () => confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token }));
  expect((await Promise.allSettled(tries)).filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await listAuditEntries(member)).filter(({ name }) => name === "email.changed")).toHaveLength(1);
  expect(await mailsOf(person.email)).toEqual(["email-changed"]);
});

test("LNK-2: a newer link voids the older one, cancelling voids it too, and a link expires after 24 hours", async () => {
  const { person, newEmail, who, token } = await pendingChangeOf();
  await resendEmailChange(who, {});
  const newer = await latestEmailToken(newEmail, "confirm-email");
  expect(await getEmailChange(token)).toEqual({ state: "replaced" });
  expect(await getEmailChange(newer)).toMatchObject({ state: "fresh" });
  await cancelEmailChange(who, {});
  expect(await getEmailChange(newer)).toEqual({ state: "replaced" });
  expect(await getPendingEmailChange(person)).toBeNull();
  await requestEmailChange(who, { email: newEmail });
  const last = await latestEmailToken(newEmail, "confirm-email");
  await withAuthScope({ email: person.email }, (tx) => tx.update(emailTokens).set({ expiresAt: sql`${emailTokens.expiresAt} - interval '24 hours'` }));
  expect(await getEmailChange(last)).toEqual({ state: "expired" });
  await expect(confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token: last })).rejects.toMatchObject({ message: expect.stringContaining("limited time") });
});

test("LNK-1: concurrent requests leave only one usable link", async () => {
  const person = await newOwner();
  const sessions = await Promise.all(Array.from({ length: 4 }, () => newAccountContext(person)));
  await Promise.all(sessions.map((who, at) => requestEmailChange(who, { email: `many-${at}-${person.email}` })));
  const open = await withAuthScope({ email: person.email }, (tx) => tx.select({ id: emailTokens.id }).from(emailTokens).where(isNull(emailTokens.voidedAt)));
  expect(open).toHaveLength(1);
});

test("LNK-10: an account can request 5 emails per hour, for any addresses", async () => {
  const who = await newAccountContext(await newOwner());
  for (const at of [1, 2, 3, 4, 5]) await requestEmailChange(who, { email: `${at}-${newEmailAddress()}` });
  await expect(requestEmailChange(who, { email: newEmailAddress() })).rejects.toMatchObject({ code: "busy" });
});

test("LNK-10: one email address gets 5 emails per hour from all accounts together; other addresses are not affected", async () => {
  const newEmail = newEmailAddress();
  for (const _ of [1, 2, 3, 4, 5]) await requestEmailChange(await newAccountContext(await newAccount()), { email: newEmail });
  const last = await newAccountContext(await newAccount());
  await expect(requestEmailChange(last, { email: newEmail })).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  expect(await mailsOf(newEmail)).toEqual(Array.from({ length: 5 }, () => "confirm-email"));
  expect(await getPendingEmailChange(last.account)).toBeNull();
  await expect(requestEmailChange(last, { email: newEmailAddress() })).resolves.toBeUndefined();
});

test("AUT-4: changing or resetting the password voids a pending email change", async () => {
  const changed = await pendingChangeOf();
  await changePassword(changed.who, { currentPassword: validPassword, password: "amber-signal-93-quay" });
  expect(await getEmailChange(changed.token)).toEqual({ state: "replaced" });
  const reset = await pendingChangeOf();
  const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email: reset.person.email });
  await runQueuedJobs("account.recover", { request });
  await resetPassword({ origin: newRequestMetadata() }, { token: await latestEmailToken(reset.person.email, "reset-password"), password: "amber-signal-93-quay" });
  expect(await getEmailChange(reset.token)).toEqual({ state: "replaced" });
});

test("LNK-7: memberships get the new email, except where the organization has already invited it", async () => {
  const { person, newEmail, who, token } = await pendingChangeOf();
  const one = await newMember(await newOrg(), "observer", "all", person);
  const inviter = await newSuperUser();
  const other = await newMember(inviter.org, "observer", "all", person);
  await inviteAdministrator(inviter, { email: newEmail, firstName: "Ada", lastName: "Berg", role: "observer", scope: "all" });
  await confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token });
  const copies = await asDatabaseOwner(
    (owner) => owner`select organization_id as org, email from memberships where account_id = ${person.id} order by email = ${newEmail} desc`,
  );
  expect(copies).toMatchObject([{ org: one.orgId, email: newEmail }, { org: other.orgId, email: person.email }]);
  expect((await listAuditEntries(one))[0]).toMatchObject({ name: "email.changed", change: { before: { email: person.email }, after: { email: newEmail } } });
});

test("LNK-7, AUD-3 (security): an unconfirmed email is not logged; a confirmed change logs both emails", async () => {
  const person = await newOwner();
  const member = await newMember(await newOrg(), "observer", "all", person);
  const who = await newAccountContext(person);
  const [mistyped, newEmail] = [newEmailAddress(), newEmailAddress()];
  await requestEmailChange(who, { email: mistyped });
  await resendEmailChange(who, {});
  await cancelEmailChange(who, {});
  await requestEmailChange(who, { email: newEmail });
  const names = async () => (await listAuditEntries(member)).map(({ name }) => name).filter((name) => name.startsWith("email"));
  const requested = "email.change_requested";
  expect(await names()).toEqual([requested, "email.change_cancelled", requested, requested]);
  const events = await withAuthScope({ accountId: person.id }, (tx) => tx.select().from(accountEvents));
  expect(events.length).toBeGreaterThanOrEqual(4);
  for (const kept of [await listAuditEntries(member), events]) {
    expect(JSON.stringify(kept)).not.toContain(mistyped);
    expect(JSON.stringify(kept)).not.toContain(newEmail);
  }
  await confirmEmailChange({ origin: newRequestMetadata(), session: who }, { token: await latestEmailToken(newEmail, "confirm-email") });
  const [newest] = await listAuditEntries(member);
  expect(newest).toMatchObject({ name: "email.changed", change: { before: { email: person.email }, after: { email: newEmail } } });
});

test("LNK-7: the current email and invalid emails are rejected with a field error", async () => {
  const person = await newOwner();
  const who = await newAccountContext(person);
  for (const email of [person.email.toUpperCase(), "nobody", "a@b.test,c@d.test"]) {
    await expect(requestEmailChange(who, { email })).rejects.toMatchObject({ fields: { email: expect.anything() } });
  }
});
