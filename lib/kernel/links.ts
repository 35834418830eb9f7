import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { type LinkPurpose, links } from "@/db/schema";
import type { Tx } from "@/db/tx";

/** Uses a mailed link up in one conditional statement, for whatever follows in the same transaction; null if it is not open (LNK-1). */
export async function consumeLink(tx: Tx, purpose: LinkPurpose, linkHash: Buffer) {
  const open = and(
    eq(links.secretHash, linkHash),
    eq(links.purpose, purpose),
    isNull(links.consumedAt),
    isNull(links.voidedAt),
    gt(links.expiresAt, sql`now()`),
  );
  const used = { email: links.email, accountId: links.accountId, payload: links.payload };
  const [link] = await tx.update(links).set({ consumedAt: sql`now()` }).where(open).returning(used);
  return link ?? null;
}
