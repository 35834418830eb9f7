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

/** A browser somewhere else than every other visitor of these tests, since the limits count by address too. */
export function newVisitor(): Origin {
  serial = (serial + 1) % 2 ** 24;
  const address = ["10", serial >> 16, (serial >> 8) & 255, serial & 255].join(".");
  return { address, browser: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", requestId: null };
}

export const newAddress = () => `visitor-${process.pid}-${(serial += 1)}-${Math.random().toString(36).slice(2, 8)}@example.test`;

export const goodPassword = "violet-kettle-47-orbit";

/** Keeps the seconds that several wrong tries cost from running out before the next try, however slow the machine. */
export const holdWaits = () =>
  asVisitor({}, (tx) => tx.update(throttles).set({ lastAt: sql`now() + interval '1 hour'` }).where(gte(throttles.failures, 5)));

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

/** The ticket for a session at the end of a road into somebody's account. */
export async function ticketFor(person: Pick<Person, "id">, ...methods: Method[]): Promise<string> {
  const walked: Method[] = methods.length > 0 ? methods : ["password"];
  const { kind, secret } = await asVisitor({ accountId: person.id }, (tx) => finishLogin(tx, person.id, walked));
  if (kind !== "ticket") throw new Error("A second factor is asked for");
  return secret;
}

/** A browser in which somebody has signed in. */
export async function sessionOf(person: Pick<Person, "id">, ...methods: Method[]): Promise<SessionKey & { secret: string }> {
  const opened = await openSession(await ticketFor(person, ...methods), newVisitor());
  if (!opened) throw new Error("The ticket opened no session");
  return { ...opened, secretHash: hashSecret(opened.secret) };
}

/** Who is signed in there now. */
export async function presentAt(key: SessionKey): Promise<Present> {
  const who = await presentSession(key);
  if (!who) throw new Error("Nobody is signed in");
  return who;
}

/** Somebody signed in, as their own actions see them. */
export async function signedInAs(person: Pick<Person, "id">, ...methods: Method[]): Promise<Present & { origin: Origin }> {
  return { ...(await presentAt(await sessionOf(person, ...methods))), origin: newVisitor() };
}
