import "server-only";
import { eq } from "drizzle-orm";
import { accounts, usageEvents } from "@/db/schema";
import type { Tx } from "@/db/tx";

/** Saves the analytics consent; refusal deletes all recorded page views. */
export async function setAnalyticsConsent(tx: Tx, accountId: string, analytics: "yes" | "no") {
  await tx.update(accounts).set({ analyticsAllowed: analytics }).where(eq(accounts.id, accountId));
  if (analytics === "no") await tx.delete(usageEvents).where(eq(usageEvents.accountId, accountId));
}
