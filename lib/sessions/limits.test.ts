import { hash } from "@node-rs/argon2";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { throttles } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { requestAccount, requestReset, resetPassword } from "@/lib/accounts/commands";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { signIn } from "@/lib/sessions/commands";
import { goodPassword, holdWaits, newAddress, newVisitor, tokenMailed, waiting, work } from "@/lib/testing/visitors";
import { entriesOf, newMember, newOrg, newPerson } from "@/lib/testing/world";
import { forgive, isUsedUp, reserve } from "@/lib/throttles/commands";
import { type LimitName, networkOf } from "@/lib/throttles/rules";

const newOwner = async () => newPerson({ passwordHash: await hashPassword(goodPassword) });
const signInWith = (email: string, password = goodPassword, browserId: string | null = null) =>
  signIn({ email, password }, { origin: newVisitor(), browserIdFor: () => browserId });

const consumeTimes = (name: LimitName, subject: string, times: number) =>
  asVisitor({}, async (tx) => {
    for (let time = 0; time < times; time += 1) await reserve(tx, name, subject);
  });

/** Records attempts made over days, so that only the consecutive count is reached. */
const consumeOverDays = (name: LimitName, subject: string, times: number) =>
  asVisitor({}, async (tx) => {
    await forgive(tx, name, subject);
    await reserve(tx, name, subject);
    await tx
      .update(throttles)
      .set({ failures: 1, total: times, lastAt: sql`now() - interval '1 day'`, windowStartedAt: sql`now() - interval '1 day'` })
      .where(sql`${throttles.lastAt} = now() and ${throttles.key} like ${`${name}:%`}`);
  });

test("ACC-11, AUT-5: after ten wrong passwords the right one must wait too, for known and unknown emails", async () => {
  for (const email of [(await newOwner()).email, newAddress()]) {
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => signInWith(email, "wrong")));
    const codes = outcomes.map((outcome) => (outcome.status === "rejected" ? (outcome.reason as { code: string }).code : "ok"));
    expect(codes.filter((code) => code === "invalid").length).toBeLessThanOrEqual(10);
    expect(codes.filter((code) => code === "busy").length).toBeGreaterThanOrEqual(20);
    await holdWaits();
    await expect(signInWith(email)).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  }
});

test("AUD-1: rate-limited attempts are logged once in the account's organizations", async () => {
  const person = await newOwner();
  const member = await newMember(await newOrg(), "observer", "all", person);
  for (let round = 0; round < 3; round += 1) await Promise.allSettled(Array.from({ length: 15 }, () => signInWith(person.email, "wrong")));
  await work("session.refuse", { account: person.id });
  const turnedAway = (await entriesOf(member)).filter(({ message }) => message === "Login refused: too many tries");
  expect(turnedAway).toMatchObject([{ name: "session.refused", actorId: person.id }]);
});

test("AUT-7: a rate-limited attempt enqueues one job, whether or not the account exists", async () => {
  const counts = [];
  for (const email of [(await newOwner()).email, newAddress()]) {
    const origin = newVisitor();
    await consumeTimes("sign_in", email, 5);
    await Promise.allSettled(Array.from({ length: 5 }, () => signIn({ email, password: "wrong" }, { origin })));
    counts.push((await waiting("session.refuse", { address: origin.address ?? "", note: "too many tries" })).length);
  }
  expect(counts).toEqual([1, 1]);
});

test("ACC-11, AUT-6: failed attempts from elsewhere do not lock out a trusted device", async () => {
  const person = await newOwner();
  await Promise.allSettled(Array.from({ length: 30 }, () => signInWith(person.email, "wrong")));
  await holdWaits();
  await expect(signInWith(person.email)).rejects.toMatchObject({ code: "busy" });
  await expect(signInWith(person.email, goodPassword, "a-browser-known-before")).resolves.toBeTruthy();
});

test("ACC-11, AUT-5: after 100 consecutive failures the message recommends a reset; a trusted device and a reset still work", async () => {
  const person = await newOwner();
  await consumeOverDays("sign_in", person.email, 100);
  await expect(signInWith(person.email)).rejects.toThrow("waiting no longer helps: choose a new password by mail");
  await expect(signInWith(person.email, goodPassword, "a-browser-known-before")).resolves.toBeTruthy();
  await work("account.recover", { request: await requestReset({ email: person.email }, newVisitor()) });
  const password = "another-lantern-52-quiet";
  await resetPassword({ token: await tokenMailed(person.email, "reset-password"), password }, newVisitor());
  await expect(signInWith(person.email, password)).resolves.toBeTruthy();
});

