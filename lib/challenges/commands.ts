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

/** Begins something that this browser must finish within 5 minutes; the secret goes into its cookie (MFA-5). */
export async function beginChallenge(tx: Tx, beginning: Beginning): Promise<string> {
  const secret = newSecret();
  const secretHash = hashSecret(secret);
  const { accountId = "" } = beginning;
  await narrow(tx, { accountId, linkHash: secretHash });
  const expiresAt = sql`now() + make_interval(mins => ${minutes})`;
  await tx.insert(challenges).values({ ...beginning, secretHash, expiresAt });
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

/** What is begun and not finished; the transaction must claim the secret's hash. Null when it is over. */
export async function challengeOf(tx: Tx, purpose: Purpose, secret: string) {
  const [begun] = await tx.select(facts).from(challenges).where(and(open(purpose, secret), lt(challenges.tries, mostTries)));
  return begun ?? null;
}

/** Counts one of five tries before it is made, whatever comes of it; null when none is left (MFA-4). */
export async function tryChallenge(tx: Tx, purpose: Purpose, secret: string) {
  const [begun] = await tx
    .update(challenges)
    .set({ tries: sql`${challenges.tries} + 1` })
    .where(and(open(purpose, secret), lt(challenges.tries, mostTries)))
    .returning(facts);
  return begun ?? null;
}

/** Uses a challenge up in one conditional statement: of many at once, one gets it, the others null. */
export async function finishChallenge(tx: Tx, purpose: Purpose, secret: string) {
  const [finished] = await tx
    .update(challenges)
    .set({ consumedAt: sql`now()` })
    .where(open(purpose, secret))
    .returning(facts);
  return finished ?? null;
}

/** Voids the sign-ins that wait for a second factor: what came before it no longer holds. */
export async function voidSignIns(tx: Tx, accountId: string): Promise<void> {
  const waiting = and(eq(challenges.accountId, accountId), eq(challenges.purpose, "second_factor"), isNull(challenges.consumedAt));
  await tx.update(challenges).set({ consumedAt: sql`now()` }).where(waiting);
}
