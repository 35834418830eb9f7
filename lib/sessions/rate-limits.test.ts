import { hash } from "@node-rs/argon2";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rateLimitCounters } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { requestSignUp, requestPasswordReset, resetPassword } from "@/lib/accounts/commands";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { signIn } from "@/lib/sessions/commands";
import { validPassword, freezeRateLimits, newEmailAddress, newRequestMetadata, latestEmailToken, queuedJobs, runQueuedJobs } from "@/lib/testing/sign-in";
import { listAuditEntries, newMember, newOrg, newAccount } from "@/lib/testing/fixtures";
import { resetLimit, isLimitExhausted, consumeLimit } from "@/lib/kernel/rate-limits";
import { type RateLimitName, ipNetwork } from "@/lib/kernel/rate-limit-config";

const newOwner = async () => newAccount({ passwordHash: await hashPassword(validPassword) });
const signInWith = (email: string, password = validPassword, browserId: string | null = null) =>
  signIn({ origin: newRequestMetadata(), browserIdFor: () => browserId }, { email, password });

const consumeTimes = (name: RateLimitName, subject: string, times: number) =>
  withAuthScope({}, async (tx) => {
    for (let time = 0; time < times; time += 1) await consumeLimit(tx, name, subject);
  });

/** Records attempts made over days, so that only the consecutive count is reached. */
const consumeOverDays = (name: RateLimitName, subject: string, times: number) =>
  withAuthScope({}, async (tx) => {
    await resetLimit(tx, name, subject);
    await consumeLimit(tx, name, subject);
    await tx
      .update(rateLimitCounters)
      .set({ failures: 1, consecutiveFailures: times, lastFailureAt: sql`now() - interval '1 day'`, windowStartedAt: sql`now() - interval '1 day'` })
      .where(sql`${rateLimitCounters.lastFailureAt} = now() and ${rateLimitCounters.key} like ${`${name}:%`}`);
  });

test("ACC-11, AUT-5: after ten wrong passwords the right one must wait too, for known and unknown emails", async () => {
  for (const email of [(await newOwner()).email, newEmailAddress()]) {
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => signInWith(email, "wrong")));
    const codes = outcomes.map((outcome) => (outcome.status === "rejected" ? (outcome.reason as { code: string }).code : "ok"));
    expect(codes.filter((code) => code === "invalid").length).toBeLessThanOrEqual(10);
    expect(codes.filter((code) => code === "busy").length).toBeGreaterThanOrEqual(20);
    await freezeRateLimits();
    await expect(signInWith(email)).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  }
});

test("AUD-1: rate-limited attempts are logged once in the account's organizations", async () => {
  const person = await newOwner();
  const member = await newMember(await newOrg(), "observer", "all", person);
  for (let round = 0; round < 3; round += 1) await Promise.allSettled(Array.from({ length: 15 }, () => signInWith(person.email, "wrong")));
  await runQueuedJobs("session.refuse", { account: person.id });
  const turnedAway = (await listAuditEntries(member)).filter(({ message }) => message === "Sign-in refused: too many attempts");
  expect(turnedAway).toMatchObject([{ name: "session.refused", actorId: person.id }]);
});

test("AUT-7: a rate-limited attempt enqueues one job, whether or not the account exists", async () => {
  const counts = [];
  for (const email of [(await newOwner()).email, newEmailAddress()]) {
    const origin = newRequestMetadata();
    await consumeTimes("sign_in", email, 5);
    await Promise.allSettled(Array.from({ length: 5 }, () => signIn({ origin }, { email, password: "wrong" })));
    counts.push((await queuedJobs("session.refuse", { ipAddress: origin.ipAddress ?? "", note: "too many attempts" })).length);
  }
  expect(counts).toEqual([1, 1]);
});

test("ACC-11, AUT-6: failed attempts from elsewhere do not lock out a trusted device", async () => {
  const person = await newOwner();
  await Promise.allSettled(Array.from({ length: 30 }, () => signInWith(person.email, "wrong")));
  await freezeRateLimits();
  await expect(signInWith(person.email)).rejects.toMatchObject({ code: "busy" });
  await expect(signInWith(person.email, validPassword, "a-browser-known-before")).resolves.toBeTruthy();
});

test("ACC-11, AUT-5: after 100 consecutive failures the message recommends a reset; a trusted device and a reset still work", async () => {
  const person = await newOwner();
  await consumeOverDays("sign_in", person.email, 100);
  await expect(signInWith(person.email)).rejects.toThrow("waiting no longer helps: reset your password");
  await expect(signInWith(person.email, validPassword, "a-browser-known-before")).resolves.toBeTruthy();
  await runQueuedJobs("account.recover", { request: await requestPasswordReset({ origin: newRequestMetadata() }, { email: person.email }) });
  const password = "another-lantern-52-quiet";
  await resetPassword({ origin: newRequestMetadata() }, { token: await latestEmailToken(person.email, "reset-password"), password });
  await expect(signInWith(person.email, password)).resolves.toBeTruthy();
});