test("AUT-6: a device is trusted for an account, not for its email", async () => {
  const [person, other] = [await newOwner(), await newOwner()];
  const browserIdFor = (accountId: string) => (accountId === person.id ? "a-browser-known-before" : null);
  const signInFrom = (email: string) => signIn({ email, password: goodPassword }, { origin: newVisitor(), browserIdFor });
  for (const { email } of [person, other]) await consumeTimes("sign_in", email, 5);
  await holdWaits();
  await expect(signInFrom(person.email)).resolves.toBeTruthy();
  await expect(signInFrom(other.email)).rejects.toMatchObject({ code: "busy" });
});

test("AUT-6: a trusted device has its own limit, which a success resets", async () => {
  const person = await newOwner();
  const browser = newAddress();
  for (let tries = 0; tries < 4; tries += 1) await signInWith(person.email, "wrong", browser).catch(() => {});
  await signInWith(person.email, goodPassword, browser);
  for (let tries = 0; tries < 5; tries += 1) await expect(signInWith(person.email, "wrong", browser)).rejects.toMatchObject({ code: "invalid" });
  await holdWaits();
  await expect(signInWith(person.email, goodPassword, browser)).rejects.toMatchObject({ code: "busy" });
});

test("AUT-5: a success resets the email's limit and does not count towards the network's guesses", async () => {
  const [person, origin] = [await newOwner(), newVisitor()];
  await consumeTimes("sign_in", person.email, 4);
  await signInWith(person.email);
  for (let tries = 0; tries < 5; tries += 1) await expect(signInWith(person.email, "wrong")).rejects.toMatchObject({ code: "invalid" });

  const credentials = { email: (await newOwner()).email, password: goodPassword };
  await consumeTimes("sign_in_network", networkOf(origin.address), 99);
  for (let times = 0; times < 2; times += 1) await expect(signIn(credentials, { origin })).resolves.toBeTruthy();
});

test("AUT-6: neither failures nor successes from the same network lock out a trusted device", async () => {
  const [person, origin] = [await newOwner(), newVisitor()];
  const [network, credentials] = [networkOf(origin.address), { email: person.email, password: goodPassword }];
  await consumeTimes("sign_in_network", network, 100);
  await expect(signIn(credentials, { origin })).rejects.toMatchObject({ code: "busy" });
  await consumeTimes("sign_in_network_total", network, 300);
  await expect(signIn(credentials, { origin, browserIdFor: newAddress })).resolves.toBeTruthy();
});

test("AUT-6: a trusted device with an exhausted limit falls back to the general limit, and a success resets both", async () => {
  const [person, browser] = [await newOwner(), newAddress()];
  const own = `${person.email} ${browser}`;
  await consumeOverDays("sign_in_trusted_device", own, 100);
  await expect(signInWith(person.email, goodPassword, browser)).resolves.toBeTruthy();
  expect(await asVisitor({}, (tx) => isUsedUp(tx, "sign_in_trusted_device", own))).toBe(false);
  await consumeOverDays("sign_in_trusted_device", own, 100);
  await Promise.allSettled(Array.from({ length: 10 }, () => signInWith(person.email, "wrong", browser)));
  await holdWaits();
  await expect(signInWith(person.email, goodPassword, browser)).rejects.toMatchObject({ code: "busy" });
});

test("AUT-5: all sign-ins count: 60 per account and 300 per network in 15 minutes", async () => {
  const [person, browser] = [await newOwner(), newAddress()];
  await consumeTimes("sign_in_total", person.email, 59);
  await signInWith(person.email);
  await expect(signInWith(person.email)).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  await expect(signInWith(person.email, goodPassword, browser)).resolves.toBeTruthy();
  await consumeTimes("sign_in_total", `${person.email} ${browser}`, 59);
  await expect(signInWith(person.email, goodPassword, browser)).rejects.toMatchObject({ code: "busy" });

  const [other, origin] = [await newOwner(), newVisitor()];
  const again = () => signIn({ email: other.email, password: goodPassword }, { origin });
  await consumeTimes("sign_in_network_total", networkOf(origin.address), 299);
  await again();
  await expect(again()).rejects.toMatchObject({ code: "busy" });
});

test("AUT-5: a network that fills the hash queue gets busy on every form and does not block others", async () => {
  const [person, origin] = [await newOwner(), newVisitor()];
  const expensiveHash = await hash(goodPassword, { algorithm: 2, memoryCost: 65_536, timeCost: 8, parallelism: 1 });
  const loop = Promise.all(Array.from({ length: 8 }, () => verifyPassword(expensiveHash, "wrong", [networkOf(origin.address)])));
  const names = { firstName: "Ines", lastName: "Okafor", phone: "", region: "europe", terms: "true" };
  const application = { ...names, email: newAddress(), password: goodPassword };
  await expect(requestAccount(application, origin)).rejects.toMatchObject({ code: "busy", retryAfterSeconds: 5 });
  await expect(signIn({ email: person.email, password: goodPassword }, { origin })).rejects.toMatchObject({ code: "busy" });
  await expect(signInWith(person.email)).resolves.toBeTruthy();
  await loop;
});
