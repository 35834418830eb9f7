import { hash } from "@node-rs/argon2";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { reauthenticate } from "@/lib/reauthentication/commands";
import { requireCurrentPassword } from "@/lib/reauthentication/internal";
import { hashSecret } from "@/lib/kernel/secrets";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { endSession } from "@/lib/sessions/commands";
import { getAuthSession, type SessionLookup } from "@/lib/sessions/queries";
import { hasRecentAuth } from "@/lib/sessions/rules";
import { validPassword, freezeRateLimits, newRequestMetadata, loadSession, newSession } from "@/lib/testing/sign-in";
import { listAuditEntries, newMember, newOrg, newAccount } from "@/lib/testing/fixtures";

/** A session whose last authentication is 11 minutes old. */
async function staleSession() {
  const person = await newAccount({ passwordHash: await hashPassword(validPassword) });
  const member = await newMember(await newOrg(), "observer", "all", person);
  const key = await newSession(person);
  await withAuthScope({ accountId: person.id }, (tx) =>
    tx.update(sessions).set({ reauthenticatedAt: sql`now() - interval '11 minutes'` }).where(eq(sessions.id, key.sessionId)),
  );
  return { person, member, key, who: await contextOf(key) };
}

const contextOf = async (key: SessionLookup) => ({ ...(await loadSession(key)), origin: newRequestMetadata() });
const withSecret = (key: SessionLookup, secret: string): SessionLookup => ({ ...key, secretHash: hashSecret(secret) });

test("SES-11, SES-2: confirming the password marks the session as recently authenticated and rotates its secret", async () => {
  const { key, who, member } = await staleSession();
  expect(hasRecentAuth(who.age)).toBe(false);
  const { secret, sessionId } = await reauthenticate(who, { password: validPassword });
  expect(sessionId).toBe(key.sessionId);
  expect(await getAuthSession(key)).toBeNull();
  const now = await loadSession(withSecret(key, secret));
  expect(hasRecentAuth(now.age)).toBe(true);
  expect(now.age.sinceSignIn).toBeGreaterThanOrEqual(who.age.sinceSignIn);
  expect((await listAuditEntries(member))[0]).toMatchObject({ name: "session.confirmed", message: "Confirmed identity" });
});

test("SES-11: a wrong password gives a field error and an audit entry, and the session stays stale", async () => {
  const { key, who, member } = await staleSession();
  await expect(reauthenticate(who, { password: "not the password" })).rejects.toMatchObject({
    code: "invalid",
    fields: { password: [expect.stringContaining("Wrong password")] },
  });
  expect(hasRecentAuth((await loadSession(key)).age)).toBe(false);
  const [entry] = await listAuditEntries(member);
  expect(entry).toMatchObject({ name: "session.refused", ipAddress: who.origin.ipAddress, message: "Sign-in refused: wrong password while signed in" });
  expect(JSON.stringify(entry)).not.toContain("not the password");
});

test("SES-11: an account without a password cannot confirm with any password", async () => {
  const person = await newAccount();
  const who = await contextOf(await newSession(person, "google"));
  for (const password of ["", "anything", validPassword]) {
    await expect(reauthenticate(who, { password })).rejects.toMatchObject({ code: "invalid", fields: { password: expect.anything() } });
  }
});

test("AUT-5: wrong passwords are counted, and a correct one resets the count", async () => {
  const { who } = await staleSession();
  const guess = () => reauthenticate(who, { password: "not the password" }).catch((error: { code: string }) => error.code);
  for (let tries = 0; tries < 4; tries += 1) expect(await guess()).toBe("invalid");
  await requireCurrentPassword(who, validPassword);
  for (let tries = 0; tries < 5; tries += 1) expect(await guess()).toBe("invalid");
  await freezeRateLimits();
  expect(await guess()).toBe("busy");
});

test("AUT-5: an attempt that was rejected because the hashing queue is full does not count", async () => {
  const { who } = await staleSession();
  const slowHash = await hash(validPassword, { algorithm: 2, memoryCost: 65_536, timeCost: 24, parallelism: 1 });
  const load = Promise.all(Array.from({ length: 8 }, () => verifyPassword(slowHash, "wrong", [who.account.id])));
  for (let tries = 0; tries < 6; tries += 1) {
    await expect(reauthenticate(who, { password: validPassword })).rejects.toMatchObject({ code: "busy", retryAfterSeconds: 5 });
  }
  await load;
  await expect(reauthenticate(who, { password: validPassword })).resolves.toBeTruthy();
});

test("AUT-5: of 50 concurrent guesses, only as many are checked as the limit allows", async () => {
  const { who } = await staleSession();
  const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => reauthenticate(who, { password: "not the password" })));
  const checked = outcomes.filter((outcome) => outcome.status === "rejected" && (outcome.reason as { code: string }).code === "invalid");
  expect(checked.length).toBeLessThanOrEqual(10);
});

test("SES-11: 5 concurrent confirmations leave one valid session secret", async () => {
  const { key, who } = await staleSession();
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => reauthenticate(who, { password: validPassword })));
  const secrets = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value.secret] : []));
  expect(secrets.length).toBeGreaterThan(0);
  const valid = await Promise.all(secrets.map((secret) => getAuthSession(withSecret(key, secret))));
  expect(valid.filter(Boolean)).toHaveLength(1);
});

test("SES-10: an ended session cannot be confirmed", async () => {
  const { key, who } = await staleSession();
  await endSession(who, {});
  await expect(reauthenticate(who, { password: validPassword })).rejects.toMatchObject({ code: "unauthenticated" });
  expect(await getAuthSession(key)).toBeNull();
});
