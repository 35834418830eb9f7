import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { v7 } from "uuid";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { linkedAccounts, tokenRevocations } from "@/db/schema";
import { systemAgent } from "@/lib/accounts/internal";
import { type ApplicationTokens, canRevoke, refreshApplicationTokens, revokeApplicationTokens } from "@/lib/integrations/applications";
import { OAuthProviderError } from "@/lib/integrations/oauth-provider-error";
import { agentActor, noRequest } from "@/lib/kernel/account-events";
import { writeAuditEntry } from "@/lib/kernel/audit";
import { job } from "@/lib/kernel/job";
import { decryptTokens, encryptTokens, hasTokens, type LinkedAccountKey, tokenColumns, withLinkedAccount } from "@/lib/linked-accounts/internal";
import { auditSubject, isRefusal, revocationDays } from "@/lib/linked-accounts/rules";

const maxRows = 50;
const concurrency = 5;
/** How long claimed tokens belong to the worker that works on them. */
const claimSeconds = 60;

const inSeconds = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`;

// One that fails does not keep the others waiting.
async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const results: PromiseSettledResult<void>[] = [];
  for (let at = 0; at < items.length; at += concurrency) results.push(...(await Promise.allSettled(items.slice(at, at + concurrency).map(work))));
  const failed = results.find(({ status }) => status === "rejected");
  if (failed) throw (failed as PromiseRejectedResult).reason;
}

const claimed = { id: linkedAccounts.id, application: linkedAccounts.application, name: linkedAccounts.name, encryptedTokens: linkedAccounts.encryptedTokens, expiresAt: linkedAccounts.expiresAt };

/** Claims an account whose tokens are due, by one worker at a time: a refresh token may work only once. */
const claim = (key: LinkedAccountKey) =>
  withLinkedAccount(key, async (tx) => {
    const isDue = and(eq(linkedAccounts.id, key.id), lte(linkedAccounts.refreshAt, sql`now()`));
    const [row] = await tx.update(linkedAccounts).set({ refreshAt: inSeconds(claimSeconds) }).where(isDue).returning(claimed);
    return row;
  });

type Claimed = NonNullable<Awaited<ReturnType<typeof claim>>>;

async function refresh(key: LinkedAccountKey): Promise<void> {
  const account = await claim(key);
  if (!account) return;
  const { refreshToken } = decryptTokens(account.id, account.encryptedTokens);
  try {
    if (!refreshToken) throw new OAuthProviderError("failed", "invalid_grant");
    await storeTokens(key, account, await refreshApplicationTokens(account.application, refreshToken));
  } catch (error) {
    if (!(error instanceof OAuthProviderError)) throw error;
    if (isRefusal(error.remark, account.expiresAt)) await markFailed(key, account);
  }
}

const storeAttempts = 5;

// The old refresh token may be void already, so the new one must not get lost.
async function storeTokens(key: LinkedAccountKey, account: Claimed, tokens: ApplicationTokens): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await storeOrRevoke(key, account, tokens);
    } catch (error) {
      if (attempt === storeAttempts) throw error;
      await pause(200 * 2 ** attempt);
    }
  }
}

// An account that was unlinked meanwhile keeps no tokens; one that was linked again has newer ones.
async function storeOrRevoke(key: LinkedAccountKey, { id, application, encryptedTokens }: Claimed, tokens: ApplicationTokens): Promise<void> {
  const isLinked = await withLinkedAccount(key, async (tx) => {
    await tx.update(linkedAccounts).set(tokenColumns(id, tokens)).where(hasTokens(id, encryptedTokens));
    return (await tx.select({ id: linkedAccounts.id }).from(linkedAccounts).where(eq(linkedAccounts.id, id))).length > 0;
  });
  if (isLinked) return;
  const revocationId = v7();
  await withWorkerScope((tx) => tx.insert(tokenRevocations).values({ id: revocationId, application, encryptedTokens: encryptTokens(revocationId, tokens) }));
}

const markFailed = (key: LinkedAccountKey, account: Claimed) =>
  withLinkedAccount(key, async (tx) => {
    const failed = await tx.update(linkedAccounts).set({ failedAt: sql`now()`, refreshAt: null }).where(hasTokens(account.id, account.encryptedTokens)).returning({ id: linkedAccounts.id });
    const actor = { ...agentActor(systemAgent()), orgId: key.orgId, origin: noRequest };
    if (failed.length > 0) await writeAuditEntry(tx, actor, "linked_account.failed", { subject: auditSubject(account) });
  });

/** Claims revocations that are due; each failed attempt doubles the pause, up to an hour. */
const claimRevocations = () =>
  withWorkerScope((tx) => {
    const due = sql`select r.id from ${tokenRevocations} r where r.next_attempt_at <= now() order by r.next_attempt_at limit ${maxRows} for update skip locked`;
    const nextAttemptAt = sql`now() + least(interval '1 minute' * power(2, least(${tokenRevocations.attempts}, 6)), interval '1 hour')`;
    return tx.update(tokenRevocations).set({ attempts: sql`${tokenRevocations.attempts} + 1`, nextAttemptAt }).where(inArray(tokenRevocations.id, sql`(${due})`)).returning();
  });

const isOverdue = (createdAt: Date) => Date.now() - createdAt.getTime() > revocationDays * 86_400_000;

/** Revokes the tokens of one row; false when they are given up. */
async function revoke({ id, application, encryptedTokens, createdAt }: typeof tokenRevocations.$inferSelect): Promise<boolean> {
  try {
    if (canRevoke(application)) await revokeApplicationTokens(application, decryptTokens(id, encryptedTokens));
  } catch (error) {
    if (!(error instanceof OAuthProviderError)) throw error;
    if (!isOverdue(createdAt)) return true;
    await forget(id);
    return false;
  }
  await forget(id);
  return true;
}

const forget = (id: string) => withWorkerScope((tx) => tx.delete(tokenRevocations).where(eq(tokenRevocations.id, id)));

export const jobs = [
  job({
    name: "linked_accounts.refresh",
    cron: "* * * * *",
    input: z.object({}),
    async run() {
      const due = await withWorkerScope((tx) => tx.execute<LinkedAccountKey>(sql`select organization_id as "orgId", id from linked_accounts_to_refresh(${maxRows})`));
      await inTurns(due, refresh);
    },
  }),
  job({
    name: "linked_accounts.revoke",
    cron: "* * * * *",
    input: z.object({}),
    async run() {
      let givenUp = 0;
      await inTurns(await claimRevocations(), async (row) => {
        if (!(await revoke(row))) givenUp += 1;
      });
      if (givenUp > 0) throw new Error(`The tokens of ${givenUp} unlinked accounts could not be revoked for ${revocationDays} days`);
    },
  }),
];
