import "server-only";
import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { accounts, links, memberships, membershipScopes, organizations, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { administratorById, everyAdministrator, everyPlace, pickedPlaces } from "@/lib/administrators/queries";
import {
  labelOf,
  lastSuperUser,
  mayGrant,
  notJoined,
  ownAccess,
  ownReset,
  ownSessions,
  savedMeanwhile,
  shown,
  widerThanOwn,
} from "@/lib/administrators/rules";
import { EndMemberSessions, ExportAdministrators, RevokeAccess, StartReset, UpdateAdministrator } from "@/lib/administrators/schema";
import { lastSave } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { reserve } from "@/lib/throttles/commands";
import { networkOf } from "@/lib/throttles/rules";
import { type Permission, type Role, roleFacts, type ScopeKind } from "@/lib/vocabulary/access";
import { Fault, notFound } from "@/lib/vocabulary/fault";

/** Changes role and site access of a member or an invitation. */
export const updateAdministrator = command({
  permission: "administrator.update",
  input: UpdateAdministrator,
  async run({ tx, actor, record }, { administratorId, version, ...requested }) {
    await lockAdministrators(tx, actor, "administrator.update");
    const before = await administratorById(tx, administratorId);
    if (before.accountId === actor.id) throw ownAccess();
    if (!mayGrant(actor, "administrator.update", requested)) throw widerThanOwn();
    const scopesBefore = await everyPlace(tx, administratorId);
    const updated = await tx
      .update(memberships)
      .set({ role: requested.role, scope: requested.scope, version: sql`${memberships.version} + 1` })
      .where(and(eq(memberships.id, administratorId), eq(memberships.version, version)))
      .returning({ id: memberships.id });
    if (updated.length === 0) {
      const current = { ...before, ...(await pickedPlaces(tx, administratorId)) };
      throw savedMeanwhile(current, await lastSave(tx, actor, administratorId, "administrator.updated"));
    }
    await keepSuperUser(tx);
    await putInScope(tx, administratorId, requested);
    if (before.accountId && !roleFacts[requested.role].may.includes("administrator.invite")) {
      await voidLinks(tx, eq(memberships.invitedBy, before.accountId));
    }
    const after = await administratorById(tx, administratorId);
    const scopesAfter = await everyPlace(tx, administratorId);
    await record("administrator.updated", {
      subject: labelOf(after),
      before: shown({ ...before, ...scopesBefore }),
      after: shown({ ...after, ...scopesAfter }),
    });
    return after;
  },
});

/** Removes a member from the organization and notifies them by email. */
export const revokeAccess = command({
  permission: "administrator.revoke",
  input: RevokeAccess,
  async run({ tx, actor, record, mail }, { administratorId }) {
    const organization = await lockAdministrators(tx, actor, "administrator.revoke");
    const before = await administratorById(tx, administratorId);
    if (!before.accountId) throw new Fault("conflict", "This invitation was not taken up yet. Cancel it instead");
    if (before.accountId === actor.id) throw ownAccess();
    const scopes = await everyPlace(tx, administratorId);
    await voidLinks(tx, eq(memberships.invitedBy, before.accountId));
    await tx.delete(memberships).where(eq(memberships.id, administratorId));
    await keepSuperUser(tx);
    await record("administrator.revoked", { subject: labelOf(before), before: shown({ ...before, ...scopes }) });
    await mail({
      template: "access-revoked",
      to: before.email,
      props: { organization, by: actor.name, at: new Date().toISOString() },
    });
    return before;
  },
});

/** Ends a member's existing sessions for this organization; other organizations are not affected. */
export const endMemberSessions = command({
  permission: "administrator.update",
  input: EndMemberSessions,
  async run({ tx, actor, record }, { administratorId }) {
    await lockAdministrators(tx, actor, "administrator.update");
    const member = await joinedMember(tx, administratorId);
    if (member.accountId === actor.id) throw ownSessions();
    await tx.update(memberships).set({ sessionsEndedAt: sql`now()` }).where(eq(memberships.id, administratorId));
    await record("administrator.signed_out", { subject: labelOf(member) });
    return member;
  },
});

/** Emails a member a password reset link, within the limits of a reset that they request themselves. */
export const startReset = command({
  permission: "administrator.update",
  input: StartReset,
  async run({ tx, actor, record, enqueue }, { administratorId }) {
    await lockAdministrators(tx, actor, "administrator.update");
    const member = await joinedMember(tx, administratorId);
    if (member.accountId === actor.id) throw ownReset();
    await reserve(tx, "recover_mail", member.email);
    await reserve(tx, "mail_network", networkOf(actor.origin.address));
    await record("administrator.reset_started", { subject: labelOf(member) });
    await enqueue("account.recover", { account: member.accountId, attempt: v7() });
    return member;
  },
});

async function joinedMember(tx: Tx, administratorId: string) {
  const { accountId, ...member } = await administratorById(tx, administratorId);
  if (!accountId) throw notJoined();
  return { ...member, accountId };
}

/** All administrators that match a filter, without paging. */
export const exportAdministrators = command({
  permission: "administrator.read",
  input: ExportAdministrators,
  async run({ tx, actor, record }, filter) {
    const rows = await everyAdministrator(tx, filter);
    await record("administrator.exported", { subject: { id: actor.orgId, label: "administrators" }, note: `(${rows.length})` });
    return { rows };
  },
});

/**
 * Serializes changes to an organization's administrators and checks the actor's permission again under the lock.
 * Returns the organization's name.
 */
export async function lockAdministrators(tx: Tx, actor: Actor, permission: Permission): Promise<string> {
  const [organization] = await tx
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, actor.orgId))
    // FOR UPDATE would block, and could deadlock with, inserts into the audit log that reference this row.
    .for("no key update");
  if (!organization) throw notFound("Organization");
  if (actor.kind !== "account") return organization.name;
  const [own] = await tx.select({ role: memberships.role }).from(memberships).where(eq(memberships.accountId, actor.id));
  if (!own || !roleFacts[own.role].may.includes(permission)) throw new Fault("forbidden", "Your role does not allow this any more");
  return organization.name;
}

