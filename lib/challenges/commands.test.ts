import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { challenges } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { beginChallenge, challengeOf, finishChallenge, tryChallenge, voidSignIns } from "@/lib/challenges/commands";
import { hashSecret } from "@/lib/kernel/secret";
import { newPerson } from "@/lib/testing/world";

const holding = <T,>(secret: string, work: Parameters<typeof asVisitor<T>>[1]) => asVisitor({ linkHash: hashSecret(secret) }, work);

async function begun() {
  const { id: accountId } = await newPerson();
  const secret = await asVisitor({ accountId }, (tx) => beginChallenge(tx, { purpose: "second_factor", accountId, methods: ["password"], wanted: { path: "/wanted" } }));
  return { accountId, secret };
}

const left = (secret: string) => holding(secret, async (tx) => (await challengeOf(tx, "second_factor", secret))?.triesLeft ?? null);

test("MFA-5: only its secret shows a challenge, only its hash is stored, and it remembers how far one came", async () => {
  const { accountId, secret } = await begun();
  expect(await holding(secret, (tx) => challengeOf(tx, "second_factor", secret))).toMatchObject({ accountId, methods: ["password"], wanted: { path: "/wanted" }, triesLeft: 5 });
  expect(await left(`${secret.slice(0, -1)}~`)).toBeNull();
  const [stored] = await asVisitor({ accountId }, (tx) => tx.select().from(challenges).where(eq(challenges.accountId, accountId)));
  expect(JSON.stringify(stored)).not.toContain(secret);
});

test("MFA-5: what was begun for one purpose does not serve another", async () => {
  const { secret } = await begun();
  expect(await holding(secret, (tx) => finishChallenge(tx, "google_sign_in", secret))).toBeNull();
  expect(await holding(secret, (tx) => tryChallenge(tx, "passkey", secret))).toBeNull();
  expect(await left(secret)).toBe(5);
});

test("MFA-4: of twenty tries at once five are counted, and none is left", async () => {
  const { secret } = await begun();
  const tries = await Promise.all(Array.from({ length: 20 }, () => holding(secret, (tx) => tryChallenge(tx, "second_factor", secret))));
  expect(new Set(tries.flatMap((counted) => counted?.triesLeft ?? []))).toEqual(new Set([0, 1, 2, 3, 4]));
  expect(tries.filter(Boolean)).toHaveLength(5);
  expect(await left(secret)).toBeNull();
});

test("MFA-2: of twenty that finish it at once, one does", async () => {
  const { secret } = await begun();
  const finished = await Promise.all(Array.from({ length: 20 }, () => holding(secret, (tx) => finishChallenge(tx, "second_factor", secret))));
  expect(finished.filter(Boolean)).toHaveLength(1);
});

test("MFA-5: five minutes later it is over, and what voids an account's sign-ins voids no one else's", async () => {
  const [one, two] = [await begun(), await begun()];
  await asVisitor(one, (tx) => voidSignIns(tx, one.accountId));
  expect([await left(one.secret), await left(two.secret)]).toEqual([null, 5]);
  await asVisitor(two, (tx) => tx.update(challenges).set({ expiresAt: sql`${challenges.expiresAt} - interval '5 minutes'` }).where(eq(challenges.accountId, two.accountId)));
  expect(await left(two.secret)).toBeNull();
  expect(await holding(two.secret, (tx) => finishChallenge(tx, "second_factor", two.secret))).toBeNull();
});
