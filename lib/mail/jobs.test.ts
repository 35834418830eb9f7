import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { queueOptions } from "@/db/queues";
import { asVisitor, asWorker } from "@/db/second-door";
import { mails } from "@/db/schema";
import { Permanent, Temporary } from "@/lib/integrations/outcome";
import type { Letter, Mailer } from "@/lib/integrations/mail";
import { post } from "@/lib/kernel/outbox";
import { deliverMail, jobs } from "@/lib/mail/jobs";
import { asOwner, mailsTo } from "@/lib/testing/world";

const link = "http://localhost:3000/reset/secret-token-of-a-letter";
let serial = 0;

async function queueEmail() {
  const email = `reader-${process.pid}-${(serial += 1)}@example.test`;
  await asVisitor({ email }, (tx) => post(tx, { template: "account-exists", to: email, props: { signInLink: link, recoverLink: link } }));
  const [mail] = await mailsTo(email);
  if (!mail) throw new Error("nothing was queued");
  return { email, id: mail.id };
}

const rowOf = (id: string) => asWorker(async (tx) => (await tx.select().from(mails).where(eq(mails.id, id)))[0]);

/** A mailer that deduplicates by id, like the real services, and fails with the given errors in turn. */
function fakeMailer(...errors: (Error | null)[]) {
  const received = new Map<string, Letter>();
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
    const rolledBack = asVisitor({ email }, async (tx) => {
      await post(tx, { template: "account-exists", to: email, props: { signInLink: link, recoverLink: link } });
      throw new Error("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
    expect(await mailsTo(email)).toEqual([]);
  });

  test("a link with a token is encrypted in the outbox and deleted after delivery", async () => {
    const { id } = await queueEmail();
    expect(JSON.stringify(await rowOf(id))).not.toContain("secret-token");
    expect((await rowOf(id))?.sealedProps?.toString("latin1")).not.toContain("secret-token");
    const { mailer, received } = fakeMailer();
    await deliverMail(id, mailer);
    expect(received.get(id)?.text).toContain(link);
    expect(await rowOf(id)).toMatchObject({ status: "sent", sealedProps: null, attempts: 1 });
  });

  test("REL-7: mail is retried during an outage and delivered once afterwards", async () => {
    const { id } = await queueEmail();
    const { mailer, received, tries } = fakeMailer(new Temporary("down"), new Temporary("down"));
    await expect(deliverMail(id, mailer)).rejects.toThrow("down");
    await expect(deliverMail(id, mailer)).rejects.toThrow("down");
    expect(await rowOf(id)).toMatchObject({ status: "queued", attempts: 2, lastError: "down" });
    await deliverMail(id, mailer);
    await deliverMail(id, mailer);
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
    const owner = asOwner();
    await owner`alter table mails no force row level security`;
    await owner`update mails set created_at = now() - case when id = ${old.id} then interval '8 days' else interval '6 days' end where id in ${owner([old.id, young.id])}`;
    await owner.end();
    await jobs.find(({ name }) => name === "mail.tidy")?.perform({});
    expect(await rowOf(old.id)).toMatchObject({ status: "failed", sealedProps: null });
    const { mailer, received } = fakeMailer();
    await deliverMail(old.id, mailer);
    await deliverMail(young.id, mailer);
    expect([...received.keys()]).toEqual([young.id]);
  });

  test("REL-1: a worker that dies after sending sends again under the same id", async () => {
    const { id } = await queueEmail();
    const { mailer, received } = fakeMailer();
    const dying: Mailer = { ...mailer, deliver: (message) => mailer.deliver(message).then(() => Promise.reject(new Error("killed"))) };
    await expect(deliverMail(id, dying)).rejects.toThrow("killed");
    await deliverMail(id, mailer);
    expect(received.size).toBe(1);
  });

  test("a permanent error fails the mail and deletes its props", async () => {
    const { id } = await queueEmail();
    await deliverMail(id, fakeMailer(new Permanent("no such address")).mailer);
    expect(await rowOf(id)).toMatchObject({ status: "failed", lastError: "no such address", sealedProps: null });
  });

  test("twenty workers with the same job deliver one mail", async () => {
    const { id } = await queueEmail();
    const { mailer, received } = fakeMailer();
    await Promise.all(Array.from({ length: 20 }, () => deliverMail(id, mailer)));
    expect([...received.keys()]).toEqual([id]);
  });
});
