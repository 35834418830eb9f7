import "server-only";
import { eq, sql } from "drizzle-orm";
import { twoFactors } from "@/db/schema";
import { asVisitor } from "@/db/second-door";

export type TwoFactorState = "off" | "pending" | "active";

/** Whether signing in asks for a code: asked for and not verified yet is pending (ACC-22). */
export const twoFactorOf = (accountId: string): Promise<TwoFactorState> =>
  asVisitor({ accountId }, async (tx) => {
    const active = sql<boolean>`${twoFactors.verifiedAt} is not null`;
    const [kept] = await tx.select({ active }).from(twoFactors).where(eq(twoFactors.accountId, accountId));
    if (!kept) return "off";
    return kept.active ? "active" : "pending";
  });
