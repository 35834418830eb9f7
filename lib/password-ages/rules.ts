import type { UserGroup } from "@/db/schema";

/** How many days a password lasts by user group; null where it never ends (PWD-1). */
export type Periods = Record<UserGroup, number | null>;

type Holder = { userGroup: UserGroup };
type Held = { passwordExpiryDays: number | null; partner: boolean };

/** Partners are the accounts marked so, and the members of an organization marked so (PWD-5). */
export const isPartner = ({ userGroup }: Holder, held: readonly Pick<Held, "partner">[]): boolean =>
  userGroup === "partner" || held.some(({ partner }) => partner);

const groupOf = (holder: Holder, held: readonly Pick<Held, "partner">[]): UserGroup =>
  isPartner(holder, held) ? "partner" : holder.userGroup;

/** How many days this person's password lasts: the shortest of the periods that hold for it, or null for no end (PWD-1). */
export function periodOf(holder: Holder, held: readonly Held[], periods: Periods): number | null {
  const days = [periods[groupOf(holder, held)], ...held.map(({ passwordExpiryDays }) => passwordExpiryDays)];
  const set = days.filter((count) => count !== null);
  return set.length > 0 ? Math.min(...set) : null;
}

/** Whether a password of this age, in days, may only be changed (PWD-3). */
export const isOver = (ageDays: number | null, period: number | null): boolean =>
  ageDays !== null && period !== null && ageDays >= period;

/** How many days are left when a person is reminded (PWD-2). */
export const stages = [30, 14, 7, 1, 0] as const;
export type Stage = (typeof stages)[number];

/** The reminders due at this age, the most urgent last; none that a change of the password would bring with it (PWD-2). */
export const stagesDue = (ageDays: number, period: number): Stage[] =>
  stages.filter((stage) => stage < period && period - ageDays <= stage);

/** Days since a password was changed, since its person was told that it ended, and since staff brought the account back. */
export type Clock = { ageDays: number; sinceTold: number | null; sinceReinstated: number | null };

const overdueDays = ({ ageDays, sinceTold, sinceReinstated }: Clock, period: number): number =>
  Math.min(ageDays - period, sinceTold ?? 0, sinceReinstated ?? Infinity);

/** Whether an account has used up its grace: counted from the end, and never before its person was told of it (PWD-3). */
export const isForfeit = (clock: Clock, period: number, graceDays: number): boolean =>
  clock.sinceTold !== null && overdueDays(clock, period) >= graceDays;

const day = 86_400_000;
const after = (now: Date, days: number) => new Date(now.getTime() + days * day);

/** When a password ends, and when its account is suspended if nobody changes it until then (PWD-3). */
export const endsOf = (clock: Clock, period: number, graceDays: number, now: Date) => ({
  endsAt: after(now, period - clock.ageDays),
  suspendedAt: after(now, graceDays - overdueDays(clock, period)),
});

/** "1 day", "14 days". */
export const inDays = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;

type Named = Held & { orgName: string };

const members: Record<UserGroup, string> = { partner: "its partners", customer: "its customers", public: "everybody with an account" };

/** Who asks whom for a new password how often, to be read as one sentence. */
export function demandOf(holder: Holder, held: readonly Named[], periods: Periods, operator: string) {
  const period = periodOf(holder, held, periods);
  if (period === null) return null;
  const asking = held.find(({ passwordExpiryDays }) => passwordExpiryDays === period);
  const whom = asking ? "its members" : members[groupOf(holder, held)];
  return { by: asking?.orgName ?? operator, whom, every: inDays(period) };
}
