import { hash } from "@node-rs/argon2";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { confirmIdentity, requirePassword } from "@/lib/confirmations/commands";
import { hashSecret } from "@/lib/kernel/secret";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { endSession } from "@/lib/sessions/commands";
import { presentSession, type SessionKey } from "@/lib/sessions/queries";
import { isFresh } from "@/lib/sessions/rules";
import { goodPassword, holdWaits, newVisitor, presentAt, sessionOf } from "@/lib/testing/visitors";
import { entriesOf, newMember, newOrg, newPerson } from "@/lib/testing/world";

/** Somebody whose session proved who they are eleven minutes ago. */
async function staleSession() {
  const person = await newPerson({ passwordHash: await hashPassword(goodPassword) });
  const member = await newMember(await newOrg(), "observer", "all", person);
  const key = await sessionOf(person);
  await asVisitor({ accountId: person.id }, (tx) =>
    tx.update(sessions).set({ confirmedAt: sql`now() - interval '11 minutes'` }).where(eq(sessions.id, key.sessionId)),
  );
  return { person, member, key, who: await selfAt(key) };
}

const selfAt = async (key: SessionKey) => ({ ...(await presentAt(key)), origin: newVisitor() });
const renewed = (key: SessionKey, secret: string): SessionKey => ({ ...key, secretHash: hashSecret(secret) });

test("SES-11, SES-2: the password makes a stale session fresh, under a new key, and the old key is dead", async () => {
  const { key, who, member } = await staleSession();
  expect(isFresh(who.age)).toBe(false);
  const { secret, sessionId } = await confirmIdentity(who, { password: goodPassword });
  expect(sessionId).toBe(key.sessionId);
  expect(await presentSession(key)).toBeNull();
  const now = await presentAt(renewed(key, secret));
  expect(isFresh(now.age)).toBe(true);
  expect(now.age.sinceSignIn).toBeGreaterThanOrEqual(who.age.sinceSignIn);
  expect((await entriesOf(member))[0]).toMatchObject({ name: "session.confirmed", message: "Confirm identity" });
});

test("SES-11: a wrong password is refused beside its field, on the record, and the session stays stale", async () => {
  const { key, who, member } = await staleSession();
  await expect(confirmIdentity(who, { password: "not the password" })).rejects.toMatchObject({
    code: "invalid",
    fields: { password: [expect.stringContaining("not your password")] },
  });
  expect(isFresh((await presentAt(key)).age)).toBe(false);
  const [entry] = await entriesOf(member);
  expect(entry).toMatchObject({ name: "session.refused", address: who.origin.address, message: "Login refused: wrong password while signed in" });
  expect(JSON.stringify(entry)).not.toContain("not the password");
});

test("SES-11: an account without a password confirms nothing, whatever is typed", async () => {
  const person = await newPerson();
  const who = await selfAt(await sessionOf(person, "google"));
  for (const password of ["", "anything", goodPassword]) {
    await expect(confirmIdentity(who, { password })).rejects.toMatchObject({ code: "invalid", fields: { password: expect.anything() } });
  }
});

test("AUT-5: wrong passwords of somebody signed in are counted, and a right one forgets them", async () => {
  const { who } = await staleSession();
  const guess = () => confirmIdentity(who, { password: "not the password" }).catch((fault: { code: string }) => fault.code);
  for (let tries = 0; tries < 4; tries += 1) expect(await guess()).toBe("invalid");
  await requirePassword(who, goodPassword);
  for (let tries = 0; tries < 5; tries += 1) expect(await guess()).toBe("invalid");
  await holdWaits();
  expect(await guess()).toBe("busy");
});

test("AUT-5: what could not be compared in a crowd counts as no try", async () => {
  const { who } = await staleSession();
  const costly = await hash(goodPassword, { algorithm: 2, memoryCost: 65_536, timeCost: 24, parallelism: 1 });
  const crowd = Promise.all(Array.from({ length: 8 }, () => verifyPassword(costly, "wrong", [who.account.id])));
  for (let tries = 0; tries < 6; tries += 1) {
    await expect(confirmIdentity(who, { password: goodPassword })).rejects.toMatchObject({ code: "busy", retryAfterSeconds: 5 });
  }
  await crowd;
  await expect(confirmIdentity(who, { password: goodPassword })).resolves.toBeTruthy();
});

test("AUT-5: of fifty guesses at once no more are compared than are counted", async () => {
  const { who } = await staleSession();
  const guesses = await Promise.allSettled(Array.from({ length: 50 }, () => confirmIdentity(who, { password: "not the password" })));
  const compared = guesses.filter((guess) => guess.status === "rejected" && (guess.reason as { code: string }).code === "invalid");
  expect(compared.length).toBeLessThanOrEqual(10);
});

test("SES-11: five confirmations at once leave one living key", async () => {
  const { key, who } = await staleSession();
  const done = await Promise.allSettled(Array.from({ length: 5 }, () => confirmIdentity(who, { password: goodPassword })));
  const secrets = done.flatMap((one) => (one.status === "fulfilled" ? [one.value.secret] : []));
  expect(secrets.length).toBeGreaterThan(0);
  const alive = await Promise.all(secrets.map((secret) => presentSession(renewed(key, secret))));
  expect(alive.filter(Boolean)).toHaveLength(1);
});

test("SES-10: a session that has ended meanwhile is confirmed by nobody", async () => {
  const { key, who } = await staleSession();
  await endSession(who, newVisitor());
  await expect(confirmIdentity(who, { password: goodPassword })).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await presentSession(key)).toBeNull();
});
