import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { and, lt, ne, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { capturedEmails, emailOutbox } from "@/db/schema";
import { isEmailName, renderEmail } from "@/emails";
import { type EmailMessage, createMailer, type Mailer } from "@/lib/integrations/mailer";
import { PermanentError, ServiceUnavailableError, TransientError } from "@/lib/integrations/service-errors";
import { env } from "@/lib/env";
import { job } from "@/lib/kernel/job";
import { decryptProps } from "@/lib/kernel/email-outbox";
import { type ClaimedEmail, claimEmails, type DeliveryResult, renewClaims, renewClaimsEveryMs, storeResult } from "@/lib/mail/internal";
import { isOverdue, retryDays, retrySeconds, trackService } from "@/lib/mail/rules";

// Stores mail for the mailbox page of a trial; repeated delivery stores it once.
const mailboxMailer: Mailer = {
  name: "mailbox",
  concurrency: 10,
  deliver: ({ to: recipient, ...message }: EmailMessage) =>
    withWorkerScope(async (tx) => {
      await tx.insert(capturedEmails).values({ ...message, recipient }).onConflictDoNothing();
    }),
};

/** The mailer of the settings; throws when none is configured. */
export const configuredMailer = () => createMailer(env(), env().TRIAL ? mailboxMailer : null);

/** Callbacks for the log; they get neither the content nor the address of an email. */
export type DeliveryReport = {
  /** An email was given up. */
  refused: (email: { mailId: string; template: string; reason: string }) => void;
  /** The mail service is unavailable; called for each failure. */
  unavailable: (error: ServiceUnavailableError) => void;
  /** The mail service took an email. */
  delivered: () => void;
  /** The outbox was read. */
  connected: () => void;
  /** The database failed, or there is a bug. */
  failed: (error: unknown) => void;
};

const pollEveryMs = 500;

type Delivery = { mailer: Mailer; report: DeliveryReport; service: ReturnType<typeof trackService>; stopping: AbortSignal };

/** Delivers the emails of the outbox until it is stopped, each recipient's in order; `stop` waits for those under way. */
export function startDelivery(mailer: Mailer, report: DeliveryReport, service = trackService()): { stop: () => Promise<void> } {
  const stop = new AbortController();
  const delivery = { mailer, report, service, stopping: stop.signal };
  const underWay = new Map<string, Promise<void>>();
  let changed = Promise.withResolvers<void>();

  const begin = (email: ClaimedEmail) => {
    const done = deliver(email, delivery).finally(() => {
      underWay.delete(email.id);
      changed.resolve();
    });
    underWay.set(email.id, done);
  };
  const run = async () => {
    while (!stop.signal.aborted) {
      changed = Promise.withResolvers();
      const free = service.allowed(mailer.concurrency) - underWay.size;
      const emails = await claim(free, [...underWay.keys()], report);
      emails.forEach(begin);
      if (emails.length < free || free <= 0) await Promise.race([changed.promise, wait(pollEveryMs, stop.signal)]);
    }
    await Promise.all(underWay.values());
  };
  const renewing = setInterval(() => {
    if (underWay.size > 0) renewClaims([...underWay.keys()]).catch(report.failed);
  }, renewClaimsEveryMs);
  const ended = run().finally(() => clearInterval(renewing));
  return {
    async stop() {
      stop.abort();
      await ended;
    },
  };
}

async function claim(limit: number, delivering: string[], report: DeliveryReport): Promise<ClaimedEmail[]> {
  if (limit <= 0) return [];
  try {
    const emails = await claimEmails(limit, delivering);
    report.connected();
    return emails;
  } catch (error) {
    report.failed(error);
    return [];
  }
}

async function deliver(email: ClaimedEmail, { mailer, report, service, stopping }: Delivery) {
  const { result, error } = await attempt(email, mailer);
  if (error instanceof ServiceUnavailableError) {
    service.failed(error);
    report.unavailable(error);
  } else if (result.status === "sent") {
    service.succeeded();
    report.delivered();
  } else if (error && !(error instanceof TransientError)) report.failed(error);
  await storeWithRetries(email, result, report, stopping);
  if (result.status === "failed") report.refused({ mailId: email.id, template: email.template, reason: result.reason });
}

const wait = (milliseconds: number, signal: AbortSignal) => pause(milliseconds, undefined, { signal }).catch(() => {});

type Outcome = { result: DeliveryResult; error?: unknown };

/** Delivers one claimed email; its id lets the service detect a repeated attempt. */
async function attempt({ id, template, recipient, encryptedProps, attempts, createdAt }: ClaimedEmail, mailer: Mailer): Promise<Outcome> {
  try {
    if (!encryptedProps || !isEmailName(template)) throw new PermanentError("The email has no content");
    if (isOverdue(createdAt)) throw new PermanentError(`It could not be delivered for ${retryDays} days`);
    const content = await renderEmail(template, decryptProps(id, encryptedProps));
    await mailer.deliver({ id, to: recipient, ...content });
    return { result: { status: "sent" } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown";
    if (error instanceof PermanentError) return { result: { status: "failed", reason } };
    const retryAfter = error instanceof TransientError ? error.retryAfterSeconds : undefined;
    return { error, result: { status: "queued", reason, retrySeconds: retryAfter ?? retrySeconds(attempts) } };
  }
}

const maxStorePauseMs = 60_000;

/** Retries until the result is stored; otherwise an accepted email would be sent again. */
async function storeWithRetries(email: ClaimedEmail, result: DeliveryResult, report: DeliveryReport, stopping: AbortSignal) {
  for (let failures = 0; ; failures += 1) {
    try {
      return await storeResult(email, result);
    } catch (error) {
      report.failed(error);
      if (stopping.aborted) return;
      await wait(Math.min(pollEveryMs * 2 ** failures, maxStorePauseMs), stopping);
    }
  }
}

const retentionDays = 30;

export const jobs = [
  job({
    name: "mail.tidy",
    cron: "17 3 * * *",
    input: z.object({}),
    run: () =>
      withWorkerScope(async (tx) => {
        const isOld = lt(emailOutbox.createdAt, sql`now() - make_interval(days => ${retentionDays})`);
        await tx.delete(emailOutbox).where(and(ne(emailOutbox.status, "queued"), isOld));
      }),
  }),
];
