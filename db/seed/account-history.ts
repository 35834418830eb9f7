import { demoTwoFactorUsers, demoMultiOrgMember } from "@/db/seed/people";
import type { Builder, Member, SeedEvent } from "@/db/seed/builder";

const daysAfter = (at: Date, count: number, minutes: number) => new Date(at.getTime() + (count * 1_440 + minutes) * 60_000);

/** Changes to own accounts: password changes, and second factors where people have one. */
export function accountHistory({ record }: Builder, people: readonly Member[]): SeedEvent[] {
  return people.flatMap((who, index): SeedEvent[] => {
    const { email, accountId, joinedAt, leftAt } = who;
    if (email === demoMultiOrgMember.email || leftAt) return [];
    const own = { subject: { id: accountId, label: email } };
    const changed = { at: daysAfter(joinedAt, 20 + ((index * 37) % 110), 41), apply: (at: Date) => record(at, who, "password.changed", own) };
    const enabled = { at: daysAfter(joinedAt, 1, 7), apply: (at: Date) => record(at, who, "two_factor.enabled", own) };
    const hasTwoFactor = demoTwoFactorUsers.some((colleague) => colleague.email === email);
    return [...(index % 4 === 1 ? [] : [changed]), ...(hasTwoFactor ? [enabled] : [])];
  });
}
