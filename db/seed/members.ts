import type { Rng } from "@/db/seed/random";
import { daysAgo, historyDays, isWeekend } from "@/db/seed/dates";
import type { DemoOrganization } from "@/db/seed/organizations";
import { demoTwoFactorUsers, demoMultiOrgMember, demoPeople } from "@/db/seed/people";
import type { Member } from "@/db/seed/builder";

export type DemoAccount = { id: string; email: string; firstName: string; lastName: string };

const people = [...demoPeople, ...demoTwoFactorUsers];

/** One account per person of the demo data, however many organizations they belong to. */
export function createAccounts(rng: Rng, now: Date): DemoAccount[] {
  return people.map(({ email, firstName, lastName }) => ({ id: rng.uuid(now), email, firstName, lastName }));
}

function joinDate(now: Date, index: number): Date {
  const planned = historyDays - 1 - Math.floor(index * 2.5);
  const days = [planned, planned - 1, planned - 2].find((ago) => !isWeekend(daysAgo(now, ago, 720))) ?? planned;
  return daysAgo(now, days, 690 + index * 13);
}

/** All current and former members of an organization: the founder first, the former member last. */
export function createMembers(organization: DemoOrganization, accounts: readonly DemoAccount[], rng: Rng, now: Date): Member[] {
  const members = people.filter((person) => person.organization === organization.name);
  const guest = members.some(({ email }) => email === demoMultiOrgMember.email) ? [] : [demoMultiOrgMember];
  const current = [...members, ...guest].map(({ email, role, scope }) => {
    const account = accounts.find((known) => known.email === email);
    if (!account) throw new Error(`There is no account for ${email}`);
    return { account, role, scope };
  });
  const { role, ...names } = organization.former;
  const former = { account: { ...names, id: rng.uuid(now) }, role, scope: "all" as const };
  return [...current, former].map(({ account: { id, ...person }, ...access }, index) => ({
    ...person,
    ...access,
    accountId: id,
    membershipId: rng.uuid(now),
    ipAddress: `${rng.pick(organization.ipPrefixes)}${rng.integer(10, 99)}`,
    userAgent: organization.userAgents[index % organization.userAgents.length] ?? "",
    joinedAt: index === 0 ? daysAgo(now, historyDays, 530) : joinDate(now, index),
    leftAt: person.email === organization.former.email ? daysAgo(now, 61, 1_004) : undefined,
  }));
}
