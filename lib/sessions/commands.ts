import "server-only";
import { and, eq, gt, isNull, ne, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { NIL, v7 } from "uuid";
import { enqueue } from "@/db/queue";
import { accounts, loginTickets, sessions } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import type { Origin } from "@/lib/access/actor";
import { personByEmail } from "@/lib/accounts/queries";
import { placeOf } from "@/lib/accounts/rules";
import { SignIn } from "@/lib/accounts/schema";
import { brand } from "@/lib/brand";
import { beginChallenge, voidSignIns } from "@/lib/challenges/commands";
import { writeEntry } from "@/lib/kernel/audit";
import { actorFor, recordEverywhere } from "@/lib/kernel/history";
import { holdAccount } from "@/lib/kernel/hold";
import { post } from "@/lib/kernel/outbox";
import { parse } from "@/lib/kernel/parse";
import { ownCommand } from "@/lib/kernel/personal";
import { hashSecret, newSecret } from "@/lib/kernel/secret";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import type { Present } from "@/lib/sessions/queries";
import type { HeldMembership } from "@/lib/sessions/rules";
import { EndOtherSessions, EndSession } from "@/lib/sessions/schema";
import { forgive, giveBack, isUsedUp, reserve } from "@/lib/throttles/commands";
import { type LimitName, networkOf, partiesAt } from "@/lib/throttles/rules";
import { isStrong, type Method, type Wanted } from "@/lib/vocabulary/entrance";
import { Fault } from "@/lib/vocabulary/fault";
import { isId } from "@/lib/vocabulary/id";

const ticketSeconds = 60;
const mismatch = "Email and password do not match. Try again, or reset the password";
const notSignedIn = () => new Fault("invalid", mismatch, { password: [mismatch] });

/** Where a try to sign in comes from; a browser that was let in to the account before counts its own failures (AUT-6). */
export type Visit = { origin: Origin; browserIdFor?: (accountId: string) => string | null };

/** Compares email and password and lets in; every refusal costs and says the same (ACC-3, AUT-7). */
export async function signIn(raw: unknown, { origin, browserIdFor }: Visit, wanted?: Wanted): Promise<Entrance> {
  const { email, password } = parse(SignIn, raw);
  const network = networkOf(origin.address);
  const { counted, person } = await asVisitor({ email }, async (tx) => {
    const person = await personByEmail(tx, email);
    const browserId = browserIdFor?.(person?.id ?? NIL) ?? null;
    return { person, counted: await countTry(tx, email, network, browserId) };
  }).catch((limited: unknown) => noteLimited(email, origin, limited));
  const stored = person?.passwordHash ?? null;
  const parties = partiesAt(origin.address, email);
  const verdict = await verifyPassword(stored, password, parties).catch(async (crowded: unknown) => {
    await asVisitor({}, (tx) => inTurn([...counted.guesses, ...counted.pace], (limit, who) => giveBack(tx, limit, who)));
    throw crowded;
  });
  if (!person || !stored || !verdict.ok || person.suspendedAt) {
    await asVisitor({}, (tx) => refuse(tx, person?.id ?? v7(), origin));
    if (!person?.suspendedAt || !verdict.ok) throw notSignedIn();
    throw suspended();
  }
  const current = verdict.stale ? await hashPassword(password, parties) : stored;
  return asVisitor({ accountId: person.id }, async (tx) => {
    if (!(await keepPassword(tx, person.id, stored, current))) throw notSignedIn();
    await inTurn(counted.forgiven, (limit, who) => forgive(tx, limit, who));
    await inTurn(counted.guesses, (limit, who) => giveBack(tx, limit, who));
    return finishLogin(tx, person.id, ["password"], wanted);
  });
}

/** Tries that a limit turns away are on the record once a quarter of an hour: one by one a stranger could fill the log (AUD-1). */
async function noteLimited(email: string, origin: Origin, limited: unknown): Promise<never> {
  const isFirst = limited instanceof Fault && limited.code === "busy" && (await isGranted(asVisitor({}, (tx) => reserve(tx, "limited_entry", email))));
  if (isFirst) {
    await asVisitor({ email }, async (tx) => refuse(tx, (await personByEmail(tx, email))?.id ?? v7(), origin, "too many tries"));
  }
  throw limited;
}

const isGranted = (reserved: Promise<void>) =>
  reserved.then(
    () => true,
    (fault: unknown) => {
      if (fault instanceof Fault) return false;
      throw fault;
    },
  );

type Try = readonly [limit: LimitName, who: string];

async function inTurn(tries: readonly Try[], work: (...one: Try) => Promise<void>) {
  for (const one of tries) await work(...one);
}

/**
 * Counts a try under all that limits it: a success takes the guesses back and leaves the pace. A known browser answers
 * for itself alone, and goes on as a stranger when its own tries are used up (AUT-6).
 */
async function countTry(tx: Tx, email: string, network: string, browserId: string | null) {
  const own: Try = ["sign_in_known", `${email} ${browserId ?? ""}`];
  const known = browserId !== null && !(await isUsedUp(tx, ...own));
  const forgiven: Try[] = known ? [own] : [["sign_in", email], ...(browserId ? [own] : [])];
  const guesses: Try[] = known ? [own] : [["sign_in", email], ["sign_in_address", network]];
  const pace: Try[] = known
    ? [["sign_in_pace", own[1]], ["sign_in_address_pace", `known ${network}`]]
    : [["sign_in_pace", email], ["sign_in_address_pace", network]];
  await inTurn([...guesses, ...pace], (limit, who) => reserve(tx, limit, who));
  return { guesses, pace, forgiven };
}

/** Has a refusal written by a job, for addresses without an account too: writing it at once would take a time that tells them apart. */
export function refuse(tx: Tx, account: string, { address, browser, requestId }: Origin, note = "") {
  const from = { address: address ?? "", browser: browser ?? "", requestId: requestId ?? "" };
  return enqueue(tx, "session.refuse", { attempt: v7(), account, note, ...from });
}

/** Holds the account at the password that was compared, rehashed where it was weak; false when it is another by now. */
async function keepPassword(tx: Tx, accountId: string, compared: string, current: string): Promise<boolean> {
  const same = and(eq(accounts.id, accountId), eq(accounts.passwordHash, compared), isNull(accounts.suspendedAt));
  const held =
    compared === current
      ? await tx.select({ id: accounts.id }).from(accounts).where(same).for("share")
      : await tx.update(accounts).set({ passwordHash: current }).where(same).returning({ id: accounts.id });
  return held.length > 0;
}

/** What a road into an account leads to: a ticket for a session, or a second factor that is still to be met. */
export type Entrance = { kind: "ticket" | "challenge"; secret: string; accountId: string };

/**
 * Where every road into an account ends (MFA-6): its second factor first, where it has one and the road has not met it.
 * The account is held as it is, so that what ends its sessions meanwhile waits, and then ends this one too.
 */
export async function finishLogin(tx: Tx, accountId: string, methods: Method[], wanted?: Wanted): Promise<Entrance> {
  const { twoFactorSince, suspendedAt } = accounts;
  const [account] = await tx.select({ twoFactorSince, suspendedAt }).from(accounts).where(eq(accounts.id, accountId)).for("share");
  if (!account) throw new Fault("unauthenticated", "There is no such account any more");
  if (account.suspendedAt) throw suspended();
  if (!account.twoFactorSince || isStrong(methods)) return { kind: "ticket", secret: await newTicket(tx, accountId, methods), accountId };
  const secret = await beginChallenge(tx, { purpose: "second_factor", accountId, methods, wanted });
  return { kind: "challenge", secret, accountId };
}

/** What a suspended account is told on every road, with whom to write to (PWD-3). */
export const suspended = () => new Fault("forbidden", `This account is suspended. Write to ${brand().supportEmail}`);

/** Has it on the record when a road ends at an account that is suspended, which undid all that was written on the way (AUD-1). */
export const noteSuspended = (accountId: string, origin: Origin) => async (fault: unknown): Promise<never> => {
  if (fault instanceof Fault && fault.code === "forbidden") await asVisitor({}, (tx) => refuse(tx, accountId, origin));
  throw fault;
};

async function newTicket(tx: Tx, accountId: string, methods: Method[]): Promise<string> {
  const secret = newSecret();
  const expiresAt = sql`now() + make_interval(secs => ${ticketSeconds})`;
  await tx.insert(loginTickets).values({ accountId, methods, secretHash: hashSecret(secret), expiresAt });
  return `${accountId}.${secret}`;
}

/**
 * Trades a ticket for a new session, once; null for anything but a fresh ticket (SES-2). The owner is told of a browser
 * that is not known to the account, save the one they began with (AUT-9).
 */
export async function openSession(ticket: string, origin: Origin, isKnown: (accountId: string) => boolean = () => true) {
  const [accountId = "", secret = ""] = ticket.split(".");
  if (!isId(accountId)) return null;
  return asVisitor({ accountId }, async (tx) => {
    await holdAccount(tx, accountId, "no key update");
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
    const [before] = await tx.select({ lastSignInAt: accounts.lastSignInAt }).from(accounts).where(eq(accounts.id, accountId));
    const [person] = await tx.update(accounts).set({ lastSignInAt: sql`now()` }).where(eq(accounts.id, accountId)).returning(personColumns);
    if (!session || !person) return null;
    await recordEverywhere(tx, person, origin, "session.started");
    if (before?.lastSignInAt && !isKnown(accountId)) await tellOfBrowser(tx, person.email, origin);
    return { accountId, sessionId: session.id, secret: key };
  });
}

async function tellOfBrowser(tx: Tx, to: string, origin: Origin) {
  const { url } = brand();
  const links = { sessionsLink: `${url}/account?section=sessions`, recoverLink: `${url}/recover` };
  await post(tx, { template: "new-sign-in", to, props: { at: new Date().toISOString(), from: placeOf(origin), ...links } });
}

export const personColumns = {
  id: accounts.id,
  email: accounts.email,
  firstName: accounts.firstName,
  lastName: accounts.lastName,
};

/** Notes that a session is in use, and where; called at most once a minute and never for a prefetch (SES-5). */
export function touchSession({ sessionId, account, memberships }: Present, orgId: string | null, origin: Origin) {
  return asVisitor({ accountId: account.id }, async (tx) => {
    const entered = memberships.find((held) => held.orgId === orgId);
    if (entered && entered.orgId !== account.lastOrganizationId) await enter(tx, account, entered, origin);
    await tx.update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, sessionId));
  });
}

