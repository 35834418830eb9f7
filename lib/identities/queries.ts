import "server-only";
import { and, eq } from "drizzle-orm";
import { identities } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { googleIssuer } from "@/lib/integrations/google";

const googleIdentityColumns = { email: identities.email, linkedAt: identities.linkedAt, lastUsedAt: identities.lastUsedAt };

/** The Google identity linked with this account, or null. */
export function getGoogleIdentity(accountId: string) {
  return withAuthScope({ accountId }, async (tx) => {
    const own = and(eq(identities.accountId, accountId), eq(identities.issuer, googleIssuer()));
    const [identity] = await tx.select(googleIdentityColumns).from(identities).where(own);
    return identity ?? null;
  }, "read only");
}
