import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { emailTokens } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import type { Tx } from "@/db/tx";
import { readEmailToken } from "@/lib/accounts/queries";
import { EmailChangePayload } from "@/lib/email-changes/schema";

/** Selects the open change of an account by its current email. */
export const isPendingChange = (email: string) =>
  and(eq(emailTokens.email, email), eq(emailTokens.purpose, "change_email"), isNull(emailTokens.consumedAt), isNull(emailTokens.voidedAt), gt(emailTokens.expiresAt, sql`now()`));

/** The pending new email of the account with this email; needs a transaction scoped to the email. */
export async function pendingChangeByEmail(tx: Tx, email: string) {
  const [link] = await tx.select({ payload: emailTokens.payload, validUntil: emailTokens.expiresAt }).from(emailTokens).where(isPendingChange(email));
  return link ? { email: EmailChangePayload.parse(link.payload).email, validUntil: link.validUntil } : null;
}

/** The new email that an account requested and has not confirmed. */
export const getPendingEmailChange = ({ id, email }: { id: string; email: string }) =>
  withAuthScope({ accountId: id, email }, (tx) => pendingChangeByEmail(tx, email), "read only");

type EmailChangeTarget = { accountId: string | null; newEmail: string };

/** The account and new email behind a confirmation link; does not consume it. */
export const getEmailChange = (token: string) =>
  readEmailToken("change_email", token, async (_tx, { accountId, payload }): Promise<EmailChangeTarget> => ({ accountId, newEmail: EmailChangePayload.parse(payload).email }));
