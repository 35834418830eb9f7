import { daysAgo, historyDays, isWeekend, minutesAgo } from "@/db/seed/dates";
import { updateSite } from "@/db/seed/site-events";
import type { Builder, Member, SeedEvent } from "@/db/seed/builder";
import { type Permission, permissionWords } from "@/lib/shared/permissions";
import type { Role } from "@/lib/shared/roles";

type Activity = (builder: Builder, who: Member, at: Date) => void;

const accountSubject = ({ accountId, email }: Member) => ({ id: accountId, label: email });

const login: Activity = ({ record }, who, at) => record(at, who, "session.started", { subject: accountSubject(who) });
const refused: Activity = ({ record }, who, at) =>
  record(at, who, "session.refused", { subject: accountSubject(who) });
const logout: Activity = ({ record }, who, at) => record(at, who, "session.ended", { subject: accountSubject(who) });

const access: Activity = ({ record, id, organization }, who, at) =>
  record(at, who, "organization.accessed", { subject: { id, label: organization.name } });

const denied: Activity = ({ record, rng }, who, at) => {
  const permissions: Permission[] = ["administrator.invite", "audit.read", "site.create", "site.update"];
  const label = permissions[who.role === "network_admin" ? 0 : rng.integer(1, 3)] ?? "audit.read";
  record(at, who, "access.denied", { subject: { id: who.accountId, label: permissionWords(label) } });
};

const exported: Activity = ({ record, rng, id, organization }, who, at) =>
  record(at, who, "audit.exported", {
    subject: { id, label: organization.name },
    note: rng.chance(0.8) ? "as CSV" : "as NDJSON",
  });

type Scheduled = [minute: number, activity: Activity];
type ActivityPlan = { min: number; max: number; activities: readonly Activity[] };

const repeat = (times: number, activity: Activity) => Array.from({ length: times }, () => activity);

const defaultPlan: ActivityPlan = { min: 0, max: 1, activities: [access, denied] };
const plansByRole: Partial<Record<Role, ActivityPlan>> = {
  super_user: { min: 2, max: 6, activities: [...repeat(20, updateSite), access, exported] },
  network_admin: { min: 1, max: 5, activities: [...repeat(20, updateSite), access, denied] },
  super_observer: { min: 0, max: 3, activities: [access, access, exported] },
};

/** Daily activity: people sign in, work and sign out; few of them at weekends, except today. */
export function workdays(builder: Builder, people: readonly Member[]): SeedEvent[] {
  const days = Array.from({ length: historyDays + 1 }, (_, index) => historyDays - index);
  return days.flatMap((ago) => {
    const isQuiet = ago > 0 && isWeekend(daysAgo(builder.now, ago, 720));
    return people.filter(() => builder.rng.chance(isQuiet ? 0.14 : 0.84)).flatMap((who) => workday(builder, who, ago));
  });
}

function workday(builder: Builder, who: Member, ago: number): SeedEvent[] {
  const { rng, now } = builder;
  const begin = rng.integer(7 * 60 + 20, 9 * 60 + 40);
  const end = rng.integer(16 * 60, 18 * 60 + 30);
  const { min, max, activities } = plansByRole[who.role] ?? defaultPlan;
  const mistyped = rng.chance(0.05);
  const plan: Scheduled[] = [
    ...(mistyped ? [[begin - 1, refused] as Scheduled] : []),
    [begin, login],
    ...(rng.chance(0.3) ? [[begin + 1, access] as Scheduled] : []),
    ...Array.from({ length: rng.integer(min, max) }, (): Scheduled => [rng.integer(begin + 3, end - 3), rng.pick(activities)]),
    ...(rng.chance(0.6) ? [[end, logout] as Scheduled] : []),
  ];
  const isMemberAt = (at: Date) => at > who.joinedAt && (!who.leftAt || at < who.leftAt);
  return plan
    .map(([minute, activity]) => ({
      at: new Date(daysAgo(now, ago, minute).getTime() + rng.integer(0, 59_999)),
      apply: (at: Date) => activity(builder, who, at),
    }))
    .filter(({ at }) => isMemberAt(at));
}

const recentMinutes = [1, 3, 8, 14, 19, 27, 33, 41, 52, 58, 71, 84, 96, 109, 118];

/** Activity of the last two hours, at any time of day. */
export function recentEvents(builder: Builder, people: readonly Member[]): SeedEvent[] {
  const active = people.filter(({ role, leftAt }) => !leftAt && plansByRole[role]);
  const event = (minutes: number, who: Member, activity: Activity): SeedEvent => ({
    at: new Date(minutesAgo(builder.now, minutes).getTime() - builder.rng.integer(0, 40_000)),
    apply: (at) => activity(builder, who, at),
  });
  return [
    ...active.flatMap((who, index) => [event(131 + index * 2, who, login), event(130 + index * 2, who, access)]),
    ...recentMinutes.map((minutes) => {
      const who = builder.rng.pick(active);
      return event(minutes, who, builder.rng.pick((plansByRole[who.role] ?? defaultPlan).activities));
    }),
  ];
}
