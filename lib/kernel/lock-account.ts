import "server-only";
import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import type { Tx } from "@/db/tx";

/** To change the account or its rows, to rely on its values, or to rely on its existence. */
type LockStrength = "no key update" | "share" | "key share";

/**
 * Locks the account row before its dependent rows, so that concurrent changes serialize without deadlock.
 * Returns false when the account does not exist.
 */
export async function lockAccount(tx: Tx, accountId: string, strength: LockStrength): Promise<boolean> {
  const rows = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for(strength);
  return rows.length > 0;
}
