import "server-only";
import { countAdministrators } from "@/lib/administrators/queries";
import type { OverviewParts } from "@/lib/overview/rules";

export const overview = {
  cards: {
    administrators: ({ tx }) => countAdministrators(tx, {}),
    "access-ending": ({ tx }) => countAdministrators(tx, { accessEnd: "soon" }),
    "without-two-factor": ({ tx }) => countAdministrators(tx, { twoFactor: "off" }),
  },
} satisfies OverviewParts;
