import { accountHistory } from "@/db/seed/account-history";
import { milestones } from "@/db/seed/milestones";
import type { DemoOrganization } from "@/db/seed/organizations";
import { type Builder, createBuilder, type Member } from "@/db/seed/builder";
import { recentEvents, workdays } from "@/db/seed/workdays";

/** Builds half a year of history up to now: the audit entries, and the sites as they are at the end. */
export function buildHistory(organization: DemoOrganization, id: string, people: readonly Member[], now: Date): Builder {
  const builder = createBuilder(organization, id, now);
  const [founder, ...others] = people;
  if (!founder) throw new Error("An organization needs a founder");
  const all = [...milestones(builder, founder, others), ...workdays(builder, people), ...accountHistory(builder, people), ...recentEvents(builder, people)];
  const past = all.filter(({ at }) => at <= now).sort((one, other) => one.at.getTime() - other.at.getTime());
  for (const { at, apply } of past) apply(at);
  return builder;
}
