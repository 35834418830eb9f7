import type { Dice } from "@/db/seed/chance";
import { daysAgo, isWeekend, storyDays } from "@/db/seed/days";
import type { DemoOrganization } from "@/db/seed/organizations";
import { demoColleagues, demoGuest, demoPeople } from "@/db/seed/people";
import type { Colleague } from "@/db/seed/stage";

export type Account = { id: string; email: string; firstName: string; lastName: string };

const everybody = [...demoPeople, ...demoColleagues];

/** The accounts of the demo world, one for every person however many organizations they belong to. */
export function accountsOf(dice: Dice, now: Date): Account[] {
  return everybody.map(({ email, firstName, lastName }) => ({ id: dice.id(now), email, firstName, lastName }));
}

function joined(now: Date, place: number): Date {
  const planned = storyDays - 1 - Math.floor(place * 2.5);
  const days = [planned, planned - 1, planned - 2].find((ago) => !isWeekend(daysAgo(now, ago, 720))) ?? planned;
  return daysAgo(now, days, 690 + place * 13);
}

/** Everybody who ever worked in an organization, its founder first; the last has left it. */
export function castOf(organization: DemoOrganization, accounts: readonly Account[], dice: Dice, now: Date): Colleague[] {
  const members = everybody.filter((person) => person.organization === organization.name);
  const guest = members.some(({ email }) => email === demoGuest.email) ? [] : [demoGuest];
  const present = [...members, ...guest].map(({ email, role, scope }) => {
    const account = accounts.find((known) => known.email === email);
    if (!account) throw new Error(`There is no account for ${email}`);
    return { account, role, scope };
  });
  const { role, ...gone } = organization.former;
  const former = { account: { ...gone, id: dice.id(now) }, role, scope: "all" as const };
  return [...present, former].map(({ account: { id, ...names }, ...access }, place) => ({
    ...names,
    ...access,
    accountId: id,
    membershipId: dice.id(now),
    address: `${dice.pick(organization.networks)}${dice.between(10, 99)}`,
    browser: organization.browsers[place % organization.browsers.length] ?? "",
    joinedAt: place === 0 ? daysAgo(now, storyDays, 530) : joined(now, place),
    leftAt: names.email === gone.email ? daysAgo(now, 61, 1_004) : undefined,
  }));
}
