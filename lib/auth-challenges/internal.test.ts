import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { authChallenges } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { createAuthChallenge, authChallengeBySecret, consumeAuthChallenge, countChallengeAttempt, voidPendingSignIns } from "@/lib/auth-challenges/internal";
import { hashSecret } from "@/lib/kernel/secrets";
import { newAccount } from "@/lib/testing/fixtures";

const withSecret = <T,>(secret: string, work: Parameters<typeof withAuthScope<T>>[1]) => withAuthScope({ tokenHash: hashSecret(secret) }, work);

async function newChallenge() {
  const { id: accountId } = await newAccount();
  const secret = await withAuthScope({ accountId }, (tx) => createAuthChallenge(tx, { purpose: "second_factor", accountId, methods: ["password"] }));
  return { accountId, secret };
}

const attemptsLeft = (secret: string) => withSecret(secret, async (tx) => (await authChallengeBySecret(tx, "second_factor", secret))?.attemptsLeft ?? null);

test("MFA-5: a challenge is read by its secret, stores only the hash, and keeps the completed login methods", async () => {
  const { accountId, secret } = await newChallenge();
  expect(await withSecret(secret, (tx) => authChallengeBySecret(tx, "second_factor", secret))).toMatchObject({ accountId, methods: ["password"], attemptsLeft: 5 });
  expect(await attemptsLeft(`${secret.slice(0, -1)}~`)).toBeNull();
  const [stored] = await withAuthScope({ accountId }, (tx) => tx.select().from(authChallenges).where(eq(authChallenges.accountId, accountId)));
  expect(JSON.stringify(stored)).not.toContain(secret);
});

test("MFA-5: a challenge cannot be used for another purpose", async () => {
  const { secret } = await newChallenge();
  expect(await withSecret(secret, (tx) => consumeAuthChallenge(tx, "google_sign_in", secret))).toBeNull();
  expect(await withSecret(secret, (tx) => countChallengeAttempt(tx, "passkey", secret))).toBeNull();
  expect(await attemptsLeft(secret)).toBe(5);
});

test("MFA-4: of 20 concurrent attempts exactly 5 are allowed", async () => {
  const { secret } = await newChallenge();
  const attempts = await Promise.all(Array.from({ length: 20 }, () => withSecret(secret, (tx) => countChallengeAttempt(tx, "second_factor", secret))));
  expect(new Set(attempts.flatMap((attempt) => attempt?.attemptsLeft ?? []))).toEqual(new Set([0, 1, 2, 3, 4]));
  expect(attempts.filter(Boolean)).toHaveLength(5);
  expect(await attemptsLeft(secret)).toBeNull();
});

test("MFA-2: of 20 concurrent calls, one consumes the challenge", async () => {
  const { secret } = await newChallenge();
  const results = await Promise.all(Array.from({ length: 20 }, () => withSecret(secret, (tx) => consumeAuthChallenge(tx, "second_factor", secret))));
  expect(results.filter(Boolean)).toHaveLength(1);
});

test("MFA-5: a challenge expires after 5 minutes, and voiding an account's sign-ins does not affect other accounts", async () => {
  const [one, two] = [await newChallenge(), await newChallenge()];
  await withAuthScope(one, (tx) => voidPendingSignIns(tx, one.accountId));
  expect([await attemptsLeft(one.secret), await attemptsLeft(two.secret)]).toEqual([null, 5]);
  await withAuthScope(two, (tx) => tx.update(authChallenges).set({ expiresAt: sql`${authChallenges.expiresAt} - interval '5 minutes'` }).where(eq(authChallenges.accountId, two.accountId)));
  expect(await attemptsLeft(two.secret)).toBeNull();
  expect(await withSecret(two.secret, (tx) => consumeAuthChallenge(tx, "second_factor", two.secret))).toBeNull();
});
