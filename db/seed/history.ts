import { accountActs } from "@/db/seed/account-acts";
import { milestones } from "@/db/seed/milestones";
import type { DemoOrganization } from "@/db/seed/organizations";
import { type Colleague, openStage, type Stage } from "@/db/seed/stage";
import { justNow, workdays } from "@/db/seed/workdays";

/** Half a year of an organization up to the present minute: its entries, and its sites as it leaves them. */
export function historyOf(organization: DemoOrganization, id: string, people: readonly Colleague[], now: Date): Stage {
  const stage = openStage(organization, id, now);
  const [founder, ...others] = people;
  if (!founder) throw new Error("An organization begins with somebody");
  const acts = [...milestones(stage, founder, others), ...workdays(stage, people), ...accountActs(stage, people), ...justNow(stage, people)];
  const past = acts.filter(({ at }) => at <= now).sort((one, other) => one.at.getTime() - other.at.getTime());
  for (const { at, perform } of past) perform(at);
  return stage;
}
