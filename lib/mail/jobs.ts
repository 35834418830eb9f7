import "server-only";
import { and, eq, lt, ne, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { asWorker } from "@/db/second-door";
import { mailbox, mails } from "@/db/schema";
import { isMailName, renderMail } from "@/emails";
import { type Letter, chooseMailer, type Mailer } from "@/lib/integrations/mail";
import { Permanent } from "@/lib/integrations/outcome";
import { env } from "@/lib/env";
import { job } from "@/lib/kernel/job";
import { unseal } from "@/lib/kernel/outbox";

// Stores mail for the mailbox page of a trial; repeated delivery stores it once.
const mailboxMailer: Mailer = {
  name: "mailbox",
  deliver: ({ to: recipient, ...message }: Letter) =>
    asWorker(async (tx) => {
      await tx.insert(mailbox).values({ ...message, recipient }).onConflictDoNothing();
    }),
};

let mailer: Mailer | undefined;
const configuredMailer = () => (mailer ??= chooseMailer(env(), env().TRIAL ? mailboxMailer : null));

/** Throws when no mailer is configured. */
export const requireMailer = () => void configuredMailer();

/** Delivers one email of the outbox; its id lets the service detect a repeated attempt. */
export async function deliverMail(mailId: string, target: Mailer) {
  const [mail] = await asWorker((tx) => tx.select().from(mails).where(and(eq(mails.id, mailId), eq(mails.status, "queued"))));
  if (!mail?.sealedProps || !isMailName(mail.template)) return;
  const content = await renderMail(mail.template, unseal(mail.id, mail.sealedProps));
  try {
    await target.deliver({ id: mail.id, to: mail.recipient, ...content });
    await finishAttempt(mail.id, { status: "sent", sealedProps: null, sentAt: sql`now()` });
  } catch (error) {
    const lastError = error instanceof Error ? error.message.slice(0, 300) : "unknown";
    const isFinal = error instanceof Permanent;
    await finishAttempt(mail.id, isFinal ? { status: "failed", sealedProps: null, lastError } : { lastError });
    if (!isFinal) throw error;
  }
}

type AttemptResult = { status?: "sent" | "failed"; sealedProps?: null; sentAt?: ReturnType<typeof sql>; lastError?: string };

const finishAttempt = (mailId: string, result: AttemptResult) =>
  asWorker((tx) =>
    tx
      .update(mails)
      .set({ ...result, attempts: sql`${mails.attempts} + 1` })
      .where(and(eq(mails.id, mailId), eq(mails.status, "queued"))),
  );

const retentionDays = 30;
const retryDays = 7;
const daysAgo = (days: number) => sql`now() - make_interval(days => ${days})`;

export const jobs = [
  job({
    name: "mail.deliver",
    input: z.object({ mailId: z.uuid() }),
    run: ({ mailId }) => deliverMail(mailId, configuredMailer()),
  }),
  job({
    name: "mail.tidy",
    cron: "17 3 * * *",
    input: z.object({}),
    run: () =>
      asWorker(async (tx) => {
        const isOverdue = and(eq(mails.status, "queued"), lt(mails.createdAt, daysAgo(retryDays)));
        await tx.update(mails).set({ status: "failed", sealedProps: null }).where(isOverdue);
        await tx.delete(mails).where(and(ne(mails.status, "queued"), lt(mails.createdAt, daysAgo(retentionDays))));
      }),
  }),
];
