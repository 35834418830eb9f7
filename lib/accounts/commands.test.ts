import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, links, organizations, sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import { requestAccount, requestReset, resetPassword, sendAgain, validateAddress } from "@/lib/accounts/commands";
import { addressAsked, showReset, showValidation } from "@/lib/accounts/queries";
import { hashSecret } from "@/lib/kernel/secret";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { openSession, signIn } from "@/lib/sessions/commands";
import { goodPassword, holdWaits, newAddress, newVisitor, ticketFor, tokenMailed, waiting, work } from "@/lib/testing/visitors";
import { entriesOf, mailsTo, newMember, newOrg, newPerson } from "@/lib/testing/world";

const applicant = (email: string, extra: Record<string, string> = {}) => ({
  region: "europe",
  email,
  firstName: "Ines",
  lastName: "Okafor",
  phone: "+49 30 1234567",
  password: goodPassword,
  terms: "true",
  ...extra,
});

async function askedFor(email: string, extra?: Record<string, string>) {
  const request = await requestAccount(applicant(email, extra), newVisitor());
  await work("account.sign_up", { request });
  return { request, token: await tokenMailed(email, "validate-address") };
}

async function resetFor(email: string) {
  const request = await requestReset({ email }, newVisitor());
  await work("account.recover", { request });
  return tokenMailed(email, "reset-password");
}

const accountOf = (email: string) =>
  asVisitor({ email }, async (tx) => (await tx.select().from(accounts).where(eq(accounts.email, email)))[0]);
const linksOf = (email: string) => asVisitor({ email }, (tx) => tx.select().from(links).where(eq(links.email, email)));
const newOwner = async () => newPerson({ passwordHash: await hashPassword(goodPassword) });
const ageLinks = (email: string, minutes: number) =>
  asVisitor({ email }, (tx) => tx.update(links).set({ expiresAt: sql`${links.expiresAt} - make_interval(mins => ${minutes})` }));

test("ACC-1: an account is what was chosen and typed; privacy is off unless allowed", async () => {
  const email = newAddress();
  const { token } = await askedFor(email);
  await validateAddress({ token, password: goodPassword }, newVisitor());
  const account = await accountOf(email);
  expect(account).toMatchObject({ region: "europe", firstName: "Ines", lastName: "Okafor", phone: "+49 30 1234567", analyticsAllowed: "no" });
  expect(account?.termsAcceptedAt).toBeInstanceOf(Date);

  const other = newAddress();
  await validateAddress({ token: (await askedFor(other, { analytics: "true", region: "global" })).token, password: goodPassword }, newVisitor());
  expect(await accountOf(other)).toMatchObject({ region: "global", analyticsAllowed: "yes" });
});

test("ACC-1, AUT-2: terms, region, names and a good password are required, each with its own words", async () => {
  const wanting = applicant("nobody", { region: "moon", firstName: " ", terms: "" });
  const refusal = requestAccount(wanting, newVisitor());
  await expect(refusal).rejects.toMatchObject({ code: "invalid", fields: { email: [expect.any(String)], region: ["Choose a region"] } });
  await expect(refusal).rejects.toMatchObject({ fields: { firstName: ["Enter your first name"], terms: [expect.any(String)] } });
  const email = newAddress();
  const weak = requestAccount(applicant(email, { password: "okafor123" }), newVisitor());
  await expect(weak).rejects.toMatchObject({ fields: { password: [expect.stringContaining("okafor")] } });
  expect(await linksOf(email)).toEqual([]);
});

test("ACC-2: nobody signs in before the link is followed, and anybody who followed it does", async () => {
  const email = newAddress();
  const { token } = await askedFor(email);
  const credentials = { email, password: goodPassword };
  await expect(signIn(credentials, { origin: newVisitor() })).rejects.toMatchObject({ code: "invalid" });
  await validateAddress({ token, password: goodPassword }, newVisitor());
  await expect(signIn(credentials, { origin: newVisitor() })).resolves.toMatchObject({ kind: "ticket" });
});

