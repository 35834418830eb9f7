import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, emailTokens } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { requestSignUp, resendEmail, verifyEmail } from "@/lib/accounts/commands";
import { getEmailVerification } from "@/lib/accounts/queries";
import { generateSecret } from "@/lib/kernel/secrets";
import { verifyPassword } from "@/lib/passwords/hash";
import { race, rounds } from "@/lib/testing/race";
import { loadSession, newEmailAddress, newRequestMetadata, openedSession, runQueuedJobs, signUpTokens, validPassword } from "@/lib/testing/sign-in";

const strangerPassword = "a-stranger-chose-this-93";
const applicant = (email: string, password: string) =>
  ({ region: "global", email, firstName: "Ines", lastName: "Okafor", phone: "", password, terms: "true" }) as const;

async function signUp(email: string, password = validPassword, origin = newRequestMetadata(), browserSecret: string | null = null): Promise<string> {
  const request = await requestSignUp({ origin, browserSecret }, applicant(email, password));
  await runQueuedJobs("account.sign_up", { request });
  return (await signUpTokens(email)).at(-1) ?? "";
}

const confirm = (token: string, password: string) => verifyEmail({ origin: newRequestMetadata() }, { token, password });

const storedPassword = (email: string) =>
  withAuthScope({ email }, async (tx) => {
    const found = await tx.select({ passwordHash: accounts.passwordHash }).from(accounts).where(eq(accounts.email, email));
    expect(found).toHaveLength(1);
    return found[0]?.passwordHash ?? null;
  });

test("ACC-2: a stranger's sign-up for the same address leaves the owner's link valid, each link with its own password", async () => {
  const email = newEmailAddress();
  const own = await signUp(email);
  const strangers = await signUp(email, strangerPassword);
  await expect(confirm(strangers, validPassword)).rejects.toMatchObject({ code: "invalid", fields: { password: [expect.stringContaining("link in the other email")] } });
  expect(await getEmailVerification(own)).toMatchObject({ state: "fresh" });
  await confirm(own, validPassword);
  expect(await getEmailVerification(strangers)).toEqual({ state: "replaced" });
  await expect(confirm(strangers, strangerPassword)).rejects.toMatchObject({ code: "conflict", message: /account is ready/ });
  expect(await verifyPassword(await storedPassword(email), validPassword)).toMatchObject({ ok: true });
});

test("ACC-2, LNK-10: a stranger gets five emails an hour to an address and does not use up the owner's", async () => {
  const email = newEmailAddress();
  const stranger = newRequestMetadata();
  const outcomes = await race(Array.from({ length: 20 }, () => requestSignUp({ origin: stranger }, applicant(email, strangerPassword))));
  expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(5);
  expect(new Set(outcomes)).toEqual(new Set(["done", "busy"]));
  const own = await signUp(email);
  await confirm(own, validPassword);
  expect(await verifyPassword(await storedPassword(email), validPassword)).toMatchObject({ ok: true });
});

test("LNK-10: an address gets at most 30 sign-up emails an hour from all senders together; further sign-ups are still accepted", async () => {
  const email = newEmailAddress();
  for (let times = 0; times < 32; times += 1) await signUp(email);
  expect(await signUpTokens(email)).toHaveLength(30);
});

test.each(rounds)("ACC-2: of two links of an address that are used at once, one creates the account and voids the other (round %i)", async () => {
  const email = newEmailAddress();
  const [first, second] = [await signUp(email), await signUp(email, strangerPassword)];
  const outcomes = await race([confirm(first, validPassword), confirm(second, strangerPassword)]);
  expect(outcomes.toSorted()).toEqual(["conflict", "done"]);
  const winner = outcomes[0] === "done" ? validPassword : strangerPassword;
  expect(await verifyPassword(await storedPassword(email), winner)).toMatchObject({ ok: true });
  const states = await Promise.all([first, second].map(async (token) => (await getEmailVerification(token)).state));
  expect(states.toSorted()).toEqual(["replaced", "used"]);
});

test("ACC-2, LNK-10: an email can be sent again, within the same limits, and all its links stay valid", async () => {
  const email = newEmailAddress();
  const origin = newRequestMetadata();
  const request = await requestSignUp({ origin }, applicant(email, validPassword));
  for (let times = 0; times < 4; times += 1) await resendEmail({ origin, purpose: "sign_up" }, { request });
  await expect(resendEmail({ origin, purpose: "sign_up" }, { request })).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  for (let times = 0; times < 2; times += 1) await runQueuedJobs("account.sign_up", { request });
  const tokens = await signUpTokens(email);
  expect(tokens).toHaveLength(5);
  for (const token of tokens) expect(await getEmailVerification(token)).toMatchObject({ state: "fresh" });
  await verifyEmail({ origin }, { token: tokens[0] ?? "", password: validPassword });
  for (const token of tokens.slice(1)) expect(await getEmailVerification(token)).toEqual({ state: "replaced" });
  await expect(resendEmail({ origin, purpose: "recover" }, { request })).rejects.toMatchObject({ code: "not_found" });
});

test("ACC-2: following the link signs in, by the password of the sign-up or in the browser that signed up", async () => {
  const [email, other] = [newEmailAddress(), newEmailAddress()];
  const login = await confirm(await signUp(email), validPassword);
  expect(await loadSession(openedSession(login))).toMatchObject({ account: { email }, methods: ["password"] });

  const browserSecret = generateSecret();
  const token = await signUp(other, validPassword, newRequestMetadata(), browserSecret);
  expect(await getEmailVerification(token)).toMatchObject({ data: { needsPassword: true } });
  expect(await getEmailVerification(token, browserSecret)).toMatchObject({ data: { needsPassword: false } });
  for (const secret of [null, generateSecret()]) {
    const refused = verifyEmail({ origin: newRequestMetadata(), browserSecret: secret }, { token });
    await expect(refused).rejects.toMatchObject({ code: "invalid", fields: { password: [expect.stringContaining("when you signed up")] } });
  }
  const ownLogin = await verifyEmail({ origin: newRequestMetadata(), browserSecret }, { token });
  expect(await loadSession(openedSession(ownLogin))).toMatchObject({ account: { email: other }, methods: ["link"] });
});

test("ACC-2: in the browser that signed up, every link to the address, even from a stranger's sign-up, creates the account that this browser requested", async () => {
  const email = newEmailAddress();
  const browserSecret = generateSecret();
  await signUp(email, validPassword, newRequestMetadata(), browserSecret);
  const strangers = await signUp(email, strangerPassword, newRequestMetadata(), generateSecret());
  await verifyEmail({ origin: newRequestMetadata(), browserSecret }, { token: strangers });
  expect(await verifyPassword(await storedPassword(email), validPassword)).toMatchObject({ ok: true });
});

test("ACC-2, LNK-1: the secret of a browser opens no link of another address, and is stored as a hash", async () => {
  const [email, other] = [newEmailAddress(), newEmailAddress()];
  const browserSecret = generateSecret();
  await signUp(email, validPassword, newRequestMetadata(), browserSecret);
  const rows = await withAuthScope({ email }, (tx) => tx.select().from(emailTokens).where(eq(emailTokens.email, email)));
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toContain(browserSecret);
  const token = await signUp(other, strangerPassword);
  await expect(verifyEmail({ origin: newRequestMetadata(), browserSecret }, { token })).rejects.toMatchObject({ code: "invalid" });
});
