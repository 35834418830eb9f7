import { gte, sql } from "drizzle-orm";
import * as z from "zod/mini";
import type { QueueName } from "@/db/queue-config";
import { rateLimitCounters } from "@/db/schema";
import type { RequestMetadata } from "@/lib/access/actor";
import { jobs as accountJobs } from "@/lib/accounts/jobs";
import { withAuthScope } from "@/db/auth-access";
import { completePrimaryAuth, type LoginContext, type LoginResult, type SessionToken } from "@/lib/sessions/internal";
import { jobs as sessionJobs } from "@/lib/sessions/jobs";
import { type AuthSession, getAuthSession, type SessionLookup } from "@/lib/sessions/queries";
import { publicCommand } from "@/lib/kernel/public-command";
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

/** Returns the tokens of all sign-up links to an address, oldest first. */
export async function signUpTokens(email: string): Promise<string[]> {
  const queued = (await queuedEmailsTo(email)).filter(({ template }) => template === "validate-address");
  return queued.map(({ props }) => String(props.link).split("/").at(-1) ?? "");
}

type TestLogin = LoginContext & { accountId: string; methods: AuthMethod[]; beforeCommit?: () => Promise<void> };

const logInAs = publicCommand({
  input: z.object({}),
  scope: ({ accountId }: TestLogin) => ({ accountId }),
  async run({ tx, ...operation }) {
    const { accountId, methods, beforeCommit } = operation.context;
    const login = await completePrimaryAuth(tx, operation, accountId, methods);
    await beforeCommit?.();
    return login;
  },
});

/** Completes a login of an account; by default with its password and on a trusted device. */
export const logIn = ({ id }: Pick<TestAccount, "id">, login: Partial<TestLogin> = {}): Promise<LoginResult> =>
  logInAs({ origin: newRequestMetadata(), browserIdFor: () => "trusted", methods: ["password"], ...login, accountId: id }, {});

/** Returns the session that a login has opened. */
export function openedSession(login: LoginResult): SessionLookup & SessionToken {
  if (login.kind !== "session") throw new Error("A second factor is required");
  return { ...login.token, secretHash: hashSecret(login.token.secret) };
}

/** Opens a session for an account. */
export const newSession = async (person: Pick<TestAccount, "id">, ...methods: AuthMethod[]) =>
  openedSession(await logIn(person, methods.length > 0 ? { methods } : {}));

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
