import "server-only";
import { and, eq } from "drizzle-orm";
import { identities } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { googleIssuer } from "@/lib/integrations/google";

const columns = { email: identities.email, linkedAt: identities.linkedAt, lastUsedAt: identities.lastUsedAt };

/** The Google account that opens this account, or null (ACC-25). */
export function linkedGoogle(accountId: string) {
  return asVisitor({ accountId }, async (tx) => {
    const own = and(eq(identities.accountId, accountId), eq(identities.issuer, googleIssuer()));
    const [linked] = await tx.select(columns).from(identities).where(own);
    return linked ?? null;
  }, "read only");
}
