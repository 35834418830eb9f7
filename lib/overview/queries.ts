import "server-only";
import { eq } from "drizzle-orm";
import { memberships } from "@/db/schema";
import { can } from "@/lib/access/actor";
import { areas } from "@/lib/areas";
import { query } from "@/lib/kernel/query";
import type { Activity, OverviewContext, OverviewParts } from "@/lib/overview/rules";
import { GetOverview } from "@/lib/overview/schema";
import type { Permission } from "@/lib/shared/permissions";
import { mergedPart } from "@/lib/shared/registry";
import type { OverviewCard } from "@/lib/shared/define-area";

// The bundler includes every file that this path can name.
const partsOf = async (area: string) => ((await import(`../${area}/overview.ts`)) as { overview: OverviewParts }).overview;

const contributing = areas.filter((area) => "overviewCards" in area || "firstSteps" in area);

/** How the cards and first steps of all areas are read, by name. */
export async function overviewParts(): Promise<Required<OverviewParts>> {
  const parts = await Promise.all(contributing.map(({ name }) => partsOf(name)));
  return { cards: Object.assign({}, ...parts.map(({ cards }) => cards)), firstSteps: Object.assign({}, ...parts.map(({ firstSteps }) => firstSteps)) };
}

type Card = OverviewCard & { name: string };
export type CountCard = Card & { count: number };
export type ActivityCard = Card & { activity: Activity };

const permitted = <P extends { permission: string }>({ actor }: OverviewContext, parts: Readonly<Record<string, P>>) =>
  Object.entries(parts).flatMap(([name, part]) => (can(actor, part.permission as Permission) ? [{ name, ...part }] : []));

/** The cards that the actor's role allows, and the first steps unless they are all done or were dismissed. */
export const getOverview = query({
  permission: "organization.read",
  input: GetOverview,
  async run(queryContext, { zone }) {
    const context = { ...queryContext, zone, now: new Date() };
    const { cards, firstSteps } = await overviewParts();
    const [contents, steps] = await Promise.all([
      Promise.all(permitted(context, mergedPart("overviewCards")).map(async (card) => ({ card, content: await cards[card.name]?.(context) }))),
      readFirstSteps(context, firstSteps),
    ]);
    return {
      steps,
      counts: contents.flatMap(({ card, content }): CountCard[] => (typeof content === "number" && (content > 0 || !card.needsAttention) ? [{ ...card, count: content }] : [])),
      activities: contents.flatMap(({ card, content }): ActivityCard[] => (typeof content === "object" ? [{ ...card, activity: content }] : [])),
    };
  },
});

async function readFirstSteps(context: OverviewContext, readers: Required<OverviewParts>["firstSteps"]) {
  if (await areDismissed(context)) return [];
  const listed = permitted(context, mergedPart("firstSteps")).toSorted((one, other) => one.position - other.position);
  const steps = await Promise.all(listed.map(async (step) => ({ ...step, done: false, ...(await readers[step.name]?.(context)) })));
  return steps.every(({ done }) => done) ? [] : steps;
}

async function areDismissed({ tx, actor: { membershipId } }: OverviewContext): Promise<boolean> {
  if (!membershipId) return true;
  const [row] = await tx.select({ at: memberships.firstStepsDismissedAt }).from(memberships).where(eq(memberships.id, membershipId));
  return !row || row.at !== null;
}
