import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { type EmailTokenPurpose, emailTokens } from "@/db/schema";
import type { Tx } from "@/db/tx";

/** Consumes a token from an email in one conditional update; returns null when it is not valid. */
export async function consumeEmailToken(tx: Tx, purpose: EmailTokenPurpose, tokenHash: Buffer) {
  const isValid = and(
    eq(emailTokens.secretHash, tokenHash),
    eq(emailTokens.purpose, purpose),
    isNull(emailTokens.consumedAt),
    isNull(emailTokens.voidedAt),
    gt(emailTokens.expiresAt, sql`now()`),
  );
  const columns = { email: emailTokens.email, accountId: emailTokens.accountId, payload: emailTokens.payload };
  const [token] = await tx.update(emailTokens).set({ consumedAt: sql`now()` }).where(isValid).returning(columns);
  return token ?? null;
}
