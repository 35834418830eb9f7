import { daysAgo, isWeekend, minutesAgo, storyDays } from "@/db/seed/days";
import { updateSite } from "@/db/seed/site-acts";
import type { Act, Colleague, Stage } from "@/db/seed/stage";
import type { Permission, Role } from "@/lib/vocabulary/access";

type Deed = (stage: Stage, who: Colleague, at: Date) => void;

const subjectOf = ({ accountId, email }: Colleague) => ({ id: accountId, label: email });

const login: Deed = ({ tell }, who, at) => tell(at, who, "session.started", { subject: subjectOf(who) });
const refused: Deed = ({ tell }, who, at) =>
  tell(at, who, "session.refused", { subject: subjectOf(who) });
const logout: Deed = ({ tell }, who, at) => tell(at, who, "session.ended", { subject: subjectOf(who) });

const access: Deed = ({ tell, id, organization }, who, at) =>
  tell(at, who, "organization.accessed", { subject: { id, label: organization.name } });

const denied: Deed = ({ tell, dice }, who, at) => {
  const wanted: Permission[] = ["administrator.invite", "audit.read", "site.create", "site.update"];
  const label = wanted[who.role === "network_admin" ? 0 : dice.between(1, 3)] ?? "audit.read";
  tell(at, who, "access.denied", { subject: { id: who.accountId, label } });
};

const exported: Deed = ({ tell, dice, id, organization }, who, at) =>
  tell(at, who, "audit.exported", {
    subject: { id, label: organization.name },
    note: dice.odds(0.8) ? "as CSV" : "as NDJSON",
  });

type Planned = [minute: number, deed: Deed];
type Habit = { least: number; most: number; deeds: readonly Deed[] };

const often = (times: number, deed: Deed) => Array.from({ length: times }, () => deed);

const watching: Habit = { least: 0, most: 1, deeds: [access, denied] };
const habits: Partial<Record<Role, Habit>> = {
  super_user: { least: 2, most: 6, deeds: [...often(20, updateSite), access, exported] },
  network_admin: { least: 1, most: 5, deeds: [...often(20, updateSite), access, denied] },
  super_observer: { least: 0, most: 3, deeds: [access, access, exported] },
};

/** What people do day by day: they sign in of a morning, work, and go home; few of them at weekends, except this one. */
export function workdays(stage: Stage, people: readonly Colleague[]): Act[] {
  const days = Array.from({ length: storyDays + 1 }, (_, index) => storyDays - index);
  return days.flatMap((ago) => {
    const quiet = ago > 0 && isWeekend(daysAgo(stage.now, ago, 720));
    return people.filter(() => stage.dice.odds(quiet ? 0.14 : 0.84)).flatMap((who) => workday(stage, who, ago));
  });
}

function workday(stage: Stage, who: Colleague, ago: number): Act[] {
  const { dice, now } = stage;
  const begin = dice.between(7 * 60 + 20, 9 * 60 + 40);
  const end = dice.between(16 * 60, 18 * 60 + 30);
  const { least, most, deeds } = habits[who.role] ?? watching;
  const mistyped = dice.odds(0.05);
  const plan: Planned[] = [
    ...(mistyped ? [[begin - 1, refused] as Planned] : []),
    [begin, login],
    ...(dice.odds(0.3) ? [[begin + 1, access] as Planned] : []),
    ...Array.from({ length: dice.between(least, most) }, (): Planned => [dice.between(begin + 3, end - 3), dice.pick(deeds)]),
    ...(dice.odds(0.6) ? [[end, logout] as Planned] : []),
  ];
  const present = (at: Date) => at > who.joinedAt && (!who.leftAt || at < who.leftAt);
  return plan
    .map(([minute, deed]) => ({
      at: new Date(daysAgo(now, ago, minute).getTime() + dice.between(0, 59_999)),
      perform: (at: Date) => deed(stage, who, at),
    }))
    .filter(({ at }) => present(at));
}

const lately = [1, 3, 8, 14, 19, 27, 33, 41, 52, 58, 71, 84, 96, 109, 118];

/** The last two hours, whatever the hour: in the demo world somebody is always at work. */
export function justNow(stage: Stage, people: readonly Colleague[]): Act[] {
  const busy = people.filter(({ role, leftAt }) => !leftAt && habits[role]);
  const act = (minutes: number, who: Colleague, deed: Deed): Act => ({
    at: new Date(minutesAgo(stage.now, minutes).getTime() - stage.dice.between(0, 40_000)),
    perform: (at) => deed(stage, who, at),
  });
  return [
    ...busy.flatMap((who, index) => [act(131 + index * 2, who, login), act(130 + index * 2, who, access)]),
    ...lately.map((minutes) => {
      const who = stage.dice.pick(busy);
      return act(minutes, who, stage.dice.pick((habits[who.role] ?? watching).deeds));
    }),
  ];
}
