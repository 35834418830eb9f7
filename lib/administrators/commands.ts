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

export const updateAdministrator = command({
  permission: "administrator.update",
  input: UpdateAdministrator,
  async run({ tx, actor, record }, { administratorId, version, ...wanted }) {
    await lockAdministrators(tx, actor, "administrator.update");
    const before = await administratorById(tx, administratorId);
    if (before.accountId === actor.id) throw ownAccess();
    if (!mayGrant(actor, "administrator.update", wanted)) throw widerThanOwn();
    const held = await everyPlace(tx, administratorId);
    const saved = await tx
      .update(memberships)
      .set({ role: wanted.role, scope: wanted.scope, version: sql`${memberships.version} + 1` })
      .where(and(eq(memberships.id, administratorId), eq(memberships.version, version)))
      .returning({ id: memberships.id });
    if (saved.length === 0) {
      const now = { ...before, ...(await pickedPlaces(tx, administratorId)) };
      throw savedMeanwhile(now, await lastSave(tx, actor, administratorId, "administrator.updated"));
    }
    await keepSuperUser(tx);
    await putInScope(tx, administratorId, wanted);
    if (before.accountId && !roleFacts[wanted.role].may.includes("administrator.invite")) {
      await voidLinks(tx, eq(memberships.invitedBy, before.accountId));
    }
    const after = await administratorById(tx, administratorId);
    const given = await everyPlace(tx, administratorId);
    await record("administrator.updated", {
      subject: labelOf(after),
      before: shown({ ...before, ...held }),
      after: shown({ ...after, ...given }),
    });
    return after;
  },
});

export const revokeAccess = command({
  permission: "administrator.revoke",
  input: RevokeAccess,
  async run({ tx, actor, record, mail }, { administratorId }) {
    const organization = await lockAdministrators(tx, actor, "administrator.revoke");
    const before = await administratorById(tx, administratorId);
    if (!before.accountId) throw new Fault("conflict", "This invitation was not taken up yet. Cancel it instead");
    if (before.accountId === actor.id) throw ownAccess();
    const held = await everyPlace(tx, administratorId);
    await voidLinks(tx, eq(memberships.invitedBy, before.accountId));
    await tx.delete(memberships).where(eq(memberships.id, administratorId));
    await keepSuperUser(tx);
    await record("administrator.revoked", { subject: labelOf(before), before: shown({ ...before, ...held }) });
    await mail({
      template: "access-revoked",
      to: before.email,
      props: { organization, by: actor.name, at: new Date().toISOString() },
    });
    return before;
  },
});

/** Makes whoever signed in before this moment sign in again to enter this organization; others stay as they are (SES-8). */
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

/** Has the reset link mailed that the member could ask for, within the same limits; nobody sees or sets another's password (AUT-10). */
export const startReset = command({
  permission: "administrator.update",
  input: StartReset,
  async run({ tx, actor, record, enqueue }, { administratorId }) {
    await lockAdministrators(tx, actor, "administrator.update");
    const member = await joinedMember(tx, administratorId);
    if (member.accountId === actor.id) throw ownReset();
    await reserve(tx, "recover_mail", member.email);
    await reserve(tx, "mail_address", networkOf(actor.origin.address));
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

/** All that a filter shows; that it left the portal is on the record. */
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
 * Lets one change to an organization's administrators happen at a time, and only while the one who makes it still may:
 * of two who demote each other, the second is nobody by then (TEN-7). Returns the organization's name.
 */
export async function lockAdministrators(tx: Tx, actor: Actor, permission: Permission): Promise<string> {
  const [organization] = await tx
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, actor.orgId))
    // Entries of the audit log refer to this row; a stronger lock would make them wait for us, and us for them.
    .for("no key update");
  if (!organization) throw notFound("Organization");
  if (actor.kind !== "account") return organization.name;
  const [own] = await tx.select({ role: memberships.role }).from(memberships).where(eq(memberships.accountId, actor.id));
  if (!own || !roleFacts[own.role].may.includes(permission)) throw new Fault("forbidden", "Your role does not allow this any more");
  return organization.name;
}

/** Refuses a change, just made under the lock, that leaves nobody who could manage the organization (ADM-6). */
async function keepSuperUser(tx: Tx) {
  const left = await tx
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), isNull(accounts.suspendedAt)))
    .where(eq(memberships.role, "super_user"))
    .limit(1);
  if (left.length === 0) throw lastSuperUser();
}

type Wanted = { role: Role; scope: ScopeKind; groups: string[]; sites: string[] };

/** Makes exactly these places the scope of a membership; only places that the giver sees can be given. */
export async function putInScope(tx: Tx, membershipId: string, { groups, sites: picked }: Wanted) {
  const seenSites = picked.length > 0 ? await tx.$count(sites, inArray(sites.id, picked)) : 0;
  const seenGroups = groups.length > 0 ? await tx.$count(siteGroups, inArray(siteGroups.id, groups)) : 0;
  if (seenSites < picked.length) throw new Fault("invalid", "Check the marked fields", { sites: ["One of these sites is not there any more"] });
  if (seenGroups < groups.length) throw new Fault("invalid", "Check the marked fields", { groups: ["One of these groups is not there any more"] });
  await tx.delete(membershipScopes).where(eq(membershipScopes.membershipId, membershipId));
  const rows = [...groups.map((groupId) => ({ membershipId, groupId })), ...picked.map((siteId) => ({ membershipId, siteId }))];
  if (rows.length > 0) await tx.insert(membershipScopes).values(rows);
}

/** Makes worthless every link that was mailed for these invitations and not followed yet. */
export async function voidLinks(tx: Tx, invitations: SQL) {
  const concerned = tx.select({ id: memberships.id }).from(memberships).where(and(isNull(memberships.accountId), invitations));
  await tx
    .update(links)
    .set({ voidedAt: sql`now()` })
    .where(and(inArray(links.membershipId, concerned), isNull(links.consumedAt), isNull(links.voidedAt)));
}