test("AUT-6: a device is trusted for an account, not for its email", async () => {
  const [person, other] = [await newOwner(), await newOwner()];
  const browserIdFor = (accountId: string) => (accountId === person.id ? "a-browser-known-before" : null);
  const signInFrom = (email: string) => signIn({ origin: newRequestMetadata(), browserIdFor }, { email, password: validPassword });
  for (const { email } of [person, other]) await consumeTimes("sign_in", email, 5);
  await freezeRateLimits();
  await expect(signInFrom(person.email)).resolves.toBeTruthy();
  await expect(signInFrom(other.email)).rejects.toMatchObject({ code: "busy" });
});

test("AUT-6: a trusted device has its own limit, which a success resets", async () => {
  const person = await newOwner();
  const browser = newEmailAddress();
  for (let tries = 0; tries < 4; tries += 1) await signInWith(person.email, "wrong", browser).catch(() => {});
  await signInWith(person.email, validPassword, browser);
  for (let tries = 0; tries < 5; tries += 1) await expect(signInWith(person.email, "wrong", browser)).rejects.toMatchObject({ code: "invalid" });
  await freezeRateLimits();
  await expect(signInWith(person.email, validPassword, browser)).rejects.toMatchObject({ code: "busy" });
});

test("AUT-5: a success resets the email's limit and does not count towards the network's guesses", async () => {
  const [person, origin] = [await newOwner(), newRequestMetadata()];
  await consumeTimes("sign_in", person.email, 4);
  await signInWith(person.email);
  for (let tries = 0; tries < 5; tries += 1) await expect(signInWith(person.email, "wrong")).rejects.toMatchObject({ code: "invalid" });

  const credentials = { email: (await newOwner()).email, password: validPassword };
  await consumeTimes("sign_in_network", ipNetwork(origin.ipAddress), 99);
  for (let times = 0; times < 2; times += 1) await expect(signIn({ origin }, credentials)).resolves.toBeTruthy();
});

test("AUT-6: neither failures nor successes from the same network lock out a trusted device", async () => {
  const [person, origin] = [await newOwner(), newRequestMetadata()];
  const [network, credentials] = [ipNetwork(origin.ipAddress), { email: person.email, password: validPassword }];
  await consumeTimes("sign_in_network", network, 100);
  await expect(signIn({ origin }, credentials)).rejects.toMatchObject({ code: "busy" });
  await consumeTimes("sign_in_network_total", network, 300);
  await expect(signIn({ origin, browserIdFor: newEmailAddress }, credentials)).resolves.toBeTruthy();
});

test("AUT-6: a trusted device with an exhausted limit falls back to the general limit, and a success resets both", async () => {
  const [person, browser] = [await newOwner(), newEmailAddress()];
  const own = `${person.email} ${browser}`;
  await consumeOverDays("sign_in_trusted_device", own, 100);
  await expect(signInWith(person.email, validPassword, browser)).resolves.toBeTruthy();
  expect(await withAuthScope({}, (tx) => isLimitExhausted(tx, "sign_in_trusted_device", own))).toBe(false);
  await consumeOverDays("sign_in_trusted_device", own, 100);
  await Promise.allSettled(Array.from({ length: 10 }, () => signInWith(person.email, "wrong", browser)));
  await freezeRateLimits();
  await expect(signInWith(person.email, validPassword, browser)).rejects.toMatchObject({ code: "busy" });
});

test("AUT-5: all sign-ins count: 60 per account and 300 per network in 15 minutes", async () => {
  const [person, browser] = [await newOwner(), newEmailAddress()];
  await consumeTimes("sign_in_total", person.email, 59);
  await signInWith(person.email);
  await expect(signInWith(person.email)).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  await expect(signInWith(person.email, validPassword, browser)).resolves.toBeTruthy();
  await consumeTimes("sign_in_total", `${person.email} ${browser}`, 59);
  await expect(signInWith(person.email, validPassword, browser)).rejects.toMatchObject({ code: "busy" });

  const [other, origin] = [await newOwner(), newRequestMetadata()];
  const again = () => signIn({ origin }, { email: other.email, password: validPassword });
  await consumeTimes("sign_in_network_total", ipNetwork(origin.ipAddress), 299);
  await again();
  await expect(again()).rejects.toMatchObject({ code: "busy" });
});

test("AUT-5: a network that fills the hash queue gets busy on every form and does not block others", async () => {
  const [person, origin] = [await newOwner(), newRequestMetadata()];
  const expensiveHash = await hash(validPassword, { algorithm: 2, memoryCost: 65_536, timeCost: 8, parallelism: 1 });
  const loop = Promise.all(Array.from({ length: 8 }, () => verifyPassword(expensiveHash, "wrong", [ipNetwork(origin.ipAddress)])));
  const names = { firstName: "Ines", lastName: "Okafor", phone: "", region: "europe", terms: "true" } as const;
  const application = { ...names, email: newEmailAddress(), password: validPassword };
  await expect(requestSignUp({ origin }, application)).rejects.toMatchObject({ code: "busy", retryAfterSeconds: 5 });
  await expect(signIn({ origin }, { email: person.email, password: validPassword })).rejects.toMatchObject({ code: "busy" });
  await expect(signInWith(person.email)).resolves.toBeTruthy();
  await loop;
});
