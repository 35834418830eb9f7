import "server-only";
import { readRecentActivity } from "@/lib/audit/queries";
import { barBounds, resolvePeriod } from "@/lib/audit/rules";
import type { OverviewParts } from "@/lib/overview/rules";

const newestEntries = 6;

export const overview = {
  cards: {
    "recent-activity": async (context) => {
      const period = resolvePeriod({ period: "7d" }, context.now, context.zone);
      const bounds = barBounds(period, context.zone);
      return { bounds, ...(await readRecentActivity(context, period, bounds, newestEntries)) };
    },
  },
} satisfies OverviewParts;
