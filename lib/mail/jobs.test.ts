import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { queueOptions } from "@/db/queue-config";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { emailOutbox } from "@/db/schema";
import { PermanentError, TransientError } from "@/lib/integrations/service-errors";
import type { EmailMessage, Mailer } from "@/lib/integrations/mailer";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { deliverEmail, jobs } from "@/lib/mail/jobs";
import { connectAsOwner, queuedEmailsTo } from "@/lib/testing/fixtures";

const link = "http://localhost:3000/reset/secret-token-of-a-letter";
let serial = 0;

async function queueEmail() {
  const email = `reader-${process.pid}-${(serial += 1)}@example.test`;
  await withAuthScope({ email }, (tx) => enqueueEmail(tx, { template: "account-exists", to: email, props: { signInLink: link, recoverLink: link } }));
  const [mail] = await queuedEmailsTo(email);
  if (!mail) throw new Error("nothing was queued");
  return { email, id: mail.id };
}

const rowOf = (id: string) => withWorkerScope(async (tx) => (await tx.select().from(emailOutbox).where(eq(emailOutbox.id, id)))[0]);

/** A mailer that deduplicates by id, like the real services, and fails with the given errors in turn. */
function fakeMailer(...errors: (Error | null)[]) {
  const received = new Map<string, EmailMessage>();
  let tries = 0;
  const mailer: Mailer = {
    name: "resend",
    async deliver(message) {
      const error = errors[tries] ?? null;
      tries += 1;
      if (error) throw error;
      received.set(message.id, message);
    },
  };
  return { mailer, received, tries: () => tries };
}

describe("the outbox", () => {
  test("X-3: a rolled back transaction sends no mail", async () => {
    const email = `nobody-${process.pid}@example.test`;
    const rolledBack = withAuthScope({ email }, async (tx) => {
      await enqueueEmail(tx, { template: "account-exists", to: email, props: { signInLink: link, recoverLink: link } });
      throw new Error("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
    expect(await queuedEmailsTo(email)).toEqual([]);
  });

  test("a link with a token is encrypted in the outbox and deleted after delivery", async () => {
    const { id } = await queueEmail();
    expect(JSON.stringify(await rowOf(id))).not.toContain("secret-token");
    expect((await rowOf(id))?.encryptedProps?.toString("latin1")).not.toContain("secret-token");
    const { mailer, received } = fakeMailer();
    await deliverEmail(id, mailer);
    expect(received.get(id)?.text).toContain(link);
    expect(await rowOf(id)).toMatchObject({ status: "sent", encryptedProps: null, attempts: 1 });
  });

  test("REL-7: mail is retried during an outage and delivered once afterwards", async () => {
    const { id } = await queueEmail();
    const { mailer, received, tries } = fakeMailer(new TransientError("down"), new TransientError("down"));
    await expect(deliverEmail(id, mailer)).rejects.toThrow("down");
    await expect(deliverEmail(id, mailer)).rejects.toThrow("down");
    expect(await rowOf(id)).toMatchObject({ status: "queued", attempts: 2, lastError: "down" });
    await deliverEmail(id, mailer);
    await deliverEmail(id, mailer);
    expect(tries()).toBe(3);
    expect([...received.keys()]).toEqual([id]);
    expect(await rowOf(id)).toMatchObject({ status: "sent" });
  });

  test("REL-7: retries cover an outage of more than 72 hours", () => {
    const { retryLimit, retryDelay, retryDelayMax } = queueOptions["mail.deliver"];
    const pauses = Array.from({ length: retryLimit }, (_, attempt) => Math.min(retryDelay * 2 ** attempt, retryDelayMax));
    expect(pauses.reduce((sum, pause) => sum + pause) / 3_600).toBeGreaterThan(72);
  });

  test("mail that could not be delivered for a week fails and loses its props, newer mail is kept", async () => {
    const [old, young] = [await queueEmail(), await queueEmail()];
    const owner = connectAsOwner();
    await owner`alter table email_outbox no force row level security`;
    await owner`update email_outbox set created_at = now() - case when id = ${old.id} then interval '8 days' else interval '6 days' end where id in ${owner([old.id, young.id])}`;
    await owner.end();
    await jobs.find(({ name }) => name === "mail.tidy")?.perform({});
    expect(await rowOf(old.id)).toMatchObject({ status: "failed", encryptedProps: null });
    const { mailer, received } = fakeMailer();
    await deliverEmail(old.id, mailer);
    await deliverEmail(young.id, mailer);
    expect([...received.keys()]).toEqual([young.id]);
  });

  test("REL-1: a worker that dies after sending sends again under the same id", async () => {
    const { id } = await queueEmail();
    const { mailer, received } = fakeMailer();
    const dying: Mailer = { ...mailer, deliver: (message) => mailer.deliver(message).then(() => Promise.reject(new Error("killed"))) };
    await expect(deliverEmail(id, dying)).rejects.toThrow("killed");
    await deliverEmail(id, mailer);
    expect(received.size).toBe(1);
  });

  test("a permanent error fails the mail and deletes its props", async () => {
    const { id } = await queueEmail();
    await deliverEmail(id, fakeMailer(new PermanentError("no such address")).mailer);
    expect(await rowOf(id)).toMatchObject({ status: "failed", lastError: "no such address", encryptedProps: null });
  });

  test("twenty workers with the same job deliver one mail", async () => {
    const { id } = await queueEmail();
    const { mailer, received } = fakeMailer();
    await Promise.all(Array.from({ length: 20 }, () => deliverEmail(id, mailer)));
    expect([...received.keys()]).toEqual([id]);
  });
});
