import "server-only";
import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { accounts, emailTokens, memberships, membershipScopes, organizations, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import type { Actor } from "@/lib/access/actor";
import { type Administrator, administratorById, accessScopes, hasCurrentAccess, visibleScopeIds } from "@/lib/administrators/queries";
import {
  accessEndedError,
  isUnlimitedSuperUser,
  auditSubject,
  auditValues,
  canGrant,
  chosenAccessEnd,
  exceedsOwnAccessError,
  lastSuperUserError,
  lastUnlimitedSuperUserError,
  ownAccessError,
  staleAccessError,
  tooManyNamedError,
} from "@/lib/administrators/rules";
import { mostPicked } from "@/lib/administrators/schema";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { expectOne } from "@/lib/kernel/expect-one";
import type { OperationContext } from "@/lib/kernel/operation-context";
import { type Permission, rolePermissions } from "@/lib/shared/permissions";
import type { Role, ScopeKind } from "@/lib/shared/roles";
import { AppError, notFoundError } from "@/lib/shared/app-error";
import { idsByName } from "@/lib/sites/queries";

type Scope = { tx: Tx; actor: Actor } & Pick<OperationContext, "record" | "mail">;
type AccessInput = { role: Role; scope: ScopeKind; groups: string[]; sites: string[] };
type EndInput = { accessEndsOn?: string; timeZone?: string; accessEndsAt?: Date | null };

/** Changes role and site access of a member or an invitation; call it under `lockAdministrators`. */
export async function saveAccess({ tx, actor, record }: Omit<Scope, "mail">, before: Administrator, version: number, requested: AccessInput & EndInput): Promise<Administrator> {
  const { id, accountId } = before;
  const { timeZone = "UTC", accessEndsOn } = requested;
  if (accountId === actor.id) throw ownAccessError();
  if (accountId && before.status === "ended") throw accessEndedError();
  if (!canGrant(actor, "administrator.update", requested)) throw exceedsOwnAccessError();
  const scopesBefore = await accessScopes(tx, id);
  const accessEndsAt = chosenAccessEnd(before.accessEndsAt, { accessEndsOn, timeZone, accessEndsAt: requested.accessEndsAt }, await databaseTime(tx));
  const updated = await tx
    .update(memberships)
    .set({ role: requested.role, scope: requested.scope, accessEndsAt, version: sql`${memberships.version} + 1` })
    .where(and(eq(memberships.id, id), eq(memberships.version, version)))
    .returning({ id: memberships.id });
  if (updated.length === 0) {
    const current = { ...before, ...(await visibleScopeIds(tx, id)) };
    throw staleAccessError(current, timeZone, await lastUpdatedBy(tx, actor, id, "administrator.updated"));
  }
  if (isUnlimitedSuperUser(before)) await requireSuperUser(tx);
  await setMembershipScope(tx, id, requested);
  if (accountId && !rolePermissions[requested.role].includes("administrator.invite")) {
    await voidInvitationTokens(tx, eq(memberships.invitedBy, accountId));
  }
  const after = await administratorById(tx, id);
  const scopesAfter = await accessScopes(tx, id);
  await record("administrator.updated", { subject: auditSubject(after), before: auditValues({ ...before, ...scopesBefore }), after: auditValues({ ...after, ...scopesAfter }) });
  return after;
}

/** Removes a member from the organization and notifies them by email; call it under `lockAdministrators`. */
export async function endMembership({ tx, actor, record, mail }: Scope, organization: string, administratorId: string): Promise<Administrator> {
  const before = await administratorById(tx, administratorId);
  if (!before.accountId) throw new AppError("conflict", "This invitation hasn’t been accepted yet. Cancel it instead");
  if (before.accountId === actor.id) throw ownAccessError();
  const scopes = await accessScopes(tx, administratorId);
  await deleteMembership(tx, { ...before, accountId: before.accountId });
  if (isUnlimitedSuperUser(before)) await requireSuperUser(tx);
  await record("administrator.revoked", { subject: auditSubject(before), before: auditValues({ ...before, ...scopes }) });
  await mail({
    template: "access-revoked",
    to: before.email,
    props: { organization, by: actor.name, at: new Date().toISOString() },
  });
  return before;
}

/** Deletes a membership and voids the links of the pending invitations that the member sent. */
export async function deleteMembership(tx: Tx, { id, accountId }: { id: string; accountId: string }) {
  await voidInvitationTokens(tx, eq(memberships.invitedBy, accountId));
  await tx.delete(memberships).where(eq(memberships.id, id));
}

/** The time of the transaction by the database clock, which decides when access ends. */
export async function databaseTime(tx: Tx): Promise<Date> {
  const { ms } = await expectOne(tx.execute<{ ms: number }>(sql`select extract(epoch from now())::float8 * 1000 as ms`));
  return new Date(ms);
}

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
  const [own] = await tx.select({ role: memberships.role }).from(memberships).where(and(eq(memberships.accountId, actor.id), hasCurrentAccess));
  if (!own || !rolePermissions[own.role].includes(permission)) throw new AppError("forbidden", "Your role no longer allows this");
  return organization.name;
}

/** Throws, after a change under the lock, when no active Super User is left whose access lasts. */
async function requireSuperUser(tx: Tx) {
  const remaining = await tx
    .select({ endsAt: memberships.accessEndsAt })
    .from(memberships)
    .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), isNull(accounts.suspendedAt)))
    .where(and(eq(memberships.role, "super_user"), hasCurrentAccess))
    .orderBy(sql`${memberships.accessEndsAt} desc nulls first`)
    .limit(1);
  if (!remaining[0]) throw lastSuperUserError();
  if (remaining[0].endsAt) throw lastUnlimitedSuperUserError();
}

type NamedAccess = AccessInput & { groupNames: string[]; siteNames: string[] };

/** Adds the sites and groups that were given by name to those that were picked. */
export async function withNamedPlaces<A extends NamedAccess>(tx: Tx, { groupNames, siteNames, ...picked }: A) {
  const all = {
    groups: [...new Set([...picked.groups, ...(await idsByName(tx, siteGroups, groupNames, "groupNames"))])],
    sites: [...new Set([...picked.sites, ...(await idsByName(tx, sites, siteNames, "siteNames"))])],
  };
  for (const kind of ["groups", "sites"] as const) if (all[kind].length > mostPicked[kind]) throw tooManyNamedError(kind);
  return { ...picked, ...all };
}

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
  if (visibleSites < siteIds.length) throw new AppError("invalid", "Check the marked fields", { sites: ["One of these sites no longer exists"] });
  if (visibleGroups < groups.length) throw new AppError("invalid", "Check the marked fields", { groups: ["One of these groups no longer exists"] });
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
