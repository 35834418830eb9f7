import "server-only";
import { and, eq, gt, isNull, ne, sql } from "drizzle-orm";
import { asVisitor } from "@/db/second-door";
import { accountEvents, accounts, loginTickets, sessions } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Origin } from "@/lib/access/actor";
import { writeEntry } from "@/lib/kernel/audit";
import { hashSecret, newSecret } from "@/lib/kernel/secret";
import type { Account, Present } from "@/lib/sessions/queries";
import type { EventName } from "@/lib/vocabulary/events";

const ticketSeconds = 60;

export type Method = "password" | "link";

type Person = Pick<Account, "id" | "email" | "firstName" | "lastName">;

/** Writes what happened to an account into the audit log of each of its organizations, and into its own history. */
export async function recordEverywhere(tx: Tx, person: Person, origin: Origin, name: EventName, note = "") {
  const { id, email, firstName, lastName } = person;
  const orgs = await tx.execute<{ id: string }>(sql`select organization_id as id from memberships order by 1`);
  const actor = { kind: "account" as const, id, name: `${firstName} ${lastName}`, email, membershipId: null, grants: [] };
  for (const org of orgs) {
    const entry = { subject: { id, label: email }, note };
    await writeEntry(tx, { ...actor, orgId: org.id, origin }, name, entry);
  }
  const { address, browser } = origin;
  await tx.insert(accountEvents).values({ accountId: id, name, detail: note ? { note } : null, address, browser });
}

/** The end of every road into an account: a ticket that opens one session within a minute. */
export async function finishLogin(tx: Tx, accountId: string, methods: Method[]): Promise<string> {
  const secret = newSecret();
  const expiresAt = sql`now() + make_interval(secs => ${ticketSeconds})`;
  await tx.insert(loginTickets).values({ accountId, methods, secretHash: hashSecret(secret), expiresAt });
  return `${accountId}.${secret}`;
}

/** Trades a ticket for a new session, once; null for anything but a fresh ticket (SES-2). */
export async function openSession(ticket: string, origin: Origin) {
  const [accountId = "", secret = ""] = ticket.split(".");
  if (!/^[0-9a-f-]{36}$/.test(accountId)) return null;
  return asVisitor({ accountId }, async (tx) => {
    const [redeemed] = await tx
      .update(loginTickets)
      .set({ consumedAt: sql`now()` })
      .where(and(eq(loginTickets.secretHash, hashSecret(secret)), isNull(loginTickets.consumedAt), gt(loginTickets.expiresAt, sql`now()`)))
      .returning({ methods: loginTickets.methods });
    if (!redeemed) return null;
    const key = newSecret();
    const { address, browser } = origin;
    const [session] = await tx
      .insert(sessions)
      .values({ accountId, secretHash: hashSecret(key), methods: redeemed.methods, address, browser })
      .returning({ id: sessions.id });
    const [person] = await tx.update(accounts).set({ lastSignInAt: sql`now()` }).where(eq(accounts.id, accountId)).returning(personColumns);
    if (!session || !person) return null;
    await recordEverywhere(tx, person, origin, "session.started");
    return { accountId, sessionId: session.id, secret: key };
  });
}

export const personColumns = {
  id: accounts.id,
  email: accounts.email,
  firstName: accounts.firstName,
  lastName: accounts.lastName,
};

/** Notes that a session is in use, and where; called at most once a minute and never for a prefetch (SES-5). */
export function touchSession({ sessionId, account }: Present, orgId: string | null) {
  return asVisitor({ accountId: account.id }, async (tx) => {
    await tx.update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, sessionId));
    if (orgId && orgId !== account.lastOrganizationId) {
      await tx.update(accounts).set({ lastOrganizationId: orgId }).where(eq(accounts.id, account.id));
    }
  });
}

/** Signs a browser out; its session is dead from the next request on, in every process (SES-7). */
export function endSession({ sessionId, account }: Present, origin: Origin) {
  return asVisitor({ accountId: account.id }, async (tx) => {
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: sql`now()`, revokeReason: "signed out" })
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    if (ended.length > 0) await recordEverywhere(tx, account, origin, "session.ended");
  });
}

/** Ends all sessions of the account in the transaction at hand, but for the one that is kept. */
export function endSessions(tx: Tx, accountId: string, reason: string, kept?: string) {
  const own = and(eq(sessions.accountId, accountId), isNull(sessions.revokedAt));
  return tx
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokeReason: reason })
    .where(kept ? and(own, ne(sessions.id, kept)) : own);
}