async function enter(tx: Tx, account: Present["account"], entered: HeldMembership, origin: Origin) {
  const elsewhere = sql`${accounts.lastOrganizationId} is distinct from ${entered.orgId}`;
  const moved = await tx
    .update(accounts)
    .set({ lastOrganizationId: entered.orgId })
    .where(and(eq(accounts.id, account.id), elsewhere))
    .returning({ id: accounts.id });
  if (moved.length === 0) return;
  const actor = { ...actorFor(account), orgId: entered.orgId, origin };
  await writeEntry(tx, actor, "organization.accessed", { subject: { id: entered.orgId, label: entered.orgName } });
}

/** Signs a browser out; its session is dead from the next request on, in every process (SES-7). */
export function endSession({ sessionId, account }: Pick<Present, "sessionId" | "account">, origin: Origin, reason = "signed out") {
  return asVisitor({ accountId: account.id }, async (tx) => {
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: sql`now()`, revokeReason: reason })
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    if (ended.length > 0) await recordEverywhere(tx, account, origin, "session.ended");
  });
}

/** Ends one of the person's other sessions; its browser is signed out with its next request, in every process (SES-8). */
export const endOwnSession = ownCommand({
  input: EndSession,
  async run({ tx, self, record }, { sessionId }) {
    if (sessionId === self.sessionId) throw new Fault("conflict", "This is the session you are in. Sign out instead");
    const [ended] = await tx
      .update(sessions)
      .set({ revokedAt: sql`now()`, revokeReason: "ended by its owner" })
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
      .returning({ address: sessions.address, browser: sessions.browser });
    if (!ended) throw new Fault("not_found", "This session has ended already");
    await record("session.revoked", { note: `of ${placeOf(ended)}` });
  },
});

