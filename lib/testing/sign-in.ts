import { gte, sql } from "drizzle-orm";
import type { QueueName } from "@/db/queue-config";
import { rateLimitCounters } from "@/db/schema";
import type { RequestMetadata } from "@/lib/access/actor";
import { jobs as accountJobs } from "@/lib/accounts/jobs";
import { withAuthScope } from "@/db/auth-access";
import { completePrimaryAuth } from "@/lib/sessions/internal";
import { openSession } from "@/lib/sessions/commands";
import { jobs as sessionJobs } from "@/lib/sessions/jobs";
import { type AuthSession, getAuthSession, type SessionLookup } from "@/lib/sessions/queries";
import { hashSecret } from "@/lib/kernel/secrets";
import { connectAsOwner, queuedEmailsTo, type TestAccount } from "@/lib/testing/fixtures";
import type { AuthMethod } from "@/lib/shared/login-flow";

let serial = Math.floor(Math.random() * 2 ** 24);

/** Returns request metadata with a unique IP address, because rate limits count per address. */
export function newRequestMetadata(): RequestMetadata {
  serial = (serial + 1) % 2 ** 24;
  const address = ["10", serial >> 16, (serial >> 8) & 255, serial & 255].join(".");
  return { ipAddress: address, userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", requestId: null };
}

export const newEmailAddress = () => `visitor-${process.pid}-${(serial += 1)}-${Math.random().toString(36).slice(2, 8)}@example.test`;

export const validPassword = "violet-kettle-47-orbit";

/** Keeps rate limit delays from expiring during a test. */
export const freezeRateLimits = () =>
  withAuthScope({}, (tx) => tx.update(rateLimitCounters).set({ lastFailureAt: sql`now() + interval '1 hour'` }).where(gte(rateLimitCounters.failures, 5)));

/** Returns the queued payloads that contain the given values. */
export async function queuedJobs(name: QueueName, match: Record<string, string>): Promise<Record<string, string>[]> {
  const owner = connectAsOwner();
  try {
    const rows = await owner`select data from pgboss.job where name = ${name} and data @> ${owner.json(match)} order by created_on, id`;
    return rows.map(({ data }) => data);
  } finally {
    await owner.end();
  }
}

/** Runs the queued jobs that contain the given values. */
export async function runQueuedJobs(name: QueueName, match: Record<string, string>): Promise<void> {
  const job = [...accountJobs, ...sessionJobs].find((candidate) => candidate.name === name);
  if (!job) throw new Error(`No job handles ${name}`);
  for (const payload of await queuedJobs(name, match)) await job.perform(payload);
}

/** Returns the token in the newest email of a template to an address. */
export async function latestEmailToken(email: string, template: string): Promise<string> {
  const mail = (await queuedEmailsTo(email)).findLast((posted) => posted.template === template);
  return String(mail?.props.link).split("/").at(-1) ?? "";
}

/** Returns a login ticket for an account after the given methods. */
export async function newLoginTicket(person: Pick<TestAccount, "id">, ...methods: AuthMethod[]): Promise<string> {
  const used: AuthMethod[] = methods.length > 0 ? methods : ["password"];
  const { kind, secret } = await withAuthScope({ accountId: person.id }, (tx) => completePrimaryAuth(tx, person.id, used));
  if (kind !== "ticket") throw new Error("A second factor is required");
  return secret;
}

/** Opens a session for an account. */
export async function newSession(person: Pick<TestAccount, "id">, ...methods: AuthMethod[]): Promise<SessionLookup & { secret: string }> {
  const opened = await openSession(await newLoginTicket(person, ...methods), newRequestMetadata());
  if (!opened) throw new Error("The ticket opened no session");
  return { ...opened, secretHash: hashSecret(opened.secret) };
}

/** Loads the account and memberships of a session. */
export async function loadSession(key: SessionLookup): Promise<AuthSession> {
  const who = await getAuthSession(key);
  if (!who) throw new Error("The session is not valid");
  return who;
}

/** Opens a session and returns it as account commands receive it. */
export async function newAccountContext(person: Pick<TestAccount, "id">, ...methods: AuthMethod[]): Promise<AuthSession & { origin: RequestMetadata }> {
  return { ...(await loadSession(await newSession(person, ...methods))), origin: newRequestMetadata() };
}
