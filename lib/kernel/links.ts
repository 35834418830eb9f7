import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { type LinkPurpose, links } from "@/db/schema";
import type { Tx } from "@/db/tx";

/** Consumes a token from an email in one conditional update; returns null when it is not valid. */
export async function consumeLink(tx: Tx, purpose: LinkPurpose, linkHash: Buffer) {
  const isValid = and(
    eq(links.secretHash, linkHash),
    eq(links.purpose, purpose),
    isNull(links.consumedAt),
    isNull(links.voidedAt),
    gt(links.expiresAt, sql`now()`),
  );
  const columns = { email: links.email, accountId: links.accountId, payload: links.payload };
  const [token] = await tx.update(links).set({ consumedAt: sql`now()` }).where(isValid).returning(columns);
  return token ?? null;
}
