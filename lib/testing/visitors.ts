import type { QueueName } from "@/db/queues";
import type { Origin } from "@/lib/access/actor";
import { jobs as accountJobs } from "@/lib/accounts/jobs";
import { jobs as sessionJobs } from "@/lib/sessions/jobs";
import { asOwner, mailsTo } from "@/lib/testing/world";

let serial = Math.floor(Math.random() * 2 ** 24);

/** A browser somewhere else than every other visitor of these tests, since the limits count by address too. */
export function newVisitor(): Origin {
  serial = (serial + 1) % 2 ** 24;
  const address = ["10", serial >> 16, (serial >> 8) & 255, serial & 255].join(".");
  return { address, browser: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", requestId: null };
}

export const newAddress = () => `visitor-${process.pid}-${(serial += 1)}-${Math.random().toString(36).slice(2, 8)}@example.test`;

export const goodPassword = "violet-kettle-47-orbit";

/** What waits in a queue about one thing, as the worker would be given it. */
export async function waiting(name: QueueName, about: Record<string, string>): Promise<Record<string, string>[]> {
  const owner = asOwner();
  try {
    const rows = await owner`select data from pgboss.job where name = ${name} and data @> ${owner.json(about)} order by created_on, id`;
    return rows.map(({ data }) => data);
  } finally {
    await owner.end();
  }
}

/** Does what the worker would do about one thing: every job that waits, as often as it is asked. */
export async function work(name: QueueName, about: Record<string, string>): Promise<void> {
  const job = [...accountJobs, ...sessionJobs].find((candidate) => candidate.name === name);
  if (!job) throw new Error(`No job serves ${name}`);
  for (const payload of await waiting(name, about)) await job.perform(payload);
}

/** The secret in the newest mail of a kind to an address. */
export async function tokenMailed(email: string, template: string): Promise<string> {
  const mail = (await mailsTo(email)).findLast((posted) => posted.template === template);
  return String(mail?.props.link).split("/").at(-1) ?? "";
}
