import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { twoFactors } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { seal } from "@/lib/kernel/seal";
import { newSeed, placeOf } from "@/lib/two-factor/rules";

/** Gives the account a secret for an authenticator, where it has none; it counts once a code was right (ACC-22). */
export async function prepareTwoFactor(tx: Tx, accountId: string): Promise<void> {
  await tx
    .insert(twoFactors)
    .values({ accountId, sealedSecret: seal(newSeed(), placeOf(accountId)) })
    .onConflictDoNothing({ target: twoFactors.accountId });
}

/** Drops a secret that no code has verified; one that counts stays. */
export async function forgetUnverified(tx: Tx, accountId: string): Promise<void> {
  await tx.delete(twoFactors).where(and(eq(twoFactors.accountId, accountId), isNull(twoFactors.verifiedAt)));
}
