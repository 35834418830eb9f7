import "server-only";
import { and, eq, lt, ne, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { withWorkerScope } from "@/db/auth-access";
import { capturedEmails, emailOutbox } from "@/db/schema";
import { isEmailName, renderEmail } from "@/emails";
import { type EmailMessage, createMailer, type Mailer } from "@/lib/integrations/mailer";
import { PermanentError } from "@/lib/integrations/service-errors";
import { env } from "@/lib/env";
import { job } from "@/lib/kernel/job";
import { decryptProps } from "@/lib/kernel/email-outbox";

// Stores mail for the mailbox page of a trial; repeated delivery stores it once.
const mailboxMailer: Mailer = {
  name: "mailbox",
  deliver: ({ to: recipient, ...message }: EmailMessage) =>
    withWorkerScope(async (tx) => {
      await tx.insert(capturedEmails).values({ ...message, recipient }).onConflictDoNothing();
    }),
};

let mailer: Mailer | undefined;
const configuredMailer = () => (mailer ??= createMailer(env(), env().TRIAL ? mailboxMailer : null));

/** Throws when no mailer is configured. */
export const assertMailerConfigured = () => void configuredMailer();

/** Delivers one email of the outbox; its id lets the service detect a repeated attempt. */
export async function deliverEmail(mailId: string, target: Mailer) {
  const [mail] = await withWorkerScope((tx) => tx.select().from(emailOutbox).where(and(eq(emailOutbox.id, mailId), eq(emailOutbox.status, "queued"))));
  if (!mail?.encryptedProps || !isEmailName(mail.template)) return;
  const content = await renderEmail(mail.template, decryptProps(mail.id, mail.encryptedProps));
  try {
    await target.deliver({ id: mail.id, to: mail.recipient, ...content });
    await finishAttempt(mail.id, { status: "sent", encryptedProps: null, sentAt: sql`now()` });
  } catch (error) {
    const lastError = error instanceof Error ? error.message.slice(0, 300) : "unknown";
    const isFinal = error instanceof PermanentError;
    await finishAttempt(mail.id, isFinal ? { status: "failed", encryptedProps: null, lastError } : { lastError });
    if (!isFinal) throw error;
  }
}

type AttemptResult = { status?: "sent" | "failed"; encryptedProps?: null; sentAt?: ReturnType<typeof sql>; lastError?: string };

const finishAttempt = (mailId: string, result: AttemptResult) =>
  withWorkerScope((tx) =>
    tx
      .update(emailOutbox)
      .set({ ...result, attempts: sql`${emailOutbox.attempts} + 1` })
      .where(and(eq(emailOutbox.id, mailId), eq(emailOutbox.status, "queued"))),
  );

const retentionDays = 30;
const retryDays = 7;
const daysAgo = (days: number) => sql`now() - make_interval(days => ${days})`;

export const jobs = [
  job({
    name: "mail.deliver",
    input: z.object({ mailId: z.uuid() }),
    run: ({ mailId }) => deliverEmail(mailId, configuredMailer()),
  }),
  job({
    name: "mail.tidy",
    cron: "17 3 * * *",
    input: z.object({}),
    run: () =>
      withWorkerScope(async (tx) => {
        const isOverdue = and(eq(emailOutbox.status, "queued"), lt(emailOutbox.createdAt, daysAgo(retryDays)));
        await tx.update(emailOutbox).set({ status: "failed", encryptedProps: null }).where(isOverdue);
        await tx.delete(emailOutbox).where(and(ne(emailOutbox.status, "queued"), lt(emailOutbox.createdAt, daysAgo(retentionDays))));
      }),
  }),
];
