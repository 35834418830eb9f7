import {
  accounts,
  auditActors,
  auditEntries,
  deviceProfiles,
  memberships,
  membershipScopes,
  organizations,
  rfTemplates,
  siteGroupMembers,
  siteGroups,
  sites,
} from "@/db/schema";
import { enqueue } from "@/db/queue";
import { withAuthScope, setAuthScope } from "@/db/auth-access";
import { demoCertificates } from "@/db/seed/certificates";
import { demoSettings } from "@/db/seed/settings";
import type { DemoAccount } from "@/db/seed/members";
import type { Rng } from "@/db/seed/random";
import { insertWlanTemplates } from "@/db/seed/wlan-templates";
import { daysAgo, historyDays, minutesAgo } from "@/db/seed/dates";
import type { Contact } from "@/db/seed/organizations";
import { demoNonMembers, type DemoScope } from "@/db/seed/people";
import type { Builder, Member, SiteRow } from "@/db/seed/builder";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import type { ScopeKind } from "@/lib/shared/roles";
import type { EventName } from "@/lib/shared/events";

type History = Pick<Builder, "organization" | "id" | "rng" | "now" | "sites" | "rfTemplates" | "deviceProfiles" | "wlanTemplates" | "entries" | "invitationIds">;

const batchSize = 1_000;

/** Inserts an organization with its sites and its audit log, without members. */
export async function insertOrganization(history: History, people: readonly Member[]): Promise<void> {
  const { organization, id, now, rng, entries } = history;
  const createdAt = daysAgo(now, historyDays, 540);
  const [founder] = people;
  const certificates = await demoCertificates({ id, name: organization.name, domain: founder?.email.split("@")[1] ?? "demo.example" }, createdAt);
  await withTenant({ orgId: id, sites: "all" }, async (tx) => {
    await tx.insert(organizations).values({ id, name: organization.name, settings: { ...demoSettings, ...certificates.settings }, createdAt, updatedAt: createdAt });
    if (founder) await certificates.storeKey(tx, founder.accountId);
    await tx.insert(rfTemplates).values(history.rfTemplates);
    await tx.insert(deviceProfiles).values(history.deviceProfiles);
    await tx.insert(sites).values(history.sites.map(({ groups: _, ...site }) => site));
    const groups = groupNames(history.sites).map((name) => ({ id: rng.uuid(createdAt), name }));
    await tx.insert(siteGroups).values(groups);
    await insertWlanTemplates(tx, history.wlanTemplates, groups);
    const members = history.sites.flatMap((site) =>
      groups.filter(({ name }) => site.groups.includes(name)).map((group) => ({ groupId: group.id, siteId: site.id })),
    );
    await tx.insert(siteGroupMembers).values(members);
    await tx.insert(auditActors).values(
      people.map(({ accountId, firstName, lastName, email }) => ({
        actorId: accountId,
        kind: "account" as const,
        name: `${firstName} ${lastName}`,
        email,
      })),
    );
    for (let from = 0; from < entries.length; from += batchSize) {
      await tx.insert(auditEntries).values(entries.slice(from, from + batchSize));
    }
    await enqueue(tx, "certificate.issue", { orgId: id });
  });
}

const groupNames = (rows: readonly SiteRow[]) => [...new Set(rows.flatMap(({ groups }) => groups))];

