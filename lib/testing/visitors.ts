import { gte, sql } from "drizzle-orm";
import type { QueueName } from "@/db/queues";
import { throttles } from "@/db/schema";
import type { Origin } from "@/lib/access/actor";
import { jobs as accountJobs } from "@/lib/accounts/jobs";
import { asVisitor } from "@/db/second-door";
import { finishLogin, openSession } from "@/lib/sessions/commands";
import { jobs as sessionJobs } from "@/lib/sessions/jobs";
import { type Present, presentSession, type SessionKey } from "@/lib/sessions/queries";
import { hashSecret } from "@/lib/kernel/secret";
import { asOwner, mailsTo, type Person } from "@/lib/testing/world";
import type { Method } from "@/lib/vocabulary/entrance";

let serial = Math.floor(Math.random() * 2 ** 24);

/** Returns request metadata with a unique IP address, because rate limits count per address. */
export function newVisitor(): Origin {
  serial = (serial + 1) % 2 ** 24;
  const address = ["10", serial >> 16, (serial >> 8) & 255, serial & 255].join(".");
  return { address, browser: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", requestId: null };
}

export const newAddress = () => `visitor-${process.pid}-${(serial += 1)}-${Math.random().toString(36).slice(2, 8)}@example.test`;

export const goodPassword = "violet-kettle-47-orbit";

/** Keeps rate limit delays from expiring during a test. */
export const holdWaits = () =>
  asVisitor({}, (tx) => tx.update(throttles).set({ lastAt: sql`now() + interval '1 hour'` }).where(gte(throttles.failures, 5)));

/** Returns the queued payloads that contain the given values. */
export async function waiting(name: QueueName, match: Record<string, string>): Promise<Record<string, string>[]> {
  const owner = asOwner();
  try {
    const rows = await owner`select data from pgboss.job where name = ${name} and data @> ${owner.json(match)} order by created_on, id`;
    return rows.map(({ data }) => data);
  } finally {
    await owner.end();
  }
}

/** Runs the queued jobs that contain the given values. */
export async function work(name: QueueName, match: Record<string, string>): Promise<void> {
  const job = [...accountJobs, ...sessionJobs].find((candidate) => candidate.name === name);
  if (!job) throw new Error(`No job handles ${name}`);
  for (const payload of await waiting(name, match)) await job.perform(payload);
}

/** Returns the token in the newest email of a template to an address. */
export async function tokenMailed(email: string, template: string): Promise<string> {
  const mail = (await mailsTo(email)).findLast((posted) => posted.template === template);
  return String(mail?.props.link).split("/").at(-1) ?? "";
}

/** Returns a login ticket for an account after the given methods. */
export async function ticketFor(person: Pick<Person, "id">, ...methods: Method[]): Promise<string> {
  const used: Method[] = methods.length > 0 ? methods : ["password"];
  const { kind, secret } = await asVisitor({ accountId: person.id }, (tx) => finishLogin(tx, person.id, used));
  if (kind !== "ticket") throw new Error("A second factor is required");
  return secret;
}

/** Opens a session for an account. */
export async function sessionOf(person: Pick<Person, "id">, ...methods: Method[]): Promise<SessionKey & { secret: string }> {
  const opened = await openSession(await ticketFor(person, ...methods), newVisitor());
  if (!opened) throw new Error("The ticket opened no session");
  return { ...opened, secretHash: hashSecret(opened.secret) };
}

/** Loads the account and memberships of a session. */
export async function presentAt(key: SessionKey): Promise<Present> {
  const who = await presentSession(key);
  if (!who) throw new Error("The session is not valid");
  return who;
}

/** Opens a session and returns it as account commands receive it. */
export async function signedInAs(person: Pick<Person, "id">, ...methods: Method[]): Promise<Present & { origin: Origin }> {
  return { ...(await presentAt(await sessionOf(person, ...methods))), origin: newVisitor() };
}
