import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { links } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { follow } from "@/lib/accounts/queries";
import { WantedAddress } from "@/lib/addresses/schema";

/** The links to new addresses are kept under the address that the account has until then. */
export const openChange = (email: string) =>
  and(eq(links.email, email), eq(links.purpose, "change_email"), isNull(links.consumedAt), isNull(links.voidedAt), gt(links.expiresAt, sql`now()`));

/** The new address that the owner of this one waits to confirm; the transaction must be the address's own. */
export async function pendingIn(tx: Tx, email: string) {
  const [link] = await tx.select({ payload: links.payload, validUntil: links.expiresAt }).from(links).where(openChange(email));
  return link ? { email: WantedAddress.parse(link.payload).email, validUntil: link.validUntil } : null;
}

/** The new address that a person asked for and has not confirmed yet. */
export const pendingChange = ({ id, email }: { id: string; email: string }) =>
  asVisitor({ accountId: id, email }, (tx) => pendingIn(tx, email), "read only");

/** Which address a link would give to which account; looking uses nothing up (LNK-3). */
export const showChange = (token: string) =>
  follow("change_email", token, async (_tx, { accountId, payload }) => ({ accountId, wanted: WantedAddress.parse(payload).email }));
