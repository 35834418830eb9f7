import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { type EmailTokenPurpose, emailTokens } from "@/db/schema";
import { setAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import type { RequestMetadata } from "@/lib/access/actor";
import { emailTokenByHash } from "@/lib/accounts/queries";
import { emailTokenMessages, describeClient, emailTokenState } from "@/lib/accounts/rules";
import { brand } from "@/lib/brand";
import type { SystemOrStaffActor } from "@/lib/kernel/account-events";
import { consumeEmailToken } from "@/lib/kernel/email-tokens";
import { enqueueEmail } from "@/lib/kernel/email-outbox";
import { AppError } from "@/lib/shared/app-error";

/** Serializes what creates, uses and voids the links of an email, and makes it the scope of the transaction. */
export async function lockEmail(tx: Tx, email: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${email}, 0))`);
  await setAuthScope(tx, { email });
}

/** Consumes a link atomically in the caller's transaction; throws with the reason when it is not usable. */
export async function consumeTokenOrThrow(tx: Tx, purpose: EmailTokenPurpose, tokenHash: Buffer, messages = emailTokenMessages) {
  const link = await consumeEmailToken(tx, purpose, tokenHash);
  if (link) return link;
  const state = emailTokenState(await emailTokenByHash(tx, purpose, tokenHash));
  throw new AppError("conflict", messages[state === "fresh" ? "used" : state].text);
}

/** Voids every link with one of these purposes for an email and erases its payload. */
export async function voidEmailTokens(tx: Tx, purposes: EmailTokenPurpose[], email: string) {
  const matches = and(eq(emailTokens.email, email), inArray(emailTokens.purpose, purposes));
  await tx.update(emailTokens).set({ payload: null, voidedAt: sql`coalesce(${emailTokens.voidedAt}, ${emailTokens.consumedAt}, now())` }).where(matches);
}

/** Emails the account owner what changed and what to do if it was not them (default: choose a new password). */
export async function sendSecurityNotice(tx: Tx, to: string, what: string, origin: RequestMetadata, remedy?: string) {
  const { url } = brand();
  const reaction = remedy
    ? { advice: `If this wasn’t you, ${remedy}.`, label: "Open My Account", link: `${url}/account` }
    : { advice: "If this wasn’t you, choose a new password immediately. That signs out everyone else.", label: "Choose a new password", link: `${url}/recover` };
  await enqueueEmail(tx, { template: "security-notice", to, props: { what, at: new Date().toISOString(), from: describeClient(origin), ...reaction } });
}

/** The installation as the actor of what it does by itself. */
export const systemAgent = (): SystemOrStaffActor => ({ kind: "system", id: "6c1e2f0a-6a43-5c58-9d0e-2f6f6d0c7b11", name: brand().name });
