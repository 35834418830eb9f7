import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { v7 } from "uuid";
import { enqueue } from "@/db/queue";
import { accounts, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import type { RequestMetadata } from "@/lib/access/actor";
import { accountNameColumns } from "@/lib/accounts/queries";
import { describeClient, suspendedError } from "@/lib/accounts/rules";
import { createAuthChallenge, voidPendingSignIns } from "@/lib/auth-challenges/internal";
import { brand } from "@/lib/brand";
import { expectOne } from "@/lib/kernel/expect-one";
import type { AccountIdentity } from "@/lib/kernel/account-events";
import type { PublicContext, PublicOperation } from "@/lib/kernel/public-command";
import { hashSecret, generateSecret } from "@/lib/kernel/secrets";
import { isMultiFactor, type AuthMethod } from "@/lib/shared/login-flow";
import type { UnmetPasswordRules } from "@/lib/shared/password-rules";
import { AppError, SignedOutError } from "@/lib/shared/app-error";

/** Enqueues the audit entry of a failed login, for unknown emails too, so that timing does not reveal accounts. */
export function enqueueFailedLogin(tx: Tx, account: string, { ipAddress, userAgent, requestId }: RequestMetadata, note = "") {
  const request = { ipAddress: ipAddress ?? "", userAgent: userAgent ?? "", requestId: requestId ?? "" };
  return enqueue(tx, "session.refuse", { attempt: v7(), account, note, ...request });
}

/** The request of a login; `browserIdFor` identifies a trusted device of the account, which has limits of its own. */
export type LoginContext = PublicContext & { browserIdFor?: (accountId: string) => string | null };

type LoginOperation = Pick<PublicOperation, "record" | "mail" | "nothingChanged"> & { context: LoginContext };

/** The content of the session cookie. */
export type SessionToken = { accountId: string; sessionId: string; secret: string };

/** The result of a primary login: a new session, or a challenge for the second factor. */
export type LoginResult = { kind: "session"; token: SessionToken } | { kind: "challenge"; secret: string };

/**
 * Completes every kind of login in the transaction that verified it: opens a session, or creates a challenge when the
 * account needs a second factor. `unmetPasswordRules` are those that the typed password did not meet. The lock makes a
 * concurrent change that ends all sessions also end this one.
 */
export async function completePrimaryAuth(tx: Tx, operation: LoginOperation, accountId: string, methods: AuthMethod[], unmetPasswordRules: UnmetPasswordRules | null = null): Promise<LoginResult> {
  const { twoFactorEnabledAt, suspendedAt, lastSignInAt } = accounts;
  const columns = { ...accountNameColumns, twoFactorEnabledAt, suspendedAt, lastSignInAt };
  const [account] = await tx.select(columns).from(accounts).where(eq(accounts.id, accountId)).for("no key update");
  if (!account) throw new AppError("unauthenticated", "This account no longer exists");
  if (account.suspendedAt) throw suspendedError();
  if (!account.twoFactorEnabledAt || isMultiFactor(methods)) return { kind: "session", token: await openSession(tx, operation, account, { methods, unmetPasswordRules }) };
  operation.nothingChanged();
  return { kind: "challenge", secret: await createAuthChallenge(tx, { purpose: "second_factor", accountId, methods, unmetPasswordRules }) };
}

type LockedAccount = AccountIdentity & { lastSignInAt: Date | null };
type LoginProof = { methods: AuthMethod[]; unmetPasswordRules: UnmetPasswordRules | null };

/** Opens a session and emails the owner when the browser is not a trusted device of the account. */
async function openSession(tx: Tx, { context, record, mail }: LoginOperation, account: LockedAccount, proof: LoginProof): Promise<SessionToken> {
  const { id: accountId, email, lastSignInAt } = account;
  const secret = generateSecret();
  const { ipAddress, userAgent } = context.origin;
  const session = await expectOne(
    tx.insert(sessions).values({ accountId, secretHash: hashSecret(secret), ...proof, ipAddress, userAgent }).returning({ id: sessions.id }),
  );
  await tx.update(accounts).set({ lastSignInAt: sql`now()` }).where(eq(accounts.id, accountId));
  await record(account, "session.started");
  const isTrusted = (context.browserIdFor?.(accountId) ?? null) !== null;
  if (lastSignInAt && !isTrusted) await mail({ template: "new-sign-in", to: email, props: newSignInProps(context.origin) });
  return { accountId, sessionId: session.id, secret };
}

function newSignInProps(origin: RequestMetadata) {
  const { url } = brand();
  const links = { sessionsLink: `${url}/account?section=sessions`, recoverLink: `${url}/recover` };
  return { at: new Date().toISOString(), from: describeClient(origin), ...links };
}

/** Logs a login to a suspended account in a transaction of its own, because the failed one was rolled back. */
export const recordSuspendedLogin = (accountId: string, origin: RequestMetadata) => async (error: unknown): Promise<never> => {
  if (error instanceof AppError && error.code === "forbidden") await withAuthScope({}, (tx) => enqueueFailedLogin(tx, accountId, origin));
  throw error;
};

type SessionRef = { sessionId: string; account: { id: string } };

/** Replaces the session's secret, so that copies of its cookie stop working. */
export async function rotateSessionSecret(tx: Tx, { account, sessionId }: SessionRef, change: PgUpdateSetSource<typeof sessions> = {}): Promise<SessionToken> {
  const secret = generateSecret();
  const updated = await tx
    .update(sessions)
    .set({ ...change, secretHash: hashSecret(secret) })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id });
  if (updated.length === 0) throw new SignedOutError();
  return { accountId: account.id, sessionId, secret };
}

/** Ends all other sessions and rotates this session's secret, since its cookie may have been copied. */
export async function revokeOtherSessions(tx: Tx, self: SessionRef, reason: string, change?: PgUpdateSetSource<typeof sessions>): Promise<SessionToken> {
  await revokeSessions(tx, self.account.id, reason, self.sessionId);
  return rotateSessionSecret(tx, self, change);
}

/** Ends all sessions and voids all pending sign-ins of the account, except one session if given. */
export async function revokeSessions(tx: Tx, accountId: string, reason: string, exceptSessionId?: string) {
  await voidPendingSignIns(tx, accountId);
  const active = and(eq(sessions.accountId, accountId), isNull(sessions.revokedAt));
  await tx
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokeReason: reason })
    .where(exceptSessionId ? and(active, ne(sessions.id, exceptSessionId)) : active);
}
