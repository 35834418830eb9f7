import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { memberships } from "@/db/schema";
import { command } from "@/lib/kernel/command";
import { DismissFirstSteps } from "@/lib/overview/schema";
import { notFoundError } from "@/lib/shared/app-error";

/** Removes the first steps from the actor's overview of the organization, for good. */
export const dismissFirstSteps = command({
  permission: "organization.read",
  input: DismissFirstSteps,
  async run({ tx, actor, record, nothingChanged }) {
    if (!actor.membershipId) throw notFoundError("Administrator");
    const shown = and(eq(memberships.id, actor.membershipId), isNull(memberships.firstStepsDismissedAt));
    const dismissed = await tx.update(memberships).set({ firstStepsDismissedAt: sql`now()` }).where(shown).returning({ id: memberships.id });
    if (dismissed.length === 0) nothingChanged();
    else await record("first_steps.dismissed", { subject: { id: actor.membershipId, label: "" } });
  },
});
