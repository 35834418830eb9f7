import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, emailTokens, organizations, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { requestSignUp, requestPasswordReset, resetPassword, verifyEmail } from "@/lib/accounts/commands";
import { getRequestedEmail, getPasswordReset, getEmailVerification } from "@/lib/accounts/queries";
import { hashSecret } from "@/lib/kernel/secrets";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { signIn } from "@/lib/sessions/commands";
import { validPassword, freezeRateLimits, newEmailAddress, newRequestMetadata, newSession, latestEmailToken, queuedJobs, runQueuedJobs } from "@/lib/testing/sign-in";
import { listAuditEntries, queuedEmailsTo, newMember, newOrg, newAccount } from "@/lib/testing/fixtures";

type SignUpInput = Parameters<typeof requestSignUp>[1];
const applicant = (email: string, extra: Partial<SignUpInput> = {}): SignUpInput => ({
  region: "europe",
  email,
  firstName: "Ines",
  lastName: "Okafor",
  phone: "+49 30 1234567",
  password: validPassword,
  terms: "true",
  ...extra,
});

async function requestedSignUp(email: string, extra?: Partial<SignUpInput>) {
  const request = await requestSignUp({ origin: newRequestMetadata() }, applicant(email, extra));
  await runQueuedJobs("account.sign_up", { request });
  return { request, token: await latestEmailToken(email, "validate-address") };
}

async function resetTokenFor(email: string) {
  const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email });
  await runQueuedJobs("account.recover", { request });
  return latestEmailToken(email, "reset-password");
}

const accountByEmail = (email: string) =>
  withAuthScope({ email }, async (tx) => (await tx.select().from(accounts).where(eq(accounts.email, email)))[0]);
const linksByEmail = (email: string) => withAuthScope({ email }, (tx) => tx.select().from(emailTokens).where(eq(emailTokens.email, email)));
const newOwner = async () => newAccount({ passwordHash: await hashPassword(validPassword) });
const ageLinks = (email: string, minutes: number) =>
  withAuthScope({ email }, (tx) => tx.update(emailTokens).set({ expiresAt: sql`${emailTokens.expiresAt} - make_interval(mins => ${minutes})` }));

test("ACC-1: sign-up stores the submitted data; usage analysis is off unless allowed", async () => {
  const email = newEmailAddress();
  const { token } = await requestedSignUp(email);
  await verifyEmail({ origin: newRequestMetadata() }, { token, password: validPassword });
  const account = await accountByEmail(email);
  expect(account).toMatchObject({ hourCycle: "12", region: "europe", firstName: "Ines", lastName: "Okafor", phone: "+49 30 1234567", analyticsAllowed: "no" });
  expect(account?.termsAcceptedAt).toBeInstanceOf(Date);

  const other = newEmailAddress();
  const token24 = (await requestedSignUp(other, { analytics: "true", region: "global", lastName: "" })).token;
  await verifyEmail({ origin: newRequestMetadata(), hourCycle: "24" }, { token: token24, password: validPassword });
  expect(await accountByEmail(other)).toMatchObject({ region: "global", analyticsAllowed: "yes", lastName: "", hourCycle: "24" });
});

test("ACC-1, AUT-2: terms, region, names and a strong password are required, each with its own message", async () => {
  const refusal = requestSignUp.fromRaw({ origin: newRequestMetadata() }, { ...applicant("nobody"), region: "moon", firstName: " ", terms: "" });
  await expect(refusal).rejects.toMatchObject({ code: "invalid", fields: { email: [expect.any(String)], region: ["Choose a region"] } });
  await expect(refusal).rejects.toMatchObject({ fields: { firstName: ["Enter your first name"], terms: [expect.any(String)] } });
  const email = newEmailAddress();
  const weak = requestSignUp({ origin: newRequestMetadata() }, applicant(email, { password: "okafor123" }));
  await expect(weak).rejects.toMatchObject({ fields: { password: [expect.stringContaining("okafor")] } });
  expect(await linksByEmail(email)).toEqual([]);
});

test("ACC-2: sign-in works only after the validation link was followed", async () => {
  const email = newEmailAddress();
  const { token } = await requestedSignUp(email);
  const credentials = { email, password: validPassword };
  await expect(signIn({ origin: newRequestMetadata() }, credentials)).rejects.toMatchObject({ code: "invalid" });
  await verifyEmail({ origin: newRequestMetadata() }, { token, password: validPassword });
  await expect(signIn({ origin: newRequestMetadata() }, credentials)).resolves.toMatchObject({ kind: "session" });
});

