import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { links } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import type { Tx } from "@/db/tx";
import { follow } from "@/lib/accounts/queries";
import { WantedAddress } from "@/lib/addresses/schema";

/** Selects the open change of an account by its current email. */
export const openChange = (email: string) =>
  and(eq(links.email, email), eq(links.purpose, "change_email"), isNull(links.consumedAt), isNull(links.voidedAt), gt(links.expiresAt, sql`now()`));

/** The pending new email of the account with this email; needs a transaction scoped to the email. */
export async function pendingIn(tx: Tx, email: string) {
  const [link] = await tx.select({ payload: links.payload, validUntil: links.expiresAt }).from(links).where(openChange(email));
  return link ? { email: WantedAddress.parse(link.payload).email, validUntil: link.validUntil } : null;
}

/** The new email that an account requested and has not confirmed. */
export const pendingChange = ({ id, email }: { id: string; email: string }) =>
  asVisitor({ accountId: id, email }, (tx) => pendingIn(tx, email), "read only");

type Target = { accountId: string | null; wanted: string };

/** The account and new email behind a confirmation link; does not consume it. */
export const showChange = (token: string) =>
  follow("change_email", token, async (_tx, { accountId, payload }): Promise<Target> => ({ accountId, wanted: WantedAddress.parse(payload).email }));
