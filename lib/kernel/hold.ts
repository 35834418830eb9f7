import "server-only";
import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import type { Tx } from "@/db/tx";

/** To change the account or what hangs on it; to build on it as it is; or only for it to be there. */
type Strength = "no key update" | "share" | "key share";

/**
 * Holds an account before anything that hangs on it is held, as everything does that concerns one: what is done at once
 * is done in turn, and nobody waits in a ring. False when there is no such account any more.
 */
export async function holdAccount(tx: Tx, accountId: string, strength: Strength): Promise<boolean> {
  const held = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for(strength);
  return held.length > 0;
}