test("ACC-2, LNK-1: the owner's click opens no account for a stranger who asked with the owner's address", async () => {
  const email = newAddress();
  const { token } = await askedFor(email, { password: "a-stranger-chose-this-93" });
  const followed = validateAddress({ token, password: goodPassword }, newVisitor());
  await expect(followed).rejects.toMatchObject({ code: "invalid", fields: { password: [expect.stringMatching(/did not ask.*close this page/)] } });
  await expect(validateAddress({ token }, newVisitor())).rejects.toMatchObject({ fields: { password: ["Enter the password you chose"] } });
  expect(await accountOf(email)).toBeUndefined();

  const own = await askedFor(email);
  await validateAddress({ token: own.token, password: goodPassword }, newVisitor());
  expect(await verifyPassword((await accountOf(email))?.passwordHash ?? null, goodPassword)).toMatchObject({ ok: true });
});

test("ACC-2, LNK-1: a wrong password uses no link up, and is tried a few times only", async () => {
  const email = newAddress();
  const { token } = await askedFor(email);
  const guess = (password: string, which = token) => validateAddress({ token: which, password }, newVisitor());
  for (let tries = 1; tries < 5; tries += 1) await expect(guess(`a-guess-${tries}`)).rejects.toMatchObject({ code: "invalid" });
  expect(await showValidation(token)).toMatchObject({ state: "fresh" });
  await guess(goodPassword);

  const { token: other } = await askedFor(newAddress());
  const guesses = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => guess(`a-guess-${at}`, other)));
  const codes = guesses.map((outcome) => outcome.status === "rejected" && outcome.reason.code);
  expect(codes.filter((code) => code === "invalid").length).toBeLessThanOrEqual(10);
  expect(codes).toContain("busy");
  await holdWaits().then(() => expect(guess(goodPassword, other)).rejects.toMatchObject({ code: "busy" }));
});

test("ACC-2: a second click is told kindly, and what was typed is forgotten with the first", async () => {
  const email = newAddress();
  const { token } = await askedFor(email);
  await validateAddress({ token, password: goodPassword }, newVisitor());
  expect(await showValidation(token)).toEqual({ state: "used" });
  await expect(validateAddress({ token, password: goodPassword }, newVisitor())).rejects.toMatchObject({ code: "conflict", message: /works once/ });
  expect((await linksOf(email)).map(({ payload }) => payload)).toEqual([null, null]);
});

test("ACC-3, AUT-7: creating an account answers the same with and without one; only the mail differs", async () => {
  const [known, fresh] = [(await newOwner()).email, newAddress()];
  const answers = await Promise.all([known, fresh].map((email) => requestAccount(applicant(email), newVisitor())));
  expect(answers.map((answer) => answer.length)).toEqual([64, 64]);
  expect(await Promise.all(answers.map((request) => addressAsked("sign_up", request)))).toEqual([known, fresh]);
  for (const request of answers) {
    expect(await waiting("account.sign_up", { request })).toHaveLength(1);
    await work("account.sign_up", { request });
  }
  expect((await mailsTo(known)).map(({ template }) => template)).toEqual(["account-exists"]);
  expect((await mailsTo(fresh)).map(({ template }) => template)).toEqual(["validate-address"]);
});

test("ACC-3, AUT-7: recovering answers the same with and without an account; nobody else is mailed", async () => {
  const [known, fresh] = [(await newOwner()).email, newAddress()];
  for (const email of [known, fresh]) {
    const request = await requestReset({ email }, newVisitor());
    expect(await addressAsked("recover", request)).toBe(email);
    await work("account.recover", { request });
  }
  expect((await mailsTo(known)).map(({ template }) => template)).toEqual(["reset-password"]);
  expect(await mailsTo(fresh)).toEqual([]);
});

test("ACC-15: a reset ends all sessions, tells the owner, forgets failures and is on the record", async () => {
  const person = await newOwner();
  const org = await newOrg();
  await newMember(org, "observer", "all", person);
  const ticket = await ticketFor(person);
  const spare = await ticketFor(person);
  await openSession(ticket, newVisitor());
  const wrong = () => signIn({ email: person.email, password: "wrong" }, { origin: newVisitor() }).catch(() => {});
  for (let tries = 0; tries < 6; tries += 1) await wrong();

  const token = await resetFor(person.email);
  const password = "another-lantern-52-quiet";
  await resetPassword({ token, password }, newVisitor());

  const held = await asVisitor({ accountId: person.id }, (tx) => tx.select().from(sessions));
  expect(held.map(({ revokedAt }) => revokedAt)).toEqual([expect.any(Date)]);
  expect(await openSession(spare, newVisitor())).toBeNull();
  await expect(signIn({ email: person.email, password }, { origin: newVisitor() })).resolves.toBeTruthy();
  expect((await mailsTo(person.email)).at(-1)).toMatchObject({ template: "security-notice", props: { what: "Your password was changed" } });
  expect((await entriesOf({ orgId: org.id })).map(({ message }) => message)).toContain("Reset password");
});

