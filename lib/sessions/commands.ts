import "server-only";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { NIL, v7 } from "uuid";
import { accounts, memberships, organizations, sessions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import type { RequestMetadata } from "@/lib/access/actor";
import { accountByEmail, passwordRulesOfOrganizations } from "@/lib/accounts/queries";
import { describeClient, suspendedError } from "@/lib/accounts/rules";
import { SignIn } from "@/lib/accounts/schema";
import { expectOne } from "@/lib/kernel/expect-one";
import { lockAccount } from "@/lib/kernel/lock-account";
import { accountCommand } from "@/lib/kernel/account-command";
import { publicCommand, type PublicContext } from "@/lib/kernel/public-command";
import { hashPassword, verifyPassword } from "@/lib/passwords/hash";
import { enqueueFailedLogin, completePrimaryAuth, type LoginContext, revokeOtherSessions } from "@/lib/sessions/internal";
import type { AuthSession } from "@/lib/sessions/queries";
import { EndOtherSessions, EndOwnSession, EndSession, UpdateLastSeen } from "@/lib/sessions/schema";
import { resetLimit, refundLimit, isLimitExhausted, consumeLimit } from "@/lib/kernel/rate-limits";
import { type RateLimitName, ipNetwork, hashQueueKeys } from "@/lib/kernel/rate-limit-config";
import { AppError } from "@/lib/shared/app-error";
import { unmetPasswordRules } from "@/lib/shared/password-rules";

const credentialsMismatch = "Email and password don’t match. Try again, or reset your password";

const wrongCredentials = () => new AppError("invalid", credentialsMismatch, { password: [credentialsMismatch] });

/** Signs in with email and password; all refusals take the same time and have the same message. */
export const signIn = publicCommand({
  input: SignIn,
  prepare: verifyCredentials,
  scope: (_context, _input, { accountId }) => ({ accountId }),
  async run({ tx, prepared: { accountId, verifiedHash, currentHash, limits }, ...operation }, { password }) {
    if (!(await lockPasswordUnchanged(tx, accountId, verifiedHash, currentHash))) throw wrongCredentials();
    // Only now is the password known, so that it can be compared with rules that are newer than it.
    const unmet = unmetPasswordRules(password, await passwordRulesOfOrganizations(tx));
    const loginResult = await completePrimaryAuth(tx, operation, accountId, ["password"], unmet);
    await forEachLimit(limits.resetOnSuccess, (limit, subject) => resetLimit(tx, limit, subject));
    await forEachLimit(limits.guesses, (limit, subject) => refundLimit(tx, limit, subject));
    return loginResult;
  },
});

async function verifyCredentials({ origin, browserIdFor }: LoginContext, { email, password }: { email: string; password: string }) {
  const network = ipNetwork(origin.ipAddress);
  const { limits, person } = await withAuthScope({ email }, async (tx) => {
    const person = await accountByEmail(tx, email);
    const browserId = browserIdFor?.(person?.id ?? NIL) ?? null;
    return { person, limits: await consumeLoginLimits(tx, email, network, browserId) };
  }).catch((error: unknown) => recordRateLimited(email, origin, error));
  const stored = person?.passwordHash ?? null;
  const queueKeys = hashQueueKeys(origin.ipAddress, email);
  const verdict = await verifyPassword(stored, password, queueKeys).catch(async (error: unknown) => {
    await withAuthScope({}, (tx) => forEachLimit([...limits.guesses, ...limits.totals], (limit, subject) => refundLimit(tx, limit, subject)));
    throw error;
  });
  if (!person || !stored || !verdict.ok || person.suspendedAt) {
    await withAuthScope({}, (tx) => enqueueFailedLogin(tx, person?.id ?? v7(), origin));
    if (!person?.suspendedAt || !verdict.ok) throw wrongCredentials();
    throw suspendedError();
  }
  const currentHash = verdict.needsRehash ? await hashPassword(password, queueKeys) : stored;
  return { accountId: person.id, verifiedHash: stored, currentHash, limits };
}

/** Logs rate-limited attempts at most once in 15 minutes, so that an attacker cannot fill the audit log. */
async function recordRateLimited(email: string, origin: RequestMetadata, error: unknown): Promise<never> {
  const isFirst = error instanceof AppError && error.code === "busy" && (await isWithinLimit(withAuthScope({}, (tx) => consumeLimit(tx, "rate_limit_audit", email))));
  if (isFirst) {
    await withAuthScope({ email }, async (tx) => enqueueFailedLogin(tx, (await accountByEmail(tx, email))?.id ?? v7(), origin, "too many attempts"));
  }
  throw error;
}

const isWithinLimit = (consumed: Promise<void>) =>
  consumed.then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError) return false;
      throw error;
    },
  );

type LimitKey = readonly [limit: RateLimitName, subject: string];

async function forEachLimit(keys: readonly LimitKey[], work: (...key: LimitKey) => Promise<void>) {
  for (const key of keys) await work(...key);
}

/**
 * Counts an attempt under all its limits; a success refunds `guesses` but not `totals`. A trusted device has its own
 * limits, and falls back to the general ones when these are exhausted.
 */
