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
const enter = (email: string, password = goodPassword, browserId: string | null = null) =>
  signIn({ email, password }, { origin: newVisitor(), browserIdFor: () => browserId });

const used = (name: LimitName, who: string, times: number) =>
  asVisitor({}, async (tx) => {
    for (let time = 0; time < times; time += 1) await reserve(tx, name, who);
  });

/** Tries that were made over days, each after waiting long enough. */
const longUsed = (name: LimitName, who: string, times: number) =>
  asVisitor({}, async (tx) => {
    await forgive(tx, name, who);
    await reserve(tx, name, who);
    await tx
      .update(throttles)
      .set({ failures: 1, total: times, lastAt: sql`now() - interval '1 day'`, windowStartedAt: sql`now() - interval '1 day'` })
      .where(sql`${throttles.lastAt} = now() and ${throttles.key} like ${`${name}:%`}`);
  });

test("ACC-11, AUT-5: after ten wrong passwords even the right one waits, known address or not", async () => {
  for (const email of [(await newOwner()).email, newAddress()]) {
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => enter(email, "wrong")));
    const codes = outcomes.map((outcome) => (outcome.status === "rejected" ? (outcome.reason as { code: string }).code : "ok"));
    expect(codes.filter((code) => code === "invalid").length).toBeLessThanOrEqual(10);
    expect(codes.filter((code) => code === "busy").length).toBeGreaterThanOrEqual(20);
    await holdWaits();
    await expect(enter(email)).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  }
});

test("AUD-1: tries that a limit turns away are in the log of the person's organizations, once however many they are", async () => {
  const person = await newOwner();
  const member = await newMember(await newOrg(), "observer", "all", person);
  for (let round = 0; round < 3; round += 1) await Promise.allSettled(Array.from({ length: 15 }, () => enter(person.email, "wrong")));
  await work("session.refuse", { account: person.id });
  const turnedAway = (await entriesOf(member)).filter(({ message }) => message === "Login refused: too many tries");
  expect(turnedAway).toMatchObject([{ name: "session.refused", actorId: person.id }]);
});

test("AUT-7: an address without an account leaves as much when a limit turns it away", async () => {
  const counts = [];
  for (const email of [(await newOwner()).email, newAddress()]) {
    const origin = newVisitor();
    await used("sign_in", email, 5);
    await Promise.allSettled(Array.from({ length: 5 }, () => signIn({ email, password: "wrong" }, { origin })));
    counts.push((await waiting("session.refuse", { address: origin.address ?? "", note: "too many tries" })).length);
  }
  expect(counts).toEqual([1, 1]);
});

test("ACC-11, AUT-6: a stranger's tries lock no known browser out", async () => {
  const person = await newOwner();
  await Promise.allSettled(Array.from({ length: 30 }, () => enter(person.email, "wrong")));
  await holdWaits();
  await expect(enter(person.email)).rejects.toMatchObject({ code: "busy" });
  await expect(enter(person.email, goodPassword, "a-browser-known-before")).resolves.toBeTruthy();
});

test("ACC-11, AUT-5: where strangers used up all tries, waiting is not advised; a known browser and a new password by mail still open the account", async () => {
  const person = await newOwner();
  await longUsed("sign_in", person.email, 100);
  await expect(enter(person.email)).rejects.toThrow("waiting no longer helps: choose a new password by mail");
  await expect(enter(person.email, goodPassword, "a-browser-known-before")).resolves.toBeTruthy();
  await work("account.recover", { request: await requestReset({ email: person.email }, newVisitor()) });
  const password = "another-lantern-52-quiet";
  await resetPassword({ token: await tokenMailed(person.email, "reset-password"), password }, newVisitor());
  await expect(enter(person.email, password)).resolves.toBeTruthy();
});

test("AUT-6: a browser is known to an account and not to its address, which may be another by now", async () => {
  const [person, other] = [await newOwner(), await newOwner()];
  const browserIdFor = (accountId: string) => (accountId === person.id ? "a-browser-known-before" : null);
  const enterFrom = (email: string) => signIn({ email, password: goodPassword }, { origin: newVisitor(), browserIdFor });
  for (const { email } of [person, other]) await used("sign_in", email, 5);
  await holdWaits();
  await expect(enterFrom(person.email)).resolves.toBeTruthy();
  await expect(enterFrom(other.email)).rejects.toMatchObject({ code: "busy" });
});

