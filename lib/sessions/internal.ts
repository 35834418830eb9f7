import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { v7 } from "uuid";
import { enqueue } from "@/db/queue";
import { accounts, loginTickets, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import type { RequestMetadata } from "@/lib/access/actor";
import { suspendedError } from "@/lib/accounts/rules";
import { createAuthChallenge, voidPendingSignIns } from "@/lib/auth-challenges/internal";
import { hashSecret, generateSecret } from "@/lib/kernel/secrets";
import { isMultiFactor, type AuthMethod, type ReturnTo } from "@/lib/shared/login-flow";
import { AppError } from "@/lib/shared/app-error";

/** Enqueues the audit entry of a failed login, for unknown emails too, so that timing does not reveal accounts. */
export function enqueueFailedLogin(tx: Tx, account: string, { ipAddress, userAgent, requestId }: RequestMetadata, note = "") {
  const request = { ipAddress: ipAddress ?? "", userAgent: userAgent ?? "", requestId: requestId ?? "" };
  return enqueue(tx, "session.refuse", { attempt: v7(), account, note, ...request });
}

/** The result of a primary login: a ticket for a session, or a challenge for the second factor. */
export type LoginResult = { kind: "ticket" | "challenge"; secret: string; accountId: string };

/**
 * Completes every kind of login: a challenge when the account needs a second factor, else a ticket. The lock makes a
 * concurrent change that ends all sessions also end this one.
 */
export async function completePrimaryAuth(tx: Tx, accountId: string, methods: AuthMethod[], returnTo?: ReturnTo): Promise<LoginResult> {
  const { twoFactorEnabledAt, suspendedAt } = accounts;
  const [account] = await tx.select({ twoFactorEnabledAt, suspendedAt }).from(accounts).where(eq(accounts.id, accountId)).for("share");
  if (!account) throw new AppError("unauthenticated", "There is no such account any more");
  if (account.suspendedAt) throw suspendedError();
  if (!account.twoFactorEnabledAt || isMultiFactor(methods)) return { kind: "ticket", secret: await createLoginTicket(tx, accountId, methods), accountId };
  const secret = await createAuthChallenge(tx, { purpose: "second_factor", accountId, methods, returnTo });
  return { kind: "challenge", secret, accountId };
}

/** Logs a login to a suspended account in a transaction of its own, because the failed one was rolled back. */
export const recordSuspendedLogin = (accountId: string, origin: RequestMetadata) => async (error: unknown): Promise<never> => {
  if (error instanceof AppError && error.code === "forbidden") await withAuthScope({}, (tx) => enqueueFailedLogin(tx, accountId, origin));
  throw error;
};

const ticketSeconds = 60;

async function createLoginTicket(tx: Tx, accountId: string, methods: AuthMethod[]): Promise<string> {
  const secret = generateSecret();
  const expiresAt = sql`now() + make_interval(secs => ${ticketSeconds})`;
  await tx.insert(loginTickets).values({ accountId, methods, secretHash: hashSecret(secret), expiresAt });
  return `${accountId}.${secret}`;
}

/** The content of the session cookie. */
export type SessionToken = { accountId: string; sessionId: string; secret: string };

type SessionRef = { sessionId: string; account: { id: string } };

/** Replaces the session's secret, so that copies of its cookie stop working. */
export async function rotateSessionSecret(tx: Tx, { account, sessionId }: SessionRef, change: PgUpdateSetSource<typeof sessions> = {}): Promise<SessionToken> {
  const secret = generateSecret();
  const updated = await tx
    .update(sessions)
    .set({ ...change, secretHash: hashSecret(secret) })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id });
  if (updated.length === 0) throw new AppError("unauthenticated", "You are signed out. Sign in again to continue");
  return { accountId: account.id, sessionId, secret };
}

/** Ends all other sessions and rotates this session's secret, since its cookie may have been copied. */
export async function revokeOtherSessions(tx: Tx, self: SessionRef, reason: string, change?: PgUpdateSetSource<typeof sessions>): Promise<SessionToken> {
  await revokeSessions(tx, self.account.id, reason, self.sessionId);
  return rotateSessionSecret(tx, self, change);
}

/** Ends all sessions and voids all login tickets and challenges of the account, except one session if given. */
export async function revokeSessions(tx: Tx, accountId: string, reason: string, exceptSessionId?: string) {
  const unused = and(eq(loginTickets.accountId, accountId), isNull(loginTickets.consumedAt));
  await tx.update(loginTickets).set({ consumedAt: sql`now()` }).where(unused);
  await voidPendingSignIns(tx, accountId);
  const active = and(eq(sessions.accountId, accountId), isNull(sessions.revokedAt));
  await tx
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokeReason: reason })
    .where(exceptSessionId ? and(active, ne(sessions.id, exceptSessionId)) : active);
}
