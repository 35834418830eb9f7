import { eq, inArray, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { emailOutbox } from "@/db/schema";
import { fakeSmtp } from "@/lib/integrations/fake-smtp";
import type { EmailMessage, Mailer } from "@/lib/integrations/mailer";
import { PermanentError, ServiceUnavailableError, TransientError } from "@/lib/integrations/service-errors";
import { smtpMailer } from "@/lib/integrations/smtp-mailer";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { claimEmails } from "@/lib/mail/internal";
import { type DeliveryReport, jobs, startDelivery } from "@/lib/mail/jobs";
import { trackService } from "@/lib/mail/rules";
import { connectAsOwner, queuedEmailsTo } from "@/lib/testing/fixtures";

const link = "http://localhost:3000/reset/secret-token-of-an-email";
let serial = 0;
const newRecipient = () => `reader-${process.pid}-${(serial += 1)}@example.test`;
const email = (to: string) => ({ template: "account-exists" as const, to, props: { signInLink: link, recoverLink: link } });

async function queueEmail(to = newRecipient()): Promise<string> {
  await withAuthScope({ email: to }, (tx) => enqueueEmail(tx, email(to)));
  const mail = (await queuedEmailsTo(to)).at(-1);
  if (!mail) throw new Error("nothing was queued");
  return mail.id;
}

/** Queues this many emails to different recipients. */
async function queueEmails(count: number): Promise<string[]> {
  const recipients = Array.from({ length: count }, newRecipient);
  await withAuthScope({}, async (tx) => {
    for (const to of recipients) await enqueueEmail(tx, email(to));
  });
  const rows = await withWorkerScope((tx) => tx.select({ id: emailOutbox.id }).from(emailOutbox).where(inArray(emailOutbox.recipient, recipients)));
  return rows.map(({ id }) => id);
}

const rowOf = (id: string) => withWorkerScope(async (tx) => (await tx.select().from(emailOutbox).where(eq(emailOutbox.id, id)))[0]);
const statusOf = async (id: string) => (await rowOf(id))?.status;
const attemptsOf = async (id: string) => (await rowOf(id))?.attempts;

/** Ends the wait for the next attempt, as the clock would. */
const makeDue = (...ids: string[]) =>
  withWorkerScope((tx) => tx.update(emailOutbox).set({ nextAttemptAt: sql`now()` }).where(inArray(emailOutbox.id, ids)));

/** A mailer that keeps what it accepts, and does something else first when told to. */
function fakeMailer(before: (message: EmailMessage) => Promise<void> | void = () => {}) {
  const accepted: EmailMessage[] = [];
  const mailer: Mailer = {
    name: "smtp",
    concurrency: 10,
    async deliver(message) {
      await before(message);
      accepted.push(message);
    },
  };
  return { mailer, accepted, idsOf: (to: string) => accepted.filter((message) => message.to === to).map(({ id }) => id) };
}

/** Throws these errors in turn, then none. */
function failing(...errors: Error[]) {
  return () => {
    const error = errors.shift();
    if (error) throw error;
  };
}

function recordReport() {
  const seen = { refused: [] as Parameters<DeliveryReport["refused"]>[0][], unavailable: [] as string[], failed: [] as unknown[] };
  const report: DeliveryReport = {
    refused: (one) => seen.refused.push(one),
    unavailable: ({ message }) => seen.unavailable.push(message),
    delivered: () => {},
    connected: () => {},
    failed: (error) => seen.failed.push(error),
  };
  return { seen, report };
}

const running: { stop: () => Promise<void> }[] = [];
function start(mailer: Mailer, service?: ReturnType<typeof trackService>) {
  const { seen, report } = recordReport();
  const delivery = startDelivery(mailer, report, service);
  running.push(delivery);
  return { seen, stop: delivery.stop };
}

afterEach(() => Promise.all(running.splice(0).map((delivery) => delivery.stop())));

const within = { timeout: 10_000, interval: 20 };
const expectStatus = (id: string, status: string) => expect.poll(() => statusOf(id), within).toBe(status);

describe("the outbox", () => {
  test("X-3: a rolled back transaction sends no mail", async () => {
    const to = newRecipient();
    const rolledBack = withAuthScope({ email: to }, async (tx) => {
      await enqueueEmail(tx, email(to));
      throw new Error("rolled back");
    });
    await expect(rolledBack).rejects.toThrow("rolled back");
    expect(await queuedEmailsTo(to)).toEqual([]);
  });

  test("a link with a token is encrypted in the outbox and deleted after delivery", async () => {
    const id = await queueEmail();
    expect(JSON.stringify(await rowOf(id))).not.toContain("secret-token");
    expect((await rowOf(id))?.encryptedProps?.toString("latin1")).not.toContain("secret-token");
    const { mailer, accepted } = fakeMailer();
    start(mailer);
    await expectStatus(id, "sent");
    expect(accepted.find((message) => message.id === id)?.text).toContain(link);
    expect(await rowOf(id)).toMatchObject({ encryptedProps: null, attempts: 1 });
  });

  test("old mail that was sent or refused is deleted, queued mail is kept", async () => {
    const [sent, queued] = [await queueEmail(), await queueEmail()];
    await withWorkerScope((tx) => tx.update(emailOutbox).set({ status: "sent" }).where(eq(emailOutbox.id, sent)));
    await makeOld("31 days", sent, queued);
    await jobs.find(({ name }) => name === "mail.tidy")?.perform({});
    expect([await statusOf(sent), await statusOf(queued)]).toEqual([undefined, "queued"]);
  });
});

async function makeOld(age: string, ...ids: string[]) {
  const owner = connectAsOwner();
  await owner`alter table email_outbox no force row level security`;
  await owner`update email_outbox set created_at = now() - ${age}::interval where id in ${owner(ids)}`;
  await owner`alter table email_outbox force row level security`;
  await owner.end();
}

describe("delivery", () => {
  test("REL-7: mail that is not accepted for now is retried, and delivered once", async () => {
    const id = await queueEmail();
    const { mailer, accepted } = fakeMailer(failing(new TransientError("busy 1"), new TransientError("busy 2")));
    start(mailer);
    for (const attempts of [1, 2]) {
      await expect.poll(() => rowOf(id), within).toMatchObject({ attempts, status: "queued", lastError: `busy ${attempts}` });
      await makeDue(id);
    }
    await expectStatus(id, "sent");
    expect(accepted.map((message) => message.id)).toEqual([id]);
  });

  test("REL-7: during an outage of the mail service one email probes it; then all are delivered once", async () => {
    let now = 0;
    let isDown = true;
    const ids = await queueEmails(30);
    const probes: string[] = [];
    const { mailer, accepted } = fakeMailer(({ id }) => {
      if (!isDown) return;
      probes.push(id);
      throw new ServiceUnavailableError("SMTP ECONNECTION CONN");
    });
    const { seen } = start({ ...mailer, concurrency: 1 }, trackService(() => now));
    for (const count of [1, 2, 3]) {
      await expect.poll(() => seen.unavailable.length, within).toBe(count);
      if (count < 3) now += 60_000;
    }
    expect(probes).toHaveLength(3);
    isDown = false;
    now += 60_000;
    await expect.poll(() => accepted.length, within).toBeGreaterThan(0);
    await makeDue(...ids);
    await expect.poll(() => accepted.length, within).toBe(30);
    expect(new Set(accepted.map(({ id }) => id))).toEqual(new Set(ids));
  });

  test("mail that could not be delivered for a week is given up without another attempt, newer mail is sent", async () => {
    const [old, young] = [await queueEmail(), await queueEmail()];
    await makeOld("8 days", old);
    await makeOld("6 days", young);
    const { mailer, accepted } = fakeMailer();
    const { seen } = start(mailer);
    await expectStatus(old, "failed");
    await expectStatus(young, "sent");
    expect(accepted.map(({ id }) => id)).toEqual([young]);
    expect((await rowOf(old))?.encryptedProps).toBeNull();
    expect(seen.refused).toMatchObject([{ mailId: old, reason: "It could not be delivered for 7 days" }]);
  });

  test("a permanent refusal fails the mail, deletes its content and is told without content and address", async () => {
    const to = newRecipient();
    const id = await queueEmail(to);
    const { seen } = start(fakeMailer(failing(new PermanentError("SMTP EENVELOPE RCPT TO 550 no such mailbox"))).mailer);
    await expectStatus(id, "failed");
    expect(await rowOf(id)).toMatchObject({ lastError: "SMTP EENVELOPE RCPT TO 550 no such mailbox", encryptedProps: null });
    await vi.waitFor(() => expect(seen.refused).toEqual([{ mailId: id, template: "account-exists", reason: "SMTP EENVELOPE RCPT TO 550 no such mailbox" }]));
    expect(JSON.stringify(seen)).not.toContain(to);
  });

  test("mail to one recipient arrives in order, also when the first is tried again, and does not hold up others", async () => {
    const to = newRecipient();
    const ids = [await queueEmail(to), await queueEmail(to), await queueEmail(to)];
    const other = await queueEmail();
    const errors = failing(new TransientError("busy 1"), new TransientError("busy 2"));
    const { mailer, idsOf } = fakeMailer((message) => {
      if (message.to === to) errors();
    });
    start(mailer);
    for (const attempts of [1, 2]) {
      await expect.poll(() => rowOf(ids[0] ?? ""), within).toMatchObject({ attempts, lastError: `busy ${attempts}` });
      await expectStatus(other, "sent");
      expect(idsOf(to)).toEqual([]);
      await makeDue(ids[0] ?? "");
    }
    await expectStatus(ids[2] ?? "", "sent");
    expect(idsOf(to)).toEqual(ids);
  });

  test("four workers deliver 200 emails to 50 recipients once each, every recipient's in order", async () => {
    const recipients = Array.from({ length: 50 }, newRecipient);
    const queued = new Map<string, string[]>();
    for (let round = 0; round < 4; round += 1) for (const to of recipients) queued.set(to, [...(queued.get(to) ?? []), await queueEmail(to)]);
    const { mailer, accepted, idsOf } = fakeMailer();
    for (let worker = 0; worker < 4; worker += 1) start(mailer);
    await expect.poll(() => accepted.length, { ...within, timeout: 20_000 }).toBeGreaterThanOrEqual(200);
    await Promise.all(running.splice(0).map((delivery) => delivery.stop()));
    for (const to of recipients) expect(idsOf(to)).toEqual(queued.get(to));
  });

  test("mail that the service has accepted is not sent again when the database fails just then", async () => {
    const id = await queueEmail();
    const owner = connectAsOwner();
    const { mailer, accepted } = fakeMailer(async () => void (await owner`revoke update on email_outbox from signalbox_worker`));
    const { seen } = start(mailer);
    await expect.poll(() => seen.failed.length, within).toBeGreaterThan(1);
    await owner`grant update on email_outbox to signalbox_worker`;
    await expectStatus(id, "sent");
    await owner.end();
    expect(accepted.map((message) => message.id)).toEqual([id]);
  });
});

describe("a killed worker", () => {
  test("REL-1: what it had claimed goes to another worker under the same id, what it had sent does not", async () => {
    const sent = await queueEmail();
    const { stop } = start(fakeMailer().mailer);
    await expectStatus(sent, "sent");
    await stop();
    const interrupted = await queueEmail();
    // Claimed by a worker that is killed: it neither stores a result nor renews the claim.
    expect((await claimEmails(1)).map(({ id }) => id)).toEqual([interrupted]);
    expect(await claimEmails(1)).toEqual([]);
    await makeDue(interrupted);
    const second = fakeMailer();
    start(second.mailer);
    await expectStatus(interrupted, "sent");
    expect(await attemptsOf(interrupted)).toBe(2);
    expect(second.accepted.map(({ id }) => id)).toEqual([interrupted]);
  });
});

describe("over SMTP", () => {
  let smtp: Awaited<ReturnType<typeof fakeSmtp>>;
  beforeAll(async () => {
    smtp = await fakeSmtp();
  });
  afterAll(() => smtp.close());
  const messageIds = () => smtp.received.map(({ source }) => /^Message-ID: <(.*)@/m.exec(source)?.[1]);

  test("REL-7: a server that takes longer for its final reply than a claim lasts gets the mail once", async () => {
    const reply = Promise.withResolvers<void>();
    smtp.behaviour.beforeFinalReply = () => reply.promise;
    const id = await queueEmail();
    const mailer = smtpMailer({ server: smtp.url, from: "no-reply@portal.example" });
    start(mailer);
    await expect.poll(() => smtp.received.length, within).toBe(1);
    // Renewed twice: the claim that was made first has ended.
    const claimEnd = async () => (await rowOf(id))?.nextAttemptAt.getTime() ?? 0;
    const first = await claimEnd();
    await expect.poll(claimEnd, within).toBeGreaterThan(first + 5_000);
    start(mailer);
    expect(await statusOf(id)).toBe("queued");
    reply.resolve();
    await expectStatus(id, "sent");
    expect(messageIds()).toEqual([id]);
  });
});
