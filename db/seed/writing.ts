import {
  accounts,
  auditActors,
  auditEntries,
  memberships,
  membershipScopes,
  organizations,
  siteGroupMembers,
  siteGroups,
  sites,
} from "@/db/schema";
import { asVisitor, narrow } from "@/db/second-door";
import type { Account } from "@/db/seed/cast";
import type { Dice } from "@/db/seed/chance";
import { daysAgo, minutesAgo, storyDays } from "@/db/seed/days";
import type { Outsider } from "@/db/seed/organizations";
import { demoOthers, type DemoScope } from "@/db/seed/people";
import type { Colleague, SiteRow, Stage } from "@/db/seed/stage";
import { withinScope } from "@/db/tenancy";
import type { Tx } from "@/db/tx";
import type { ScopeKind } from "@/lib/vocabulary/access";
import type { EventName } from "@/lib/vocabulary/events";

type Story = Pick<Stage, "organization" | "id" | "dice" | "now" | "sites" | "entries" | "waiting">;

const rowsAtOnce = 1_000;

/** An organization with its sites and its past; nobody can sign in to it yet. */
export function writeStory(story: Story, cast: readonly Colleague[]): Promise<void> {
  const { organization, id, now, dice, entries } = story;
  return withinScope({ orgId: id, sites: "all" }, async (tx) => {
    const createdAt = daysAgo(now, storyDays, 540);
    await tx.insert(organizations).values({ id, name: organization.name, createdAt, updatedAt: createdAt });
    await tx.insert(sites).values(story.sites.map(({ groups: _, ...site }) => site));
    const groups = groupsOf(story.sites).map((name) => ({ id: dice.id(createdAt), name }));
    await tx.insert(siteGroups).values(groups);
    const members = story.sites.flatMap((site) =>
      groups.filter(({ name }) => site.groups.includes(name)).map((group) => ({ groupId: group.id, siteId: site.id })),
    );
    await tx.insert(siteGroupMembers).values(members);
    await tx.insert(auditActors).values(
      cast.map(({ accountId, firstName, lastName, email }) => ({
        actorId: accountId,
        kind: "account" as const,
        name: `${firstName} ${lastName}`,
        email,
      })),
    );
    for (let from = 0; from < entries.length; from += rowsAtOnce) {
      await tx.insert(auditEntries).values(entries.slice(from, from + rowsAtOnce));
    }
  });
}

const groupsOf = (rows: readonly SiteRow[]) => [...new Set(rows.flatMap(({ groups }) => groups))];

/** The accounts, all with one password; from here on the demo world counts as made. */
export function writeAccounts(people: readonly Account[], stories: readonly Story[], passwordHash: string) {
  const moments = stories
    .flatMap(({ entries }) => entries)
    .map(({ actorId, name, occurredAt }) => ({ actorId, name, at: occurredAt ?? new Date() }))
    .sort((one, other) => one.at.getTime() - other.at.getTime());
  return asVisitor({}, async (tx) => {
    for (const [place, person] of people.entries()) {
      await narrow(tx, { email: person.email });
      const own = moments.filter(({ actorId }) => actorId === person.id);
      const since = own[0]?.at;
      const last = (event: EventName) => own.findLast(({ name }) => name === event)?.at;
      await tx.insert(accounts).values({
        ...person,
        passwordHash,
        passwordChangedAt: last("password.changed") ?? since,
        twoFactorSince: last("two_factor.enabled"),
        termsAcceptedAt: since,
        lastSignInAt: last("session.started"),
        createdAt: since,
        updatedAt: since,
        analyticsAllowed: place % 3 === 1 ? "yes" : "no",
        clock24: "24",
      });
    }
  });
}

/** People of no organization, whose passwords have an age. */
export function writeOthers(now: Date, dice: Dice, passwordHash: string) {
  return asVisitor({}, async (tx) => {
    for (const { summary: _, passwordAgeDays, ...person } of demoOthers) {
      await narrow(tx, { email: person.email });
      const since = daysAgo(now, passwordAgeDays, 600);
      const facts = { id: dice.id(since), passwordHash, passwordChangedAt: since, termsAcceptedAt: since };
      await tx.insert(accounts).values({ ...person, ...facts, createdAt: since, updatedAt: since });
    }
  });
}

/** Who belongs to the organization, and who is invited. */
export function writeMemberships(story: Story, cast: readonly Colleague[]): Promise<void> {
  return withinScope({ orgId: story.id, sites: "all" }, async (tx) => {
    const members = cast.filter(({ leftAt }) => !leftAt);
    const [founder] = members;
    await tx.insert(memberships).values(
      members.map(({ membershipId: id, accountId, email, firstName, lastName, role, scope, joinedAt }, place) => ({
        id,
        accountId,
        email,
        firstName,
        lastName,
        role,
        scope: kindOf(scope),
        invitedBy: place === 0 ? null : founder?.accountId,
        invitedAt: place === 0 ? null : minutesAgo(joinedAt, 190),
        acceptedAt: joinedAt,
        createdAt: joinedAt,
        updatedAt: joinedAt,
      })),
    );
    await writeScopes(tx, members);
    await writeInvitations(tx, story, founder);
  });
}

function kindOf(scope: DemoScope): ScopeKind {
  if (scope === "all") return "all";
  return "groups" in scope ? "groups" : "sites";
}

const called = <Row extends { name: string }>(rows: Row[], names: readonly string[]) =>
  rows.filter(({ name }) => names.includes(name));

async function writeScopes(tx: Tx, members: readonly Colleague[]) {
  const places = await tx.select({ id: sites.id, name: sites.name }).from(sites);
  const groups = await tx.select({ id: siteGroups.id, name: siteGroups.name }).from(siteGroups);
  const scopes = members.flatMap(({ membershipId, scope }): (typeof membershipScopes.$inferInsert)[] => {
    if (scope === "all") return [];
    if ("sites" in scope) return called(places, scope.sites).map(({ id }) => ({ membershipId, siteId: id }));
    return called(groups, scope.groups).map(({ id }) => ({ membershipId, groupId: id }));
  });
  await tx.insert(membershipScopes).values(scopes);
}

async function writeInvitations(tx: Tx, { organization, waiting, now }: Story, founder: Colleague | undefined) {
  const invite = (days: number, minute: number, id: string, who: Outsider) => {
    const invitedAt = daysAgo(now, days, minute);
    const expiresAt = daysAgo(now, days - 7, minute);
    return { ...who, id, invitedBy: founder?.accountId, invitedAt, expiresAt, createdAt: invitedAt };
  };
  await tx.insert(memberships).values([
    invite(20, 655, waiting.expired, organization.expired),
    invite(2, 617, waiting.pending, organization.pending),
  ]);
}
