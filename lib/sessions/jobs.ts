import "server-only";
import { eq, lt, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { accounts, challenges, links, loginTickets, sessions, throttles, usageEvents } from "@/db/schema";
import { asVisitor, asWorker } from "@/db/second-door";
import { recordEverywhere } from "@/lib/kernel/history";
import { type Job, job } from "@/lib/kernel/job";
import { personColumns } from "@/lib/sessions/commands";

const emptyAsNull = z.pipe(
  z.string(),
  z.transform((text) => text || null),
);
const FailedLogin = z.object({ attempt: z.uuid(), account: z.uuid(), note: z._default(z.string(), ""), address: emptyAsNull, browser: emptyAsNull, requestId: emptyAsNull });

const recordFailedLogin = job({
  name: "session.refuse",
  input: FailedLogin,
  run: ({ attempt, account, note, ...origin }) =>
    asVisitor({ accountId: account }, async (tx) => {
      const [person] = await tx.select(personColumns).from(accounts).where(eq(accounts.id, account));
      if (person) await recordEverywhere(tx, person, origin, "session.refused", { id: attempt, note });
    }),
});

// Row policies show the worker only expired rows of these tables.
const purgeExpired = job({
  name: "session.tidy",
  cron: "17 * * * *",
  input: z.unknown(),
  run: () =>
    asWorker(async (tx) => {
      await tx.delete(links).where(lt(links.expiresAt, sql`now() - interval '7 days'`));
      await tx.delete(loginTickets).where(lt(loginTickets.expiresAt, sql`now() - interval '1 hour'`));
      await tx.delete(challenges).where(lt(challenges.expiresAt, sql`now() - interval '1 hour'`));
      await tx.delete(usageEvents).where(lt(usageEvents.occurredAt, sql`now() - interval '90 days'`));
      await tx.delete(sessions).where(lt(sessions.authTime, sql`now() - interval '15 days'`));
      await tx.delete(throttles).where(lt(throttles.lastAt, sql`now() - interval '30 days'`));
    }),
});

export const jobs: Job[] = [recordFailedLogin, purgeExpired];