test("ACC-2, LNK-1: the owner of an email cannot activate an account that a stranger requested with it", async () => {
  const email = newEmailAddress();
  const { token } = await requestedSignUp(email, { password: "a-stranger-chose-this-93" });
  const followed = verifyEmail({ origin: newRequestMetadata() }, { token, password: validPassword });
  await expect(followed).rejects.toMatchObject({ code: "invalid", fields: { password: [expect.stringMatching(/Wrong password.*close this page/)] } });
  await expect(verifyEmail.fromRaw({ origin: newRequestMetadata() }, { token })).rejects.toMatchObject({ fields: { password: [expect.stringMatching(/^Enter the password you chose/)] } });
  expect(await accountByEmail(email)).toBeUndefined();

  const own = await requestedSignUp(email);
  await verifyEmail({ origin: newRequestMetadata() }, { token: own.token, password: validPassword });
  expect(await verifyPassword((await accountByEmail(email))?.passwordHash ?? null, validPassword)).toMatchObject({ ok: true });
});

test("ACC-2, LNK-1: a wrong password does not consume the link, and the attempts are limited", async () => {
  const email = newEmailAddress();
  const { token } = await requestedSignUp(email);
  const guess = (password: string, which = token) => verifyEmail({ origin: newRequestMetadata() }, { token: which, password });
  for (let tries = 1; tries < 5; tries += 1) await expect(guess(`a-guess-${tries}`)).rejects.toMatchObject({ code: "invalid" });
  expect(await getEmailVerification(token)).toMatchObject({ state: "fresh" });
  await guess(validPassword);

  const { token: other } = await requestedSignUp(newEmailAddress());
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => guess(`a-guess-${index}`, other)));
  const codes = outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason.code);
  expect(codes.filter((code) => code === "invalid").length).toBeLessThanOrEqual(10);
  expect(codes).toContain("busy");
  await freezeRateLimits();
  await expect(guess(validPassword, other)).rejects.toMatchObject({ code: "busy" });
});

test("ACC-2: a used link reports that it was used, and the sign-up data is erased after the first use", async () => {
  const email = newEmailAddress();
  const { token } = await requestedSignUp(email);
  await verifyEmail({ origin: newRequestMetadata() }, { token, password: validPassword });
  expect(await getEmailVerification(token)).toEqual({ state: "used" });
  await expect(verifyEmail({ origin: newRequestMetadata() }, { token, password: validPassword })).rejects.toMatchObject({ code: "conflict", message: /account is ready/ });
  expect((await linksByEmail(email)).map(({ payload }) => payload)).toEqual([null, null]);
});

test("ACC-3, AUT-7: sign-up responds the same whether or not the account exists; only the email differs", async () => {
  const [registered, unknown] = [(await newOwner()).email, newEmailAddress()];
  const answers = await Promise.all([registered, unknown].map((email) => requestSignUp({ origin: newRequestMetadata() }, applicant(email))));
  expect(answers.map((answer) => answer.length)).toEqual([64, 64]);
  expect(await Promise.all(answers.map((request) => getRequestedEmail("sign_up", request)))).toEqual([registered, unknown]);
  for (const request of answers) {
    expect(await queuedJobs("account.sign_up", { request })).toHaveLength(1);
    await runQueuedJobs("account.sign_up", { request });
  }
  expect((await queuedEmailsTo(registered)).map(({ template }) => template)).toEqual(["account-exists"]);
  expect((await queuedEmailsTo(unknown)).map(({ template }) => template)).toEqual(["validate-address"]);
});

test("ACC-3, AUT-7: password recovery responds the same whether or not the account exists; an unknown email gets no mail", async () => {
  const [registered, unknown] = [(await newOwner()).email, newEmailAddress()];
  for (const email of [registered, unknown]) {
    const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email });
    expect(await getRequestedEmail("recover", request)).toBe(email);
    await runQueuedJobs("account.recover", { request });
  }
  expect((await queuedEmailsTo(registered)).map(({ template }) => template)).toEqual(["reset-password"]);
  expect(await queuedEmailsTo(unknown)).toEqual([]);
});

