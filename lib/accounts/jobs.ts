import "server-only";
import { and, eq, isNull, ne, sql } from "drizzle-orm";
import * as z from "zod/mini";
import { accounts, type EmailTokenPurpose, emailTokens } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { lockEmail } from "@/lib/accounts/internal";
import { emailTokenByHash, accountByEmail } from "@/lib/accounts/queries";
import { RequestKey } from "@/lib/accounts/schema";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { type Job, job } from "@/lib/kernel/job";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { consumeLimit, isLimitExhausted } from "@/lib/kernel/rate-limits";
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
        const created = await createSignUpToken(tx, { id: attempt, email, minutes: 0 });
        const props = { signInLink: `${url}/sign-in`, recoverLink: `${url}/recover` };
        if (created) await enqueueEmail(tx, { template: "account-exists", to: email, props });
        return;
      }
      const created = await createSignUpToken(tx, { id: attempt, email, minutes: env().LINK_HOURS * 60, payload });
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
  const created = await createResetToken(tx, { id: attempt, email, minutes: resetMinutes, accountId: account.id });
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

/**
 * Creates a link for a sign-up and leaves the others as they are: each has the password of who asked for it, and a
 * stranger must not void the owner's. Null when this attempt has created it, or when its recipient got too many emails.
 */
async function createSignUpToken(tx: Tx, input: EmailTokenInput) {
  if (await isLimitExhausted(tx, "sign_up_mail_recipient", input.email)) return null;
  const created = await createEmailToken(tx, "validate", input);
  if (created) await consumeLimit(tx, "sign_up_mail_recipient", input.email);
  return created;
}

/** Creates a link for a new password and voids the older ones; null when this attempt has created it. */
async function createResetToken(tx: Tx, input: EmailTokenInput) {
  const created = await createEmailToken(tx, "reset", input);
  const older = and(eq(emailTokens.email, input.email), eq(emailTokens.purpose, "reset"), ne(emailTokens.id, input.id));
  if (created) await tx.update(emailTokens).set({ voidedAt: sql`now()` }).where(and(older, isNull(emailTokens.consumedAt), isNull(emailTokens.voidedAt)));
  return created;
}

async function createEmailToken(tx: Tx, purpose: "validate" | "reset", { id, minutes, ...values }: EmailTokenInput) {
  const token = generateSecret();
  const [created] = await tx
    .insert(emailTokens)
    .values({ id, purpose, ...values, secretHash: hashSecret(token), expiresAt: sql`now() + make_interval(mins => ${minutes})` })
    .onConflictDoNothing({ target: emailTokens.id })
    .returning({ validUntil: emailTokens.expiresAt });
  return created ? { token, validUntil: created.validUntil } : null;
}

export const jobs: Job[] = [signUp, recover];
