import "server-only";
import { countAdministrators } from "@/lib/administrators/queries";
import type { OverviewParts } from "@/lib/overview/rules";

export const overview = {
  cards: {
    administrators: ({ tx }) => countAdministrators(tx, {}),
    "without-two-factor": ({ tx }) => countAdministrators(tx, { twoFactor: "off" }),
  },
} satisfies OverviewParts;