/** Throws, after a change under the lock, when no active Super User is left. */
async function keepSuperUser(tx: Tx) {
  const remaining = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), isNull(accounts.suspendedAt)))
    .where(eq(memberships.role, "super_user"))
    .limit(1);
  if (remaining.length === 0) throw lastSuperUser();
}

type Wanted = { role: Role; scope: ScopeKind; groups: string[]; sites: string[] };

/** Replaces the sites and site groups of a membership; throws for those that the actor cannot see. */
export async function putInScope(tx: Tx, membershipId: string, { groups, sites: siteIds }: Wanted) {
  const visibleSites = siteIds.length > 0 ? await tx.$count(sites, inArray(sites.id, siteIds)) : 0;
  const visibleGroups = groups.length > 0 ? await tx.$count(siteGroups, inArray(siteGroups.id, groups)) : 0;
  if (visibleSites < siteIds.length) throw new Fault("invalid", "Check the marked fields", { sites: ["One of these sites is not there any more"] });
  if (visibleGroups < groups.length) throw new Fault("invalid", "Check the marked fields", { groups: ["One of these groups is not there any more"] });
  await tx.delete(membershipScopes).where(eq(membershipScopes.membershipId, membershipId));
  const rows = [...groups.map((groupId) => ({ membershipId, groupId })), ...siteIds.map((siteId) => ({ membershipId, siteId }))];
  if (rows.length > 0) await tx.insert(membershipScopes).values(rows);
}

/** Voids every open link of these invitations. */
export async function voidLinks(tx: Tx, invitations: SQL) {
  const membershipIds = tx.select({ id: memberships.id }).from(memberships).where(and(isNull(memberships.accountId), invitations));
  await tx
    .update(links)
    .set({ voidedAt: sql`now()` })
    .where(and(inArray(links.membershipId, membershipIds), isNull(links.consumedAt), isNull(links.voidedAt)));
}
