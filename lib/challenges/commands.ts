import "server-only";
import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { challenges } from "@/db/schema";
import { narrow } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { hashSecret, newSecret } from "@/lib/kernel/secret";
import type { Method, Wanted } from "@/lib/vocabulary/entrance";

const minutes = 5;
const mostTries = 5;

type Purpose = (typeof challenges.$inferSelect)["purpose"];
type Beginning = { purpose: Purpose; accountId?: string; sessionId?: string; methods?: Method[]; wanted?: Wanted };

/** Creates a challenge that this browser must complete within 5 minutes; returns the secret for its cookie. */
export async function beginChallenge(tx: Tx, input: Beginning): Promise<string> {
  const secret = newSecret();
  const secretHash = hashSecret(secret);
  const { accountId = "" } = input;
  await narrow(tx, { accountId, linkHash: secretHash });
  const expiresAt = sql`now() + make_interval(mins => ${minutes})`;
  await tx.insert(challenges).values({ ...input, secretHash, expiresAt });
  return secret;
}

const open = (purpose: Purpose, secret: string) =>
  and(
    eq(challenges.secretHash, hashSecret(secret)),
    eq(challenges.purpose, purpose),
    isNull(challenges.consumedAt),
    gt(challenges.expiresAt, sql`now()`),
  );

const facts = {
  id: challenges.id,
  accountId: challenges.accountId,
  sessionId: challenges.sessionId,
  methods: challenges.methods,
  wanted: challenges.wanted,
  triesLeft: sql<number>`${mostTries}::int - ${challenges.tries}`,
};

/** The open challenge with this secret, or null; needs a transaction scoped to the secret's hash. */
export async function challengeOf(tx: Tx, purpose: Purpose, secret: string) {
  const [challenge] = await tx.select(facts).from(challenges).where(and(open(purpose, secret), lt(challenges.tries, mostTries)));
  return challenge ?? null;
}

/** Counts one of five attempts, before the code is checked; null when none is left. */
export async function tryChallenge(tx: Tx, purpose: Purpose, secret: string) {
  const [challenge] = await tx
    .update(challenges)
    .set({ tries: sql`${challenges.tries} + 1` })
    .where(and(open(purpose, secret), lt(challenges.tries, mostTries)))
    .returning(facts);
  return challenge ?? null;
}

/** Consumes a challenge atomically: of concurrent calls one gets it, the others get null. */
export async function finishChallenge(tx: Tx, purpose: Purpose, secret: string) {
  const [challenge] = await tx
    .update(challenges)
    .set({ consumedAt: sql`now()` })
    .where(open(purpose, secret))
    .returning(facts);
  return challenge ?? null;
}

/** Voids the sign-ins of an account that are waiting for the second factor. */
export async function voidSignIns(tx: Tx, accountId: string): Promise<void> {
  const pending = and(eq(challenges.accountId, accountId), eq(challenges.purpose, "second_factor"), isNull(challenges.consumedAt));
  await tx.update(challenges).set({ consumedAt: sql`now()` }).where(pending);
}