test("ACC-15: a reset ends all sessions, notifies the owner, clears failed attempts and is audited", async () => {
  const person = await newOwner();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  await newSession(person);
  const wrong = () => signIn({ origin: newRequestMetadata() }, { email: person.email, password: "wrong" }).catch(() => {});
  for (let tries = 0; tries < 6; tries += 1) await wrong();

  const token = await resetTokenFor(person.email);
  const password = "another-lantern-52-quiet";
  await resetPassword({ origin: newRequestMetadata() }, { token, password });

  expect((await queuedEmailsTo(person.email)).at(-1)).toMatchObject({ template: "security-notice", props: { what: "Your password was changed" } });
  const rows = await withAuthScope({ accountId: person.id }, (tx) => tx.select().from(sessions));
  expect(rows.map(({ revokedAt }) => revokedAt)).toEqual([expect.any(Date)]);
  await expect(signIn({ origin: newRequestMetadata() }, { email: person.email, password })).resolves.toBeTruthy();
  expect((await listAuditEntries({ orgId: org.id })).map(({ message }) => message)).toContain("Reset password");
});

test("ACC-15, AUT-1: a new password must meet the strictest organization's rules; a rejected one does not consume the link", async () => {
  const person = await newOwner();
  const strict = await newOrg("Harbour Lights");
  await newMember(strict, "observer", "all", person);
  await newMember(await newOrg(), "observer", "all", person);
  await withTenant({ orgId: strict.id, sites: "all" }, (tx) => tx.update(organizations).set({ settings: { password_policy: { enabled: true, min_length: 20 } } }));
  const token = await resetTokenFor(person.email);
  expect(await getPasswordReset(token)).toMatchObject({ data: { passwordOnly: true, rules: { asks: expect.arrayContaining([{ by: "Harbour Lights", minimum: 20, special: false }]) } } });
  const set = (password: string) => resetPassword({ origin: newRequestMetadata() }, { token, password });
  await expect(set("violet-kettle-47")).rejects.toMatchObject({ fields: { password: [expect.stringContaining("20")] } });
  await expect(set("Harbour Lights 2026-11-21")).rejects.toMatchObject({ fields: { password: [expect.stringContaining("harbour")] } });
  await set(validPassword);
  expect((await accountByEmail(person.email))?.passwordHash).toMatch(/^\$argon2id\$/);
});

test("LNK-1: a token is random, stored as a hash, and valid for one purpose and one use", async () => {
  const email = newEmailAddress();
  const { token } = await requestedSignUp(email);
  expect(Buffer.from(token, "base64url").length).toBeGreaterThanOrEqual(16);
  const stored = await linksByEmail(email);
  expect(JSON.stringify(stored)).not.toContain(token);
  expect(stored.find(({ purpose }) => purpose === "validate")?.secretHash).toEqual(hashSecret(token));
  await expect(resetPassword({ origin: newRequestMetadata() }, { token, password: validPassword })).rejects.toMatchObject({ code: "conflict" });

  const person = await newOwner();
  const reset = await resetTokenFor(person.email);
  await expect(verifyEmail({ origin: newRequestMetadata() }, { token: reset, password: validPassword })).rejects.toMatchObject({ message: /isn’t valid/ });
  await resetPassword({ origin: newRequestMetadata() }, { token: reset, password: "another-lantern-52-quiet" });
  await expect(resetPassword({ origin: newRequestMetadata() }, { token: reset, password: validPassword })).rejects.toMatchObject({ message: /works once/ });
});

test("LNK-1: 50 concurrent uses of one validation link create one account", async () => {
  const email = newEmailAddress();
  const { token } = await requestedSignUp(email);
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => verifyEmail({ origin: newRequestMetadata() }, { token, password: validPassword })));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await withAuthScope({ email }, (tx) => tx.select({ id: accounts.id }).from(accounts))).toHaveLength(1);
});

test("LNK-1: 50 concurrent uses of one reset link set one password", async () => {
  const person = await newOwner();
  const token = await resetTokenFor(person.email);
  const passwords = Array.from({ length: 50 }, (_, at) => `violet-kettle-orbit-${at + 100}`);
  const outcomes = await Promise.allSettled(passwords.map((password) => resetPassword({ origin: newRequestMetadata() }, { token, password })));
  const won = passwords.filter((_, index) => outcomes[index]?.status === "fulfilled");
  expect(won).toHaveLength(1);
  expect(await verifyPassword((await accountByEmail(person.email))?.passwordHash ?? null, won[0] ?? "")).toMatchObject({ ok: true });
});

