import "server-only";
import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { v7 } from "uuid";
import { accounts, emailTokens, memberships, membershipScopes, organizations, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { administratorById, listAdministratorsForExport, accessScopes, visibleScopeIds } from "@/lib/administrators/queries";
import {
  auditSubject,
  lastSuperUserError,
  canGrant,
  notJoinedError,
  ownAccessError,
  ownResetError,
  ownSessionsError,
  staleAccessError,
  auditValues,
  exceedsOwnAccessError,
} from "@/lib/administrators/rules";
import { EndMemberSessions, ExportAdministrators, RevokeAccess, StartPasswordReset, UpdateAdministrator } from "@/lib/administrators/schema";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { ipNetwork } from "@/lib/kernel/rate-limit-config";
import { type Permission, rolePermissions } from "@/lib/shared/permissions";
import type { Role, ScopeKind } from "@/lib/shared/roles";
import { AppError, notFoundError } from "@/lib/shared/app-error";

/** Changes role and site access of a member or an invitation. */
export const updateAdministrator = command({
  permission: "administrator.update",
  input: UpdateAdministrator,
  async run({ tx, actor, record }, { administratorId, version, ...requested }) {
    await lockAdministrators(tx, actor, "administrator.update");
    const before = await administratorById(tx, administratorId);
    if (before.accountId === actor.id) throw ownAccessError();
    if (!canGrant(actor, "administrator.update", requested)) throw exceedsOwnAccessError();
    const scopesBefore = await accessScopes(tx, administratorId);
    const updated = await tx
      .update(memberships)
      .set({ role: requested.role, scope: requested.scope, version: sql`${memberships.version} + 1` })
      .where(and(eq(memberships.id, administratorId), eq(memberships.version, version)))
      .returning({ id: memberships.id });
    if (updated.length === 0) {
      const current = { ...before, ...(await visibleScopeIds(tx, administratorId)) };
      throw staleAccessError(current, await lastUpdatedBy(tx, actor, administratorId, "administrator.updated"));
    }
    await requireSuperUser(tx);
    await setMembershipScope(tx, administratorId, requested);
    if (before.accountId && !rolePermissions[requested.role].includes("administrator.invite")) {
      await voidInvitationTokens(tx, eq(memberships.invitedBy, before.accountId));
    }
    const after = await administratorById(tx, administratorId);
    const scopesAfter = await accessScopes(tx, administratorId);
    await record("administrator.updated", {
      subject: auditSubject(after),
      before: auditValues({ ...before, ...scopesBefore }),
      after: auditValues({ ...after, ...scopesAfter }),
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
    if (!before.accountId) throw new AppError("conflict", "This invitation was not taken up yet. Cancel it instead");
    if (before.accountId === actor.id) throw ownAccessError();
    const scopes = await accessScopes(tx, administratorId);
    await voidInvitationTokens(tx, eq(memberships.invitedBy, before.accountId));
    await tx.delete(memberships).where(eq(memberships.id, administratorId));
    await requireSuperUser(tx);
    await record("administrator.revoked", { subject: auditSubject(before), before: auditValues({ ...before, ...scopes }) });
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
    const member = await joinedMemberById(tx, administratorId);
    if (member.accountId === actor.id) throw ownSessionsError();
    await tx.update(memberships).set({ sessionsEndedAt: sql`now()` }).where(eq(memberships.id, administratorId));
    await record("administrator.signed_out", { subject: auditSubject(member) });
    return member;
  },
});

/** Emails a member a password reset link, within the limits of a reset that they request themselves. */
export const startPasswordReset = command({
  permission: "administrator.update",
  input: StartPasswordReset,
  async run({ tx, actor, record, enqueue }, { administratorId }) {
    await lockAdministrators(tx, actor, "administrator.update");
    const member = await joinedMemberById(tx, administratorId);
    if (member.accountId === actor.id) throw ownResetError();
    await consumeLimit(tx, "recover_mail", member.email);
    await consumeLimit(tx, "mail_network", ipNetwork(actor.origin.ipAddress));
    await record("administrator.reset_started", { subject: auditSubject(member) });
    await enqueue("account.recover", { account: member.accountId, attempt: v7() });
    return member;
  },
});

async function joinedMemberById(tx: Tx, administratorId: string) {
  const { accountId, ...member } = await administratorById(tx, administratorId);
  if (!accountId) throw notJoinedError();
  return { ...member, accountId };
}

/** All administrators that match a filter, without paging. */
export const exportAdministrators = command({
  permission: "administrator.read",
  input: ExportAdministrators,
  async run({ tx, actor, record }, filter) {
    const rows = await listAdministratorsForExport(tx, filter);
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
  if (!organization) throw notFoundError("Organization");
  if (actor.kind !== "account") return organization.name;
  const [own] = await tx.select({ role: memberships.role }).from(memberships).where(eq(memberships.accountId, actor.id));
  if (!own || !rolePermissions[own.role].includes(permission)) throw new AppError("forbidden", "Your role does not allow this any more");
  return organization.name;
}

/** Throws, after a change under the lock, when no active Super User is left. */
async function requireSuperUser(tx: Tx) {
  const remaining = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), isNull(accounts.suspendedAt)))
    .where(eq(memberships.role, "super_user"))
    .limit(1);
  if (remaining.length === 0) throw lastSuperUserError();
}

type AccessInput = { role: Role; scope: ScopeKind; groups: string[]; sites: string[] };

/** Locks existing rows against deletion, in the order of their ids, and counts them. */
async function lockById(tx: Tx, table: typeof sites | typeof siteGroups, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const locked = await tx.select({ id: table.id }).from(table).where(inArray(table.id, ids)).orderBy(table.id).for("key share");
  return locked.length;
}

/** Replaces the sites and site groups of a membership; throws for those that the actor cannot see. */
export async function setMembershipScope(tx: Tx, membershipId: string, { groups, sites: siteIds }: AccessInput) {
  const visibleSites = await lockById(tx, sites, siteIds);
  const visibleGroups = await lockById(tx, siteGroups, groups);
  if (visibleSites < siteIds.length) throw new AppError("invalid", "Check the marked fields", { sites: ["One of these sites is not there any more"] });
  if (visibleGroups < groups.length) throw new AppError("invalid", "Check the marked fields", { groups: ["One of these groups is not there any more"] });
  await tx.delete(membershipScopes).where(eq(membershipScopes.membershipId, membershipId));
  const rows = [...groups.map((groupId) => ({ membershipId, groupId })), ...siteIds.map((siteId) => ({ membershipId, siteId }))];
  if (rows.length > 0) await tx.insert(membershipScopes).values(rows);
}

/** Voids every open link of these invitations. */
export async function voidInvitationTokens(tx: Tx, invitations: SQL) {
  const membershipIds = tx.select({ id: memberships.id }).from(memberships).where(and(isNull(memberships.accountId), invitations));
  await tx
    .update(emailTokens)
    .set({ voidedAt: sql`now()` })
    .where(and(inArray(emailTokens.membershipId, membershipIds), isNull(emailTokens.consumedAt), isNull(emailTokens.voidedAt)));
}