test("ACC-15, AUT-1: a new password meets the strictest organization's rules, and a refusal uses nothing up", async () => {
  const person = await newOwner();
  const strict = await newOrg("Harbour Lights");
  await newMember(strict, "observer", "all", person);
  await newMember(await newOrg(), "observer", "all", person);
  await withinScope({ orgId: strict.id, sites: "all" }, (tx) => tx.update(organizations).set({ passwordMinLength: 20 }));
  const token = await resetFor(person.email);
  expect(await showReset(token)).toMatchObject({ found: { alone: true, rules: { asks: expect.arrayContaining([{ by: "Harbour Lights", minimum: 20, special: false }]) } } });
  const set = (password: string) => resetPassword({ token, password }, newVisitor());
  await expect(set("violet-kettle-47")).rejects.toMatchObject({ fields: { password: [expect.stringContaining("20")] } });
  await expect(set("Harbour Lights 2026-11-21")).rejects.toMatchObject({ fields: { password: [expect.stringContaining("harbour")] } });
  await set(goodPassword);
  expect((await accountOf(person.email))?.passwordHash).toMatch(/^\$argon2id\$/);
});

test("LNK-1: a token is random, stored as a hash, for one purpose and for one use", async () => {
  const email = newAddress();
  const { token } = await askedFor(email);
  expect(Buffer.from(token, "base64url").length).toBeGreaterThanOrEqual(16);
  const stored = await linksOf(email);
  expect(JSON.stringify(stored)).not.toContain(token);
  expect(stored.find(({ purpose }) => purpose === "validate")?.secretHash).toEqual(hashSecret(token));
  await expect(resetPassword({ token, password: goodPassword }, newVisitor())).rejects.toMatchObject({ code: "conflict" });

  const person = await newOwner();
  const reset = await resetFor(person.email);
  await expect(validateAddress({ token: reset, password: goodPassword }, newVisitor())).rejects.toMatchObject({ message: /not valid/ });
  await resetPassword({ token: reset, password: "another-lantern-52-quiet" }, newVisitor());
  await expect(resetPassword({ token: reset, password: goodPassword }, newVisitor())).rejects.toMatchObject({ message: /works once/ });
});

test("LNK-1: fifty followers of one link make one account", async () => {
  const email = newAddress();
  const { token } = await askedFor(email);
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => validateAddress({ token, password: goodPassword }, newVisitor())));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await asVisitor({ email }, (tx) => tx.select({ id: accounts.id }).from(accounts))).toHaveLength(1);
});

test("LNK-1: fifty uses of one reset link set one password", async () => {
  const person = await newOwner();
  const token = await resetFor(person.email);
  const passwords = Array.from({ length: 50 }, (_, at) => `violet-kettle-orbit-${at + 100}`);
  const outcomes = await Promise.allSettled(passwords.map((password) => resetPassword({ token, password }, newVisitor())));
  const won = passwords.filter((_, at) => outcomes[at]?.status === "fulfilled");
  expect(won).toHaveLength(1);
  const stored = (await accountOf(person.email))?.passwordHash ?? null;
  expect(await verifyPassword(stored, won[0] ?? "")).toMatchObject({ ok: true });
});

test("LNK-2: a validation link lasts 24 hours at most, a reset link 60 minutes", async () => {
  const person = await newOwner();
  const reset = await resetFor(person.email);
  await ageLinks(person.email, 61);
  expect(await showReset(reset)).toEqual({ state: "expired" });
  await expect(resetPassword({ token: reset, password: goodPassword }, newVisitor())).rejects.toMatchObject({ message: /limited time/ });

  const email = newAddress();
  const { token } = await askedFor(email);
  await ageLinks(email, 24 * 60 - 5);
  expect(await showValidation(token)).toMatchObject({ state: "fresh" });
  await ageLinks(email, 6);
  await expect(validateAddress({ token, password: goodPassword }, newVisitor())).rejects.toMatchObject({ message: /limited time/ });
});

