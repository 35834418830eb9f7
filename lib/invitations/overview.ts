import "server-only";
import { memberships } from "@/db/schema";
import { countAdministrators } from "@/lib/administrators/queries";
import type { OverviewParts } from "@/lib/overview/rules";

export const overview = {
  cards: {
    "pending-invitations": ({ tx }) => countAdministrators(tx, { status: ["invited", "accepted"] }),
    "expired-invitations": ({ tx }) => countAdministrators(tx, { status: "expired" }),
    "undelivered-invitations": ({ tx }) => countAdministrators(tx, { status: "undeliverable" }),
  },
  firstSteps: {
    "invite-colleague": async ({ tx }) => {
      const some = await tx.select({ id: memberships.id }).from(memberships).limit(2);
      return { done: some.length > 1 };
    },
  },
} satisfies OverviewParts;
