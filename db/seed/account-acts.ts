import { demoColleagues, demoGuest } from "@/db/seed/people";
import type { Act, Colleague, Stage } from "@/db/seed/stage";

const days = (at: Date, count: number, minutes: number) => new Date(at.getTime() + (count * 1_440 + minutes) * 60_000);

/** What people did to their own accounts: passwords changed now and then, second factors by those who have one. */
export function accountActs({ tell }: Stage, people: readonly Colleague[]): Act[] {
  return people.flatMap((who, place): Act[] => {
    const { email, accountId, joinedAt, leftAt } = who;
    if (email === demoGuest.email || leftAt) return [];
    const own = { subject: { id: accountId, label: email } };
    const changed = { at: days(joinedAt, 20 + ((place * 37) % 110), 41), perform: (at: Date) => tell(at, who, "password.changed", own) };
    const secured = { at: days(joinedAt, 1, 7), perform: (at: Date) => tell(at, who, "two_factor.enabled", own) };
    const hasTwo = demoColleagues.some((colleague) => colleague.email === email);
    return [...(place % 4 === 1 ? [] : [changed]), ...(hasTwo ? [secured] : [])];
  });
}