test("LNK-2: a newer link voids the older one of its kind, and a job that runs twice sends once", async () => {
  const email = newAddress();
  const first = await askedFor(email);
  await work("account.sign_up", { request: first.request });
  expect(await mailsTo(email)).toHaveLength(1);
  const second = await askedFor(email, { firstName: "Imke" });
  expect(await showValidation(first.token)).toEqual({ state: "replaced" });
  await expect(validateAddress({ token: first.token, password: goodPassword }, newVisitor())).rejects.toMatchObject({ message: /newer mail/ });
  expect(await showValidation(second.token)).toMatchObject({ state: "fresh", found: { firstName: "Imke" } });
});

test("LNK-3: looking at a link uses nothing up", async () => {
  const email = newAddress();
  const { token } = await askedFor(email);
  for (let times = 0; times < 3; times += 1) {
    expect(await showValidation(token)).toMatchObject({ state: "fresh", email, found: { firstName: "Ines", lastName: "Okafor" } });
  }
  await validateAddress({ token, password: goodPassword }, newVisitor());
  const person = await newOwner();
  const reset = await resetFor(person.email);
  for (let times = 0; times < 3; times += 1) expect(await showReset(reset)).toMatchObject({ state: "fresh" });
  await resetPassword({ token: reset, password: "another-lantern-52-quiet" }, newVisitor());
});

test("LNK-4: every link in these mails begins with the configured address", async () => {
  const known = (await newOwner()).email;
  await askedFor(known);
  await resetFor(known);
  const fresh = newAddress();
  await askedFor(fresh);
  const posted = [...(await mailsTo(known)), ...(await mailsTo(fresh))];
  const addresses = posted.flatMap(({ props }) => Object.values(props).filter((value) => String(value).includes("://")));
  expect(addresses).toHaveLength(4);
  for (const address of addresses) expect(String(address)).toMatch(/^http:\/\/localhost:3000\//);
});

test("LNK-6: a link makes an account of the address it was mailed to, and changes no other", async () => {
  const email = newAddress();
  const { token } = await askedFor(email);
  await newPerson({ email });
  await expect(validateAddress({ token, password: goodPassword, email: newAddress() }, newVisitor())).rejects.toMatchObject({ message: /account with this address already/ });
  expect((await accountOf(email))?.passwordHash).toBeNull();
});

test("LNK-10: a hundred requests for one address send five mails, and say when to come back", async () => {
  const person = await newOwner();
  const requests: string[] = [];
  const refused: unknown[] = [];
  for (let times = 0; times < 100; times += 1) {
    await requestReset({ email: person.email }, newVisitor()).then((request) => requests.push(request), (fault: unknown) => refused.push(fault));
  }
  for (const request of requests) await work("account.recover", { request });
  expect(await mailsTo(person.email)).toHaveLength(5);
  expect(refused).toHaveLength(95);
  expect(refused[0]).toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
});

test("LNK-10: one network asks for sixty mails an hour, whatever the addresses", async () => {
  const origin = newVisitor();
  const outcomes = [];
  for (let times = 0; times < 62; times += 1) outcomes.push(...(await Promise.allSettled([requestReset({ email: newAddress() }, origin)])));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(60);
});

test("ACC-2, LNK-10: a mail can be sent again, within the same limits and with a link that replaces the older", async () => {
  const email = newAddress();
  const { request, token } = await askedFor(email);
  for (let times = 0; times < 4; times += 1) await sendAgain("sign_up", { request }, newVisitor());
  await expect(sendAgain("sign_up", { request }, newVisitor())).rejects.toMatchObject({ code: "busy" });
  await work("account.sign_up", { request });
  expect(await mailsTo(email)).toHaveLength(5);
  expect(await showValidation(token)).toEqual({ state: "replaced" });
  await validateAddress({ token: await tokenMailed(email, "validate-address"), password: goodPassword }, newVisitor());
  await expect(sendAgain("recover", { request }, newVisitor())).rejects.toMatchObject({ code: "not_found" });
});
