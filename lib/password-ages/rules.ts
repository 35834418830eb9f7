import type { UserGroup } from "@/db/schema";

/** How many days a password lasts by user group; null where it never ends (PWD-1). */
export type Periods = Record<UserGroup, number | null>;

type Holder = { userGroup: UserGroup };
type Held = { passwordExpiryDays: number | null; partner: boolean };

/** Partners are the accounts marked so, and the members of an organization marked so (PWD-5). */
export const isPartner = ({ userGroup }: Holder, held: readonly Pick<Held, "partner">[]): boolean =>
  userGroup === "partner" || held.some(({ partner }) => partner);

/** How many days this person's password lasts: the shortest of the periods that hold for it, or null for no end (PWD-1). */
export function periodOf(holder: Holder, held: readonly Held[], periods: Periods): number | null {
  const group = isPartner(holder, held) ? "partner" : holder.userGroup;
  const days = [periods[group], ...held.map(({ passwordExpiryDays }) => passwordExpiryDays)];
  const set = days.filter((count) => count !== null);
  return set.length > 0 ? Math.min(...set) : null;
}

/** Whether a password of this age, in days, may only be changed (PWD-3). */
export const isOver = (ageDays: number | null, period: number | null): boolean =>
  ageDays !== null && period !== null && ageDays >= period;