async function consumeLoginLimits(tx: Tx, email: string, network: string, browserId: string | null) {
  const deviceKey: LimitKey = ["sign_in_trusted_device", `${email} ${browserId ?? ""}`];
  const isTrusted = browserId !== null && !(await isLimitExhausted(tx, ...deviceKey));
  const resetOnSuccess: LimitKey[] = isTrusted ? [deviceKey] : [["sign_in", email], ...(browserId ? [deviceKey] : [])];
  const guesses: LimitKey[] = isTrusted ? [deviceKey] : [["sign_in", email], ["sign_in_network", network]];
  const totals: LimitKey[] = isTrusted
    ? [["sign_in_total", deviceKey[1]], ["sign_in_network_total", `known ${network}`]]
    : [["sign_in_total", email], ["sign_in_network_total", network]];
  await forEachLimit([...guesses, ...totals], (limit, subject) => consumeLimit(tx, limit, subject));
  return { guesses, totals, resetOnSuccess };
}

/** Locks the account if its password is still the verified one, and stores the new hash; false when it has changed. */
async function lockPasswordUnchanged(tx: Tx, accountId: string, verifiedHash: string, currentHash: string): Promise<boolean> {
  const same = and(eq(accounts.id, accountId), eq(accounts.passwordHash, verifiedHash), isNull(accounts.suspendedAt));
  const rows =
    verifiedHash === currentHash
      ? await tx.select({ id: accounts.id }).from(accounts).where(same).for("no key update")
      : await tx.update(accounts).set({ passwordHash: currentHash }).where(same).returning({ id: accounts.id });
  return rows.length > 0;
}

/** Records the use of a session and its organization; called at most once a minute and never for a prefetch. */
export const updateLastSeen = accountCommand({
  input: UpdateLastSeen,
  async run({ tx, self: { sessionId, account }, recordInOrg, nothingChanged }, { orgId }) {
    nothingChanged();
    await tx.update(sessions).set({ lastSeenAt: sql`now()` }).where(eq(sessions.id, sessionId));
    if (orgId === null) return;
    if ((await switchOrg(tx, account.id, orgId)) && (await lockMembership(tx, account.id, orgId))) {
      const { name } = await expectOne(tx.select({ name: organizations.name }).from(organizations).where(eq(organizations.id, orgId)));
      await recordInOrg(orgId, "organization.accessed", { subject: { id: orgId, label: name } });
    }
    await updateLastUsed(tx, account.id, orgId);
  },
});

/** Notes that the access to an organization is used, at most every ten minutes. */
async function updateLastUsed(tx: Tx, accountId: string, orgId: string) {
  const isOld = or(isNull(memberships.lastSeenAt), lt(memberships.lastSeenAt, sql`now() - interval '10 minutes'`));
  const own = and(eq(memberships.accountId, accountId), eq(memberships.organizationId, orgId));
  await tx.update(memberships).set({ lastSeenAt: sql`now()`, updatedAt: sql`${memberships.updatedAt}` }).where(and(own, isOld));
}

/** Makes it the organization used last; false when it was that already. */
async function switchOrg(tx: Tx, accountId: string, orgId: string): Promise<boolean> {
  const isOtherOrg = sql`${accounts.lastOrganizationId} is distinct from ${orgId}`;
  const updated = await tx
    .update(accounts)
    .set({ lastOrganizationId: orgId })
    .where(and(eq(accounts.id, accountId), isOtherOrg))
    .returning({ id: accounts.id });
  return updated.length > 0;
}

/** False when the access was revoked meanwhile: row security would refuse the entry. */
async function lockMembership(tx: Tx, accountId: string, orgId: string): Promise<boolean> {
  const own = and(eq(memberships.accountId, accountId), eq(memberships.organizationId, orgId));
  const locked = await tx.select({ id: memberships.id }).from(memberships).where(own).for("key share");
  return locked.length > 0;
}

type SessionContext = PublicContext & Pick<AuthSession, "sessionId" | "account">;

/** Signs out: revokes the session for all servers, effective from the next request; a session that has ended stays so. */
export const endSession = publicCommand({
  input: EndSession,
  scope: ({ account }: SessionContext) => ({ accountId: account.id }),
  async run({ tx, context: { sessionId, account }, record, nothingChanged }, { reason }) {
    nothingChanged();
    await lockAccount(tx, account.id, "no key update");
    const ended = await tx
      .update(sessions)
      .set({ revokedAt: sql`now()`, revokeReason: reason })
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    if (ended.length > 0) await record(account, "session.ended");
  },
});

/** Ends another session of the account. */
export const endOwnSession = accountCommand({
  input: EndOwnSession,
  async run({ tx, self, record }, { sessionId }) {
    if (sessionId === self.sessionId) throw new AppError("conflict", "This is your current session. Sign out instead");
    const [ended] = await tx
      .update(sessions)
      .set({ revokedAt: sql`now()`, revokeReason: "ended by its owner" })
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)))
      .returning({ ipAddress: sessions.ipAddress, userAgent: sessions.userAgent });
    if (!ended) throw new AppError("not_found", "This session has already ended");
    await record("session.revoked", { note: `of ${describeClient(ended)}` });
  },
});

/** Ends all other sessions of the account and rotates this session's secret. */
export const endOtherSessions = accountCommand({
  input: EndOtherSessions,
  async run({ tx, self, record }) {
    const token = await revokeOtherSessions(tx, self, "ended by its owner");
    await record("session.revoked", { note: "in all other browsers" });
    return token;
  },
});
