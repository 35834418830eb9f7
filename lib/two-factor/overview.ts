import "server-only";
import { eq } from "drizzle-orm";
import { accounts } from "@/db/schema";
import type { OverviewParts } from "@/lib/overview/rules";

export const overview = {
  firstSteps: {
    "two-factor": async ({ tx, actor }) => {
      const [account] = await tx.select({ since: accounts.twoFactorEnabledAt }).from(accounts).where(eq(accounts.id, actor.id));
      return { done: Boolean(account?.since) };
    },
  },
} satisfies OverviewParts;
