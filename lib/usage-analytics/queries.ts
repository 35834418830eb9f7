import "server-only";
import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { expectOne } from "@/lib/kernel/expect-one";

/** The region where the account's data is stored; it determines how consent is requested. */
export const getAccountRegion = (accountId: string) =>
  withAuthScope({ accountId }, async (tx) => {
    const { region } = await expectOne(tx.select({ region: accounts.region }).from(accounts).where(eq(accounts.id, accountId)));
    return region;
  }, "read only");
