import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { accounts, type LinkPurpose, links } from "@/db/schema";
import { asVisitor, narrow } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { linkOf, personByEmail } from "@/lib/accounts/queries";
import { RequestKey } from "@/lib/accounts/schema";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { type Job, job } from "@/lib/kernel/job";
import { post } from "@/lib/kernel/outbox";
import { hashSecret, newSecret } from "@/lib/kernel/secret";

const resetMinutes = 60;

/** The attempt id becomes the id of the new link, which makes the job idempotent. */
const Asked = z.object({ request: RequestKey, attempt: z.uuid() });
/** A reset that an administrator started; it has no request row. */
const Started = z.object({ account: z.uuid(), attempt: z.uuid() });
type Attempt = { id: string; email: string; minutes: number; accountId?: string; payload?: Record<string, unknown> | null };

const signUp = job({
  name: "account.sign_up",
  input: Asked,
  run: ({ request, attempt }) =>
    answering("sign_up", request, async (tx, { email, payload }) => {
      const url = brand().url;
      const existing = await personByEmail(tx, email);
      if (existing) {
        const created = await offer(tx, "validate", { id: attempt, email, minutes: 0 });
        const props = { signInLink: `${url}/sign-in`, recoverLink: `${url}/recover` };
        if (created) await post(tx, { template: "account-exists", to: email, props });
        return;
      }
      const created = await offer(tx, "validate", { id: attempt, email, minutes: env().LINK_HOURS * 60, payload });
      const props = created && { link: `${url}/verify/${created.token}`, validUntil: created.validUntil };
      if (props) await post(tx, { template: "validate-address", to: email, props });
    }),
});

const recover = job({
  name: "account.recover",
  input: z.union([Asked, Started]),
  run: (input) =>
    "request" in input
      ? answering("recover", input.request, (tx, { email }) => sendReset(tx, email, input.attempt))
      : asVisitor({ accountId: input.account }, async (tx) => {
          const [person] = await tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, input.account));
          if (!person) return;
          await inTurnFor(tx, person.email);
          await sendReset(tx, person.email, input.attempt);
        }),
});

async function sendReset(tx: Tx, email: string, attempt: string) {
  const account = await personByEmail(tx, email);
  if (!account) return;
  const created = await offer(tx, "reset", { id: attempt, email, minutes: resetMinutes, accountId: account.id });
  const props = created && { link: `${brand().url}/reset/${created.token}`, validUntil: created.validUntil };
  if (props) await post(tx, { template: "reset-password", to: email, props });
}

type Request = { email: string; payload: Record<string, unknown> | null };

function answering(purpose: LinkPurpose, request: string, work: (tx: Tx, request: Request) => Promise<void>) {
  const linkHash = Buffer.from(request, "hex");
  return asVisitor({ linkHash }, async (tx) => {
    const link = await linkOf(tx, purpose, linkHash);
    if (!link || link.voided || link.expired) return;
    await inTurnFor(tx, link.email);
    await work(tx, link);
  });
}

/** Serializes the jobs of one email, so that each job finds and voids the link of the previous one. */
async function inTurnFor(tx: Tx, email: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${email}, 0))`);
  await narrow(tx, { email });
}

/** Creates a link and voids older ones with the same purpose; null when this attempt already created it. */
async function offer(tx: Tx, purpose: LinkPurpose, { id, minutes, ...values }: Attempt) {
  const token = newSecret();
  const [created] = await tx
    .insert(links)
    .values({ id, purpose, ...values, secretHash: hashSecret(token), expiresAt: sql`now() + make_interval(mins => ${minutes})` })
    .onConflictDoNothing({ target: links.id })
    .returning({ validUntil: links.expiresAt });
  if (!created) return null;
  const older = and(eq(links.email, values.email), eq(links.purpose, purpose), ne(links.id, id));
  await tx.update(links).set({ voidedAt: sql`now()`, payload: null }).where(and(older, isNull(links.consumedAt), isNull(links.voidedAt)));
  return { token, validUntil: created.validUntil };
}

export const jobs: Job[] = [signUp, recover];