/** Inserts the accounts, all with the demo password; with them the demo data counts as complete. */
export function insertAccounts(people: readonly DemoAccount[], histories: readonly History[], passwordHash: string) {
  const entries = histories
    .flatMap(({ entries }) => entries)
    .map(({ actorId, name, occurredAt }) => ({ actorId, name, at: occurredAt ?? new Date() }))
    .sort((one, other) => one.at.getTime() - other.at.getTime());
  return withAuthScope({}, async (tx) => {
    for (const [index, person] of people.entries()) {
      await setAuthScope(tx, { email: person.email });
      const own = entries.filter(({ actorId }) => actorId === person.id);
      const since = own[0]?.at;
      const last = (event: EventName) => own.findLast(({ name }) => name === event)?.at;
      await tx.insert(accounts).values({
        ...person,
        passwordHash,
        passwordChangedAt: last("password.changed") ?? since,
        twoFactorEnabledAt: last("two_factor.enabled"),
        termsAcceptedAt: since,
        lastSignInAt: last("session.started"),
        createdAt: since,
        updatedAt: since,
        analyticsAllowed: index % 3 === 1 ? "yes" : "no",
        hourCycle: "24",
      });
    }
  });
}

/** Inserts accounts without an organization, with a given password age. */
export function insertNonMembers(now: Date, rng: Rng, passwordHash: string) {
  return withAuthScope({}, async (tx) => {
    for (const { summary: _, passwordAgeDays, ...person } of demoNonMembers) {
      await setAuthScope(tx, { email: person.email });
      const since = daysAgo(now, passwordAgeDays, 600);
      const facts = { id: rng.uuid(since), passwordHash, passwordChangedAt: since, termsAcceptedAt: since };
      await tx.insert(accounts).values({ ...person, ...facts, createdAt: since, updatedAt: since });
    }
  });
}

/** Inserts the members and invitations of an organization. */
export function insertMemberships(history: History, people: readonly Member[]): Promise<void> {
  return withTenant({ orgId: history.id, sites: "all" }, async (tx) => {
    const members = people.filter(({ leftAt }) => !leftAt);
    const [founder] = members;
    await tx.insert(memberships).values(
      members.map(({ membershipId: id, accountId, email, firstName, lastName, role, scope, joinedAt }, index) => ({
        id,
        accountId,
        email,
        firstName,
        lastName,
        role,
        scope: scopeKind(scope),
        invitedBy: index === 0 ? null : founder?.accountId,
        invitedAt: index === 0 ? null : minutesAgo(joinedAt, 190),
        acceptedAt: joinedAt,
        lastSeenAt: history.entries.findLast(({ actorId }) => actorId === accountId)?.occurredAt,
        createdAt: joinedAt,
        updatedAt: joinedAt,
      })),
    );
    await insertScopes(tx, members);
    await insertInvitations(tx, history, founder);
  });
}

function scopeKind(scope: DemoScope): ScopeKind {
  if (scope === "all") return "all";
  return "groups" in scope ? "groups" : "sites";
}

const named = <Row extends { name: string }>(rows: Row[], names: readonly string[]) =>
  rows.filter(({ name }) => names.includes(name));

async function insertScopes(tx: Tx, members: readonly Member[]) {
  const siteRows = await tx.select({ id: sites.id, name: sites.name }).from(sites);
  const groups = await tx.select({ id: siteGroups.id, name: siteGroups.name }).from(siteGroups);
  const scopes = members.flatMap(({ membershipId, scope }): (typeof membershipScopes.$inferInsert)[] => {
    if (scope === "all") return [];
    if ("sites" in scope) return named(siteRows, scope.sites).map(({ id }) => ({ membershipId, siteId: id }));
    return named(groups, scope.groups).map(({ id }) => ({ membershipId, groupId: id }));
  });
  await tx.insert(membershipScopes).values(scopes);
}

async function insertInvitations(tx: Tx, { organization, invitationIds, now }: History, founder: Member | undefined) {
  const invite = (days: number, minute: number, id: string, who: Contact) => {
    const invitedAt = daysAgo(now, days, minute);
    const expiresAt = daysAgo(now, days - 7, minute);
    return { ...who, id, invitedBy: founder?.accountId, invitedAt, expiresAt, createdAt: invitedAt };
  };
  await tx.insert(memberships).values([
    invite(20, 655, invitationIds.expired, organization.expired),
    invite(2, 617, invitationIds.pending, organization.pending),
  ]);
}
