import "server-only";
import { eq, lt, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { accounts, authChallenges, emailTokens, sessions, rateLimitCounters, usageEvents } from "@/db/schema";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { recordAccountEvent } from "@/lib/kernel/account-events";
import { type Job, job } from "@/lib/kernel/job";
import { accountNameColumns } from "@/lib/accounts/queries";

const emptyAsNull = z.pipe(
  z.string(),
  z.transform((text) => text || null),
);
const FailedLogin = z.object({ attempt: z.uuid(), account: z.uuid(), note: z._default(z.string(), ""), ipAddress: emptyAsNull, userAgent: emptyAsNull, requestId: emptyAsNull });

const recordFailedLogin = job({
  name: "session.refuse",
  input: FailedLogin,
  run: ({ attempt, account, note, ...origin }) =>
    withAuthScope({ accountId: account }, async (tx) => {
      const [person] = await tx.select(accountNameColumns).from(accounts).where(eq(accounts.id, account));
      if (person) await recordAccountEvent(tx, person, origin, "session.refused", { id: attempt, note });
    }),
});

// Row policies show the worker only expired rows of these tables.
const purgeExpired = job({
  name: "session.tidy",
  cron: "17 * * * *",
  input: z.unknown(),
  run: () =>
    withWorkerScope(async (tx) => {
      await tx.delete(emailTokens).where(lt(emailTokens.expiresAt, sql`now() - interval '7 days'`));
      await tx.delete(authChallenges).where(lt(authChallenges.expiresAt, sql`now() - interval '1 hour'`));
      await tx.delete(usageEvents).where(lt(usageEvents.occurredAt, sql`now() - interval '90 days'`));
      await tx.delete(sessions).where(lt(sessions.authTime, sql`now() - interval '15 days'`));
      await tx.delete(rateLimitCounters).where(lt(rateLimitCounters.lastFailureAt, sql`now() - interval '30 days'`));
    }),
});

export const jobs: Job[] = [recordFailedLogin, purgeExpired];
