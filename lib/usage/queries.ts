import "server-only";
import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { only } from "@/lib/kernel/rows";

/** The region that keeps an account, whose law decides how its owner is asked (ACC-1, ACC-28). */
export const regionOf = (accountId: string) =>
  asVisitor({ accountId }, async (tx) => {
    const { region } = await only(tx.select({ region: accounts.region }).from(accounts).where(eq(accounts.id, accountId)));
    return region;
  }, "read only");
