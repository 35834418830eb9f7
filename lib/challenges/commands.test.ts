import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { challenges } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { beginChallenge, challengeOf, finishChallenge, tryChallenge, voidSignIns } from "@/lib/challenges/commands";
import { hashSecret } from "@/lib/kernel/secret";
import { newPerson } from "@/lib/testing/world";

const withSecret = <T,>(secret: string, work: Parameters<typeof asVisitor<T>>[1]) => asVisitor({ linkHash: hashSecret(secret) }, work);

async function newChallenge() {
  const { id: accountId } = await newPerson();
  const secret = await asVisitor({ accountId }, (tx) => beginChallenge(tx, { purpose: "second_factor", accountId, methods: ["password"], wanted: { path: "/wanted" } }));
  return { accountId, secret };
}

const attemptsLeft = (secret: string) => withSecret(secret, async (tx) => (await challengeOf(tx, "second_factor", secret))?.triesLeft ?? null);

test("MFA-5: a challenge is read by its secret, stores only the hash, and keeps the completed login methods", async () => {
  const { accountId, secret } = await newChallenge();
  expect(await withSecret(secret, (tx) => challengeOf(tx, "second_factor", secret))).toMatchObject({ accountId, methods: ["password"], returnTo: { path: "/wanted" }, attemptsLeft: 5 });
  expect(await attemptsLeft(`${secret.slice(0, -1)}~`)).toBeNull();
  const [stored] = await asVisitor({ accountId }, (tx) => tx.select().from(challenges).where(eq(challenges.accountId, accountId)));
  expect(JSON.stringify(stored)).not.toContain(secret);
});

test("MFA-5: a challenge cannot be used for another purpose", async () => {
  const { secret } = await newChallenge();
  expect(await withSecret(secret, (tx) => finishChallenge(tx, "google_sign_in", secret))).toBeNull();
  expect(await withSecret(secret, (tx) => tryChallenge(tx, "passkey", secret))).toBeNull();
  expect(await attemptsLeft(secret)).toBe(5);
});

test("MFA-4: of 20 concurrent attempts exactly 5 are allowed", async () => {
  const { secret } = await newChallenge();
  const attempts = await Promise.all(Array.from({ length: 20 }, () => withSecret(secret, (tx) => tryChallenge(tx, "second_factor", secret))));
  expect(new Set(attempts.flatMap((attempt) => attempt?.triesLeft ?? []))).toEqual(new Set([0, 1, 2, 3, 4]));
  expect(attempts.filter(Boolean)).toHaveLength(5);
  expect(await attemptsLeft(secret)).toBeNull();
});

test("MFA-2: of 20 concurrent calls, one consumes the challenge", async () => {
  const { secret } = await newChallenge();
  const results = await Promise.all(Array.from({ length: 20 }, () => withSecret(secret, (tx) => finishChallenge(tx, "second_factor", secret))));
  expect(results.filter(Boolean)).toHaveLength(1);
});

test("MFA-5: a challenge expires after 5 minutes, and voiding an account's sign-ins does not affect other accounts", async () => {
  const [one, two] = [await newChallenge(), await newChallenge()];
  await asVisitor(one, (tx) => voidSignIns(tx, one.accountId));
  expect([await attemptsLeft(one.secret), await attemptsLeft(two.secret)]).toEqual([null, 5]);
  await asVisitor(two, (tx) => tx.update(challenges).set({ expiresAt: sql`${challenges.expiresAt} - interval '5 minutes'` }).where(eq(challenges.accountId, two.accountId)));
  expect(await attemptsLeft(two.secret)).toBeNull();
  expect(await withSecret(two.secret, (tx) => finishChallenge(tx, "second_factor", two.secret))).toBeNull();
});
