import type { UserGroup } from "@/db/schema";

/** Password lifetime in days by user group; null means no expiry. */
export type ExpiryPeriods = Record<UserGroup, number | null>;

type Account = { userGroup: UserGroup };
type Membership = { passwordExpiryDays: number | null; partner: boolean };

/** True for accounts in the partner group and for members of a partner organization. */
export const isPartner = ({ userGroup }: Account, memberships: readonly Pick<Membership, "partner">[]): boolean =>
  userGroup === "partner" || memberships.some(({ partner }) => partner);

const effectiveGroup = (account: Account, memberships: readonly Pick<Membership, "partner">[]): UserGroup =>
  isPartner(account, memberships) ? "partner" : account.userGroup;

/** The shortest period among the account's group and its organizations, in days; null when none is set. */
export function expiryPeriod(account: Account, memberships: readonly Membership[], periods: ExpiryPeriods): number | null {
  const days = [periods[effectiveGroup(account, memberships)], ...memberships.map(({ passwordExpiryDays }) => passwordExpiryDays)];
  const limits = days.filter((count) => count !== null);
  return limits.length > 0 ? Math.min(...limits) : null;
}

/** Whether a password of this age has expired and must be changed. */
export const isPasswordExpired = (ageDays: number | null, period: number | null): boolean =>
  ageDays !== null && period !== null && ageDays >= period;

/** Days before expiry on which a reminder is sent. */
export const reminderDays = [30, 14, 7, 1, 0] as const;
export type ReminderDay = (typeof reminderDays)[number];

/** The reminders due at this age, the most urgent last; none with more days than the period has. */
export const dueReminders = (ageDays: number, period: number): ReminderDay[] =>
  reminderDays.filter((stage) => stage < period && period - ageDays <= stage);

/** Days since the password was changed, since the expiry email, and since staff reinstated the account. */
export type PasswordAge = { ageDays: number; daysSinceNotified: number | null; daysSinceReinstated: number | null };

const overdueDays = ({ ageDays, daysSinceNotified, daysSinceReinstated }: PasswordAge, period: number): number =>
  Math.min(ageDays - period, daysSinceNotified ?? 0, daysSinceReinstated ?? Infinity);

/** Whether the grace period is over; it starts at expiry, but not before the expiry email was sent. */
export const isGraceExceeded = (age: PasswordAge, period: number, graceDays: number): boolean =>
  age.daysSinceNotified !== null && overdueDays(age, period) >= graceDays;

const dayMs = 86_400_000;
const addDays = (now: Date, days: number) => new Date(now.getTime() + days * dayMs);

/** When the password expires, and when the account is suspended unless it is changed. */
export const expiryDates = (age: PasswordAge, period: number, graceDays: number, now: Date) => ({
  endsAt: addDays(now, period - age.ageDays),
  suspendedAt: addDays(now, graceDays - overdueDays(age, period)),
});

/** Formats a number of days: "1 day", "14 days". */
export const formatDays = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;

type NamedMembership = Membership & { orgName: string };

const groupLabels: Record<UserGroup, string> = { partner: "its partners", customer: "its customers", public: "everyone with an account" };

/** Who requires the change, from whom and how often, as parts of one sentence; null when nothing does. */
export function expiryReason(account: Account, memberships: readonly NamedMembership[], periods: ExpiryPeriods, operator: string) {
  const period = expiryPeriod(account, memberships, periods);
  if (period === null) return null;
  const requiring = memberships.find(({ passwordExpiryDays }) => passwordExpiryDays === period);
  const whom = requiring ? "its members" : groupLabels[effectiveGroup(account, memberships)];
  return { by: requiring?.orgName ?? operator, whom, every: formatDays(period) };
}
