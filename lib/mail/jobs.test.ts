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

async function queued() {
  const email = `reader-${process.pid}-${(serial += 1)}@example.test`;
  await asVisitor({ email }, (tx) => post(tx, { template: "account-exists", to: email, props: { signInLink: link, recoverLink: link } }));
  const [mail] = await mailsTo(email);
  if (!mail) throw new Error("nothing was queued");
  return { email, id: mail.id };
}

const rowOf = (id: string) => asWorker(async (tx) => (await tx.select().from(mails).where(eq(mails.id, id)))[0]);

/** A provider that knows a letter it has seen by its id, as the real ones do, and answers as it is told. */
function provider(...answers: (Error | null)[]) {
  const received = new Map<string, Letter>();
  let tries = 0;
  const mailer: Mailer = {
    name: "resend",
    async deliver(letter) {
      const answer = answers[tries] ?? null;
      tries += 1;
      if (answer) throw answer;
      received.set(letter.id, letter);
    },
  };
  return { mailer, received, tries: () => tries };
}

describe("the outbox", () => {
  test("X-3: a change that is rolled back sends nothing", async () => {
    const email = `nobody-${process.pid}@example.test`;
    const undone = asVisitor({ email }, async (tx) => {
      await post(tx, { template: "account-exists", to: email, props: { signInLink: link, recoverLink: link } });
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(await mailsTo(email)).toEqual([]);
  });

  test("a secret link lies sealed in the outbox, and is gone once it was sent", async () => {
    const { id } = await queued();
    expect(JSON.stringify(await rowOf(id))).not.toContain("secret-token");
    expect((await rowOf(id))?.sealedProps?.toString("latin1")).not.toContain("secret-token");
    const { mailer, received } = provider();
    await deliverMail(id, mailer);
    expect(received.get(id)?.text).toContain(link);
    expect(await rowOf(id)).toMatchObject({ status: "sent", sealedProps: null, attempts: 1 });
  });

  test("REL-7: while the provider is down mail waits, and is sent once when it is back", async () => {
    const { id } = await queued();
    const { mailer, received, tries } = provider(new Temporary("down"), new Temporary("down"));
    await expect(deliverMail(id, mailer)).rejects.toThrow("down");
    await expect(deliverMail(id, mailer)).rejects.toThrow("down");
    expect(await rowOf(id)).toMatchObject({ status: "queued", attempts: 2, lastError: "down" });
    await deliverMail(id, mailer);
    await deliverMail(id, mailer);
    expect(tries()).toBe(3);
    expect([...received.keys()]).toEqual([id]);
    expect(await rowOf(id)).toMatchObject({ status: "sent" });
  });

  test("REL-7: a provider that is away from Friday evening to Monday morning gets what was written meanwhile", () => {
    const { retryLimit, retryDelay, retryDelayMax } = queueOptions["mail.deliver"];
    const pauses = Array.from({ length: retryLimit }, (_, turn) => Math.min(retryDelay * 2 ** turn, retryDelayMax));
    expect(pauses.reduce((sum, pause) => sum + pause) / 3_600).toBeGreaterThan(72);
  });

  test("what found no way out within a week is given up with its secrets, and what is younger waits on", async () => {
    const [old, young] = [await queued(), await queued()];
    const owner = asOwner();
    await owner`alter table mails no force row level security`;
    await owner`update mails set created_at = now() - case when id = ${old.id} then interval '8 days' else interval '6 days' end where id in ${owner([old.id, young.id])}`;
    await owner.end();
    await jobs.find(({ name }) => name === "mail.tidy")?.perform({});
    expect(await rowOf(old.id)).toMatchObject({ status: "failed", sealedProps: null });
    const { mailer, received } = provider();
    await deliverMail(old.id, mailer);
    await deliverMail(young.id, mailer);
    expect([...received.keys()]).toEqual([young.id]);
  });

  test("REL-1: a worker that dies between sending and noting it sends again under the same id", async () => {
    const { id } = await queued();
    const { mailer, received } = provider();
    const dying: Mailer = { ...mailer, deliver: (letter) => mailer.deliver(letter).then(() => Promise.reject(new Error("killed"))) };
    await expect(deliverMail(id, dying)).rejects.toThrow("killed");
    await deliverMail(id, mailer);
    expect(received.size).toBe(1);
  });

  test("what the provider will never take is given up, and its secrets dropped", async () => {
    const { id } = await queued();
    await deliverMail(id, provider(new Permanent("no such address")).mailer);
    expect(await rowOf(id)).toMatchObject({ status: "failed", lastError: "no such address", sealedProps: null });
  });

  test("twenty workers with one job send one letter's worth of mail", async () => {
    const { id } = await queued();
    const { mailer, received } = provider();
    await Promise.all(Array.from({ length: 20 }, () => deliverMail(id, mailer)));
    expect([...received.keys()]).toEqual([id]);
  });
});
