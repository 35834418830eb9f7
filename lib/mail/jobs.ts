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

/** The trial's way out: a letter lands on the mailbox page, once however often it is delivered. */
const mailboxMailer: Mailer = {
  name: "mailbox",
  deliver: ({ to: recipient, ...letter }: Letter) =>
    asWorker(async (tx) => {
      await tx.insert(mailbox).values({ ...letter, recipient }).onConflictDoNothing();
    }),
};

let mailer: Mailer | undefined;
const way = () => (mailer ??= chooseMailer(env(), env().TRIAL ? mailboxMailer : null));

/** Throws when the settings give mail no way out, before a letter waits for one. */
export const requireMailer = () => void way();

/** Delivers one mail of the outbox by the given way, under an id by which its receiver knows it from a second try. */
export async function deliverMail(mailId: string, by: Mailer) {
  const [mail] = await asWorker((tx) => tx.select().from(mails).where(and(eq(mails.id, mailId), eq(mails.status, "queued"))));
  if (!mail?.sealedProps || !isMailName(mail.template)) return;
  const letter = await renderMail(mail.template, unseal(mail.id, mail.sealedProps));
  try {
    await by.deliver({ id: mail.id, to: mail.recipient, ...letter });
    await close(mail.id, { status: "sent", sealedProps: null, sentAt: sql`now()` });
  } catch (error) {
    const lastError = error instanceof Error ? error.message.slice(0, 300) : "unknown";
    const final = error instanceof Permanent;
    await close(mail.id, final ? { status: "failed", sealedProps: null, lastError } : { lastError });
    if (!final) throw error;
  }
}

type Outcome = { status?: "sent" | "failed"; sealedProps?: null; sentAt?: ReturnType<typeof sql>; lastError?: string };

const close = (mailId: string, outcome: Outcome) =>
  asWorker((tx) =>
    tx
      .update(mails)
      .set({ ...outcome, attempts: sql`${mails.attempts} + 1` })
      .where(and(eq(mails.id, mailId), eq(mails.status, "queued"))),
  );

const keptDays = 30;
const triedDays = 7;
const daysAgo = (days: number) => sql`now() - make_interval(days => ${days})`;

export const jobs = [
  job({
    name: "mail.deliver",
    input: z.object({ mailId: z.uuid() }),
    run: ({ mailId }) => deliverMail(mailId, way()),
  }),
  job({
    name: "mail.tidy",
    cron: "17 3 * * *",
    input: z.object({}),
    run: () =>
      asWorker(async (tx) => {
        const overdue = and(eq(mails.status, "queued"), lt(mails.createdAt, daysAgo(triedDays)));
        await tx.update(mails).set({ status: "failed", sealedProps: null }).where(overdue);
        await tx.delete(mails).where(and(ne(mails.status, "queued"), lt(mails.createdAt, daysAgo(keptDays))));
      }),
  }),
];