/** Ends all of the person's sessions but the one they are in, which goes on under a new key (SES-8, SES-2). */
export const endOtherSessions = ownCommand({
  input: EndOtherSessions,
  async run({ tx, self, record }) {
    const token = await endOthers(tx, self, "ended by its owner");
    await record("session.revoked", { note: "in all other browsers" });
    return token;
  },
});

/** What a browser holds of its session once the session has a new key. */
export type SessionToken = { accountId: string; sessionId: string; secret: string };

/** Gives a session that goes on a new key: whoever has a copy of the one before is out (SES-2). */
export async function renewKey(tx: Tx, { account, sessionId }: Whose, change: PgUpdateSetSource<typeof sessions> = {}): Promise<SessionToken> {
  const secret = newSecret();
  const kept = await tx
    .update(sessions)
    .set({ ...change, secretHash: hashSecret(secret) })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id });
  if (kept.length === 0) throw new Fault("unauthenticated", "You are signed out. Sign in again to continue");
  return { accountId: account.id, sessionId, secret };
}

type Whose = { sessionId: string; account: { id: string } };

/** Signs everybody out but the browser that asks, which gets a new key, since its cookie may have been copied (SES-2, AUT-4). */
export async function endOthers(tx: Tx, self: Whose, reason: string, change?: PgUpdateSetSource<typeof sessions>): Promise<SessionToken> {
  await endSessions(tx, self.account.id, reason, self.sessionId);
  return renewKey(tx, self, change);
}

/** Ends all sessions of the account, and those about to begin, but for the one that is kept. */
export async function endSessions(tx: Tx, accountId: string, reason: string, kept?: string) {
  const unused = and(eq(loginTickets.accountId, accountId), isNull(loginTickets.consumedAt));
  await tx.update(loginTickets).set({ consumedAt: sql`now()` }).where(unused);
  await voidSignIns(tx, accountId);
  const own = and(eq(sessions.accountId, accountId), isNull(sessions.revokedAt));
  await tx
    .update(sessions)
    .set({ revokedAt: sql`now()`, revokeReason: reason })
    .where(kept ? and(own, ne(sessions.id, kept)) : own);
}