test("AUT-6: a known browser is limited by itself, and a success forgets its failures", async () => {
  const person = await newOwner();
  const browser = newAddress();
  for (let tries = 0; tries < 4; tries += 1) await enter(person.email, "wrong", browser).catch(() => {});
  await enter(person.email, goodPassword, browser);
  for (let tries = 0; tries < 5; tries += 1) await expect(enter(person.email, "wrong", browser)).rejects.toMatchObject({ code: "invalid" });
  await holdWaits();
  await expect(enter(person.email, goodPassword, browser)).rejects.toMatchObject({ code: "busy" });
});

test("AUT-5: a right password forgets the wrong ones at its address, and is no guess of its network's", async () => {
  const [person, origin] = [await newOwner(), newVisitor()];
  await used("sign_in", person.email, 4);
  await enter(person.email);
  for (let tries = 0; tries < 5; tries += 1) await expect(enter(person.email, "wrong")).rejects.toMatchObject({ code: "invalid" });

  const credentials = { email: (await newOwner()).email, password: goodPassword };
  await used("sign_in_address", networkOf(origin.address), 99);
  for (let times = 0; times < 2; times += 1) await expect(signIn(credentials, { origin })).resolves.toBeTruthy();
});

test("AUT-6: wrong tries from the same network lock no known browser out, and right ones do not either", async () => {
  const [person, origin] = [await newOwner(), newVisitor()];
  const [network, credentials] = [networkOf(origin.address), { email: person.email, password: goodPassword }];
  await used("sign_in_address", network, 100);
  await expect(signIn(credentials, { origin })).rejects.toMatchObject({ code: "busy" });
  await used("sign_in_address_pace", network, 300);
  await expect(signIn(credentials, { origin, browserIdFor: newAddress })).resolves.toBeTruthy();
});

test("AUT-6: a known browser whose own tries are used up goes on as a stranger, and a success forgets both", async () => {
  const [person, browser] = [await newOwner(), newAddress()];
  const own = `${person.email} ${browser}`;
  await longUsed("sign_in_known", own, 100);
  await expect(enter(person.email, goodPassword, browser)).resolves.toBeTruthy();
  expect(await asVisitor({}, (tx) => isUsedUp(tx, "sign_in_known", own))).toBe(false);
  await longUsed("sign_in_known", own, 100);
  await Promise.allSettled(Array.from({ length: 10 }, () => enter(person.email, "wrong", browser)));
  await holdWaits();
  await expect(enter(person.email, goodPassword, browser)).rejects.toMatchObject({ code: "busy" });
});

test("AUT-5: right sign-ins are counted too, sixty an account and three hundred a network in 15 minutes", async () => {
  const [person, browser] = [await newOwner(), newAddress()];
  await used("sign_in_pace", person.email, 59);
  await enter(person.email);
  await expect(enter(person.email)).rejects.toMatchObject({ code: "busy", retryAfterSeconds: expect.any(Number) });
  await expect(enter(person.email, goodPassword, browser)).resolves.toBeTruthy();
  await used("sign_in_pace", `${person.email} ${browser}`, 59);
  await expect(enter(person.email, goodPassword, browser)).rejects.toMatchObject({ code: "busy" });

  const [other, origin] = [await newOwner(), newVisitor()];
  const again = () => signIn({ email: other.email, password: goodPassword }, { origin });
  await used("sign_in_address_pace", networkOf(origin.address), 299);
  await again();
  await expect(again()).rejects.toMatchObject({ code: "busy" });
});

test("AUT-5: a network that hashes in a loop is told to come back, whichever form it uses, and holds nobody else up", async () => {
  const [person, origin] = [await newOwner(), newVisitor()];
  const costly = await hash(goodPassword, { algorithm: 2, memoryCost: 65_536, timeCost: 8, parallelism: 1 });
  const loop = Promise.all(Array.from({ length: 8 }, () => verifyPassword(costly, "wrong", [networkOf(origin.address)])));
  const names = { firstName: "Ines", lastName: "Okafor", phone: "", region: "europe", terms: "true" };
  const application = { ...names, email: newAddress(), password: goodPassword };
  await expect(requestAccount(application, origin)).rejects.toMatchObject({ code: "busy", retryAfterSeconds: 5 });
  await expect(signIn({ email: person.email, password: goodPassword }, { origin })).rejects.toMatchObject({ code: "busy" });
  await expect(enter(person.email)).resolves.toBeTruthy();
  await loop;
});
