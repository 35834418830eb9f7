import "server-only";
import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { only } from "@/lib/kernel/rows";

/** The region where the account's data is stored; it determines how consent is requested. */
export const regionOf = (accountId: string) =>
  asVisitor({ accountId }, async (tx) => {
    const { region } = await only(tx.select({ region: accounts.region }).from(accounts).where(eq(accounts.id, accountId)));
    return region;
  }, "read only");
