import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { accounts, type EmailTokenPurpose, emailTokens } from "@/db/schema";
import { withAuthScope, setAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { emailTokenByHash, accountByEmail } from "@/lib/accounts/queries";
import { RequestKey } from "@/lib/accounts/schema";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { type Job, job } from "@/lib/kernel/job";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { hashSecret, generateSecret } from "@/lib/kernel/secrets";

const resetMinutes = 60;

/** The attempt id becomes the id of the new link, which makes the job idempotent. */
const RequestJob = z.object({ request: RequestKey, attempt: z.uuid() });
/** A reset that an administrator started; it has no request row. */
const AdminResetJob = z.object({ account: z.uuid(), attempt: z.uuid() });
type EmailTokenInput = { id: string; email: string; minutes: number; accountId?: string; payload?: Record<string, unknown> | null };

const signUp = job({
  name: "account.sign_up",
  input: RequestJob,
  run: ({ request, attempt }) =>
    withPendingRequest("sign_up", request, async (tx, { email, payload }) => {
      const url = brand().url;
      const existing = await accountByEmail(tx, email);
      if (existing) {
        const created = await createEmailToken(tx, "validate", { id: attempt, email, minutes: 0 });
        const props = { signInLink: `${url}/sign-in`, recoverLink: `${url}/recover` };
        if (created) await enqueueEmail(tx, { template: "account-exists", to: email, props });
        return;
      }
      const created = await createEmailToken(tx, "validate", { id: attempt, email, minutes: env().LINK_HOURS * 60, payload });
      const props = created && { link: `${url}/verify/${created.token}`, validUntil: created.validUntil };
      if (props) await enqueueEmail(tx, { template: "validate-address", to: email, props });
    }),
});

const recover = job({
  name: "account.recover",
  input: z.union([RequestJob, AdminResetJob]),
  run: (input) =>
    "request" in input
      ? withPendingRequest("recover", input.request, (tx, { email }) => sendReset(tx, email, input.attempt))
      : withAuthScope({ accountId: input.account }, async (tx) => {
          const [person] = await tx.select({ email: accounts.email }).from(accounts).where(eq(accounts.id, input.account));
          if (!person) return;
          await lockEmail(tx, person.email);
          await sendReset(tx, person.email, input.attempt);
        }),
});

async function sendReset(tx: Tx, email: string, attempt: string) {
  const account = await accountByEmail(tx, email);
  if (!account) return;
  const created = await createEmailToken(tx, "reset", { id: attempt, email, minutes: resetMinutes, accountId: account.id });
  const props = created && { link: `${brand().url}/reset/${created.token}`, validUntil: created.validUntil };
  if (props) await enqueueEmail(tx, { template: "reset-password", to: email, props });
}

type TokenRequest = { email: string; payload: Record<string, unknown> | null };

function withPendingRequest(purpose: EmailTokenPurpose, request: string, work: (tx: Tx, request: TokenRequest) => Promise<void>) {
  const tokenHash = Buffer.from(request, "hex");
  return withAuthScope({ tokenHash }, async (tx) => {
    const link = await emailTokenByHash(tx, purpose, tokenHash);
    if (!link || link.voided || link.expired) return;
    await lockEmail(tx, link.email);
    await work(tx, link);
  });
}

/** Serializes the jobs of one email, so that each job finds and voids the link of the previous one. */
async function lockEmail(tx: Tx, email: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${email}, 0))`);
  await setAuthScope(tx, { email });
}

/** Creates a link and voids older ones with the same purpose; null when this attempt already created it. */
async function createEmailToken(tx: Tx, purpose: EmailTokenPurpose, { id, minutes, ...values }: EmailTokenInput) {
  const token = generateSecret();
  const [created] = await tx
    .insert(emailTokens)
    .values({ id, purpose, ...values, secretHash: hashSecret(token), expiresAt: sql`now() + make_interval(mins => ${minutes})` })
    .onConflictDoNothing({ target: emailTokens.id })
    .returning({ validUntil: emailTokens.expiresAt });
  if (!created) return null;
  const older = and(eq(emailTokens.email, values.email), eq(emailTokens.purpose, purpose), ne(emailTokens.id, id));
  await tx.update(emailTokens).set({ voidedAt: sql`now()`, payload: null }).where(and(older, isNull(emailTokens.consumedAt), isNull(emailTokens.voidedAt)));
  return { token, validUntil: created.validUntil };
}

export const jobs: Job[] = [signUp, recover];