test("LNK-2: a validation link expires after 24 hours, a reset link after 60 minutes", async () => {
  const person = await newOwner();
  const reset = await resetTokenFor(person.email);
  await ageLinks(person.email, 61);
  expect(await getPasswordReset(reset)).toEqual({ state: "expired" });
  await expect(resetPassword({ origin: newRequestMetadata() }, { token: reset, password: validPassword })).rejects.toMatchObject({ message: /limited time/ });

  const email = newEmailAddress();
  const { token } = await requestedSignUp(email);
  await ageLinks(email, 24 * 60 - 5);
  expect(await getEmailVerification(token)).toMatchObject({ state: "fresh" });
  await ageLinks(email, 6);
  await expect(verifyEmail({ origin: newRequestMetadata() }, { token, password: validPassword })).rejects.toMatchObject({ message: /limited time/ });
});

test("LNK-2: a newer reset link voids the older one, and a job that runs twice sends one email", async () => {
  const { email } = await newOwner();
  const request = await requestPasswordReset({ origin: newRequestMetadata() }, { email });
  for (let times = 0; times < 2; times += 1) await runQueuedJobs("account.recover", { request });
  expect(await queuedEmailsTo(email)).toHaveLength(1);
  const first = await latestEmailToken(email, "reset-password");
  const second = await resetTokenFor(email);
  expect(await getPasswordReset(first)).toEqual({ state: "replaced" });
  await expect(resetPassword({ origin: newRequestMetadata() }, { token: first, password: validPassword })).rejects.toMatchObject({ message: /newer email/ });
  expect(await getPasswordReset(second)).toMatchObject({ state: "fresh" });
});

test("LNK-3: viewing a link does not consume it", async () => {
  const email = newEmailAddress();
  const { token } = await requestedSignUp(email);
  for (let times = 0; times < 3; times += 1) {
    expect(await getEmailVerification(token)).toMatchObject({ state: "fresh", email, data: { firstName: "Ines", lastName: "Okafor" } });
  }
  await verifyEmail({ origin: newRequestMetadata() }, { token, password: validPassword });
  const person = await newOwner();
  const reset = await resetTokenFor(person.email);
  for (let times = 0; times < 3; times += 1) expect(await getPasswordReset(reset)).toMatchObject({ state: "fresh" });
  await resetPassword({ origin: newRequestMetadata() }, { token: reset, password: "another-lantern-52-quiet" });
});

test("LNK-4: every link in these emails starts with the configured URL", async () => {
  const registered = (await newOwner()).email;
  await requestedSignUp(registered);
  await resetTokenFor(registered);
  const unknown = newEmailAddress();
  await requestedSignUp(unknown);
  const emails = [...(await queuedEmailsTo(registered)), ...(await queuedEmailsTo(unknown))];
  const urls = emails.flatMap(({ props }) => Object.values(props).filter((value) => String(value).includes("://")));
  expect(urls).toHaveLength(4);
  for (const url of urls) expect(String(url)).toMatch(/^http:\/\/localhost:3000\//);
});

test("LNK-6: a link creates an account only for the email it was sent to, and changes no existing account", async () => {
  const email = newEmailAddress();
  const { token } = await requestedSignUp(email);
  await newAccount({ email });
  await expect(verifyEmail.fromRaw({ origin: newRequestMetadata() }, { token, password: validPassword, email: newEmailAddress() })).rejects.toMatchObject({ message: /address already has an account/ });
  expect((await accountByEmail(email))?.passwordHash).toBeNull();
});

test("LNK-10: 100 requests for one email send 5 emails; the others report when to retry", async () => {
  const person = await newOwner();
  const requests: string[] = [];
  const refused: unknown[] = [];
  for (let times = 0; times < 100; times += 1) {
    await requestPasswordReset({ origin: newRequestMetadata() }, { email: person.email }).then((request) => requests.push(request), (error: unknown) => refused.push(error));
  }
  for (const request of requests) await runQueuedJobs("account.recover", { request });
  expect(await queuedEmailsTo(person.email)).toHaveLength(5);
  expect(refused).toHaveLength(95);
  expect(refused[0]).toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
});

test("LNK-10: one network can request 60 emails per hour, for any addresses", async () => {
  const origin = newRequestMetadata();
  const outcomes = [];
  for (let times = 0; times < 62; times += 1) outcomes.push(...(await Promise.allSettled([requestPasswordReset({ origin }, { email: newEmailAddress() })])));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(60);
});
