import "server-only";
import { and, eq } from "drizzle-orm";
import { identities } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { googleIssuer } from "@/lib/integrations/google";

const columns = { email: identities.email, linkedAt: identities.linkedAt, lastUsedAt: identities.lastUsedAt };

/** The Google identity linked with this account, or null. */
export function linkedGoogle(accountId: string) {
  return asVisitor({ accountId }, async (tx) => {
    const own = and(eq(identities.accountId, accountId), eq(identities.issuer, googleIssuer()));
    const [identity] = await tx.select(columns).from(identities).where(own);
    return identity ?? null;
  }, "read only");
}
