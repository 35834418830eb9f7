import "server-only";
import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { authChallenges } from "@/db/schema";
import { setAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { hashSecret, generateSecret } from "@/lib/kernel/secrets";
import type { AuthMethod } from "@/lib/shared/login-flow";
import type { UnmetPasswordRules } from "@/lib/shared/password-rules";

const lifetimeMinutes = 5;
const maxAttempts = 5;

type AuthChallengePurpose = (typeof authChallenges.$inferSelect)["purpose"];
type AuthChallengeInput = { purpose: AuthChallengePurpose; accountId?: string; sessionId?: string; methods?: AuthMethod[]; unmetPasswordRules?: UnmetPasswordRules | null };

/** Creates a challenge that this browser must complete within 5 minutes; returns the secret for its cookie. */
export async function createAuthChallenge(tx: Tx, input: AuthChallengeInput, secret = generateSecret()): Promise<string> {
  const secretHash = hashSecret(secret);
  const { accountId = "" } = input;
  await setAuthScope(tx, { accountId, tokenHash: secretHash });
  const expiresAt = sql`now() + make_interval(mins => ${lifetimeMinutes})`;
  await tx.insert(authChallenges).values({ ...input, secretHash, expiresAt });
  return secret;
}

const isOpen = (purpose: AuthChallengePurpose, secret: string) =>
  and(
    eq(authChallenges.secretHash, hashSecret(secret)),
    eq(authChallenges.purpose, purpose),
    isNull(authChallenges.consumedAt),
    gt(authChallenges.expiresAt, sql`now()`),
  );

const challengeColumns = {
  id: authChallenges.id,
  accountId: authChallenges.accountId,
  sessionId: authChallenges.sessionId,
  methods: authChallenges.methods,
  unmetPasswordRules: authChallenges.unmetPasswordRules,
  attemptsLeft: sql<number>`${maxAttempts}::int - ${authChallenges.attempts}`,
};

/** The open challenge with this secret, or null; needs a transaction scoped to the secret's hash. */
export async function authChallengeBySecret(tx: Tx, purpose: AuthChallengePurpose, secret: string) {
  const [challenge] = await tx.select(challengeColumns).from(authChallenges).where(and(isOpen(purpose, secret), lt(authChallenges.attempts, maxAttempts)));
  return challenge ?? null;
}

/** Counts one of five attempts, before the code is checked; null when none is left. */
export async function countChallengeAttempt(tx: Tx, purpose: AuthChallengePurpose, secret: string) {
  const [challenge] = await tx
    .update(authChallenges)
    .set({ attempts: sql`${authChallenges.attempts} + 1` })
    .where(and(isOpen(purpose, secret), lt(authChallenges.attempts, maxAttempts)))
    .returning(challengeColumns);
  return challenge ?? null;
}

/** Consumes a challenge atomically: of concurrent calls one gets it, the others get null. */
export async function consumeAuthChallenge(tx: Tx, purpose: AuthChallengePurpose, secret: string) {
  const [challenge] = await tx
    .update(authChallenges)
    .set({ consumedAt: sql`now()` })
    .where(isOpen(purpose, secret))
    .returning(challengeColumns);
  return challenge ?? null;
}

/** Voids the sign-ins of an account that are waiting for the second factor. */
export async function voidPendingSignIns(tx: Tx, accountId: string): Promise<void> {
  const pending = and(eq(authChallenges.accountId, accountId), eq(authChallenges.purpose, "second_factor"), isNull(authChallenges.consumedAt));
  await tx.update(authChallenges).set({ consumedAt: sql`now()` }).where(pending);
}
