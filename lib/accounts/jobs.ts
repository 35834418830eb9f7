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

/** One try to send what was asked for; its id marks what it has left, so that a second run of it leaves nothing. */
const Asked = z.object({ request: RequestKey, attempt: z.uuid() });
/** The same, started by somebody who administers the person: there is no row under which it could be asked for again. */
const Started = z.object({ account: z.uuid(), attempt: z.uuid() });
type Attempt = { id: string; email: string; minutes: number; accountId?: string; payload?: Record<string, unknown> | null };

const signUp = job({
  name: "account.sign_up",
  input: Asked,
  run: ({ request, attempt }) =>
    answering("sign_up", request, async (tx, { email, payload }) => {
      const url = brand().url;
      const known = await personByEmail(tx, email);
      if (known) {
        const closed = await offer(tx, "validate", { id: attempt, email, minutes: 0 });
        const props = { signInLink: `${url}/sign-in`, recoverLink: `${url}/recover` };
        if (closed) await post(tx, { template: "account-exists", to: email, props });
        return;
      }
      const made = await offer(tx, "validate", { id: attempt, email, minutes: env().LINK_HOURS * 60, payload });
      const link = made && { link: `${url}/verify/${made.token}`, validUntil: made.validUntil };
      if (link) await post(tx, { template: "validate-address", to: email, props: link });
    }),
});

const recover = job({
  name: "account.recover",
  input: z.union([Asked, Started]),
  run: (asked) =>
    "request" in asked
      ? answering("recover", asked.request, (tx, { email }) => sendReset(tx, email, asked.attempt))
      : asVisitor({ accountId: asked.account }, async (tx) => {
          const [person] = await tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, asked.account));
          if (!person) return;
          await inTurnFor(tx, person.email);
          await sendReset(tx, person.email, asked.attempt);
        }),
});

async function sendReset(tx: Tx, email: string, attempt: string) {
  const known = await personByEmail(tx, email);
  if (!known) return;
  const made = await offer(tx, "reset", { id: attempt, email, minutes: resetMinutes, accountId: known.id });
  const link = made && { link: `${brand().url}/reset/${made.token}`, validUntil: made.validUntil };
  if (link) await post(tx, { template: "reset-password", to: email, props: link });
}

type Request = { email: string; payload: Record<string, unknown> | null };

function answering(purpose: LinkPurpose, request: string, answer: (tx: Tx, asked: Request) => Promise<void>) {
  const linkHash = Buffer.from(request, "hex");
  return asVisitor({ linkHash }, async (tx) => {
    const asked = await linkOf(tx, purpose, linkHash);
    if (!asked || asked.voided || asked.expired) return;
    await inTurnFor(tx, asked.email);
    await answer(tx, asked);
  });
}

/** One answer at a time for an address, so that each finds and replaces the link of the one before. */
async function inTurnFor(tx: Tx, email: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${email}, 0))`);
  await narrow(tx, { email });
}

/** Makes the one link of its kind that works for an address, or null when this attempt has made it already. */
async function offer(tx: Tx, purpose: LinkPurpose, { id, minutes, ...facts }: Attempt) {
  const token = newSecret();
  const [made] = await tx
    .insert(links)
    .values({ id, purpose, ...facts, secretHash: hashSecret(token), expiresAt: sql`now() + make_interval(mins => ${minutes})` })
    .onConflictDoNothing({ target: links.id })
    .returning({ validUntil: links.expiresAt });
  if (!made) return null;
  const older = and(eq(links.email, facts.email), eq(links.purpose, purpose), ne(links.id, id));
  await tx.update(links).set({ voidedAt: sql`now()`, payload: null }).where(and(older, isNull(links.consumedAt), isNull(links.voidedAt)));
  return { token, validUntil: made.validUntil };
}

export const jobs: Job[] = [signUp, recover];
