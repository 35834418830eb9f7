import "server-only";
import { and, eq, lt, notInArray, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import { deletedSites, siteGroupMembers, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { maxPeriodDays } from "@/lib/audit/rules";
import { expectOne } from "@/lib/kernel/expect-one";
import type { OperationContext } from "@/lib/kernel/operation-context";
import { idsByName, type Site, siteById, siteColumns } from "@/lib/sites/queries";
import { tooManyGroups } from "@/lib/sites/rules";
import { type Coordinates, coordinatesOfAddress, type CreateSite, maxGroups } from "@/lib/sites/schema";
import { notFoundError } from "@/lib/shared/app-error";
import { foldName } from "@/lib/shared/fold-text";

/** A site as the subject of an audit entry. */
export const auditSubject = ({ id, name }: { id: string; name: string }) => ({ id, label: name });

/** A site as an audit entry records it. */
export const withoutVersion = <Row extends { version: number }>({ version: _, ...rest }: Row) => rest;

/** Sets the groups of a site, and creates those that do not exist, in one order so that concurrent changes cannot deadlock. */
export async function replaceGroups(tx: Tx, siteId: string, groupNames: string[]) {
  const names = groupNames.toSorted((one, other) => (foldName(one) < foldName(other) ? -1 : 1));
  if (names.length > 0) await tx.insert(siteGroups).values(names.map((name) => ({ name }))).onConflictDoNothing();
  const groups = names.length > 0 ? await tx.select({ id: siteGroups.id }).from(siteGroups).where(sql`${siteGroups.nameKey} in (${sql.join(names.map((name) => sql`fold_name(${name})`), sql`, `)})`) : [];
  const ids = groups.map(({ id }) => id);
  const isOtherGroup = ids.length > 0 ? notInArray(siteGroupMembers.groupId, ids) : undefined;
  await tx.delete(siteGroupMembers).where(and(eq(siteGroupMembers.siteId, siteId), isOtherGroup));
  if (ids.length === 0) return;
  await tx.insert(siteGroupMembers).values(ids.map((groupId) => ({ groupId, siteId }))).onConflictDoNothing();
}

type Scope = { tx: Tx } & Pick<OperationContext, "record">;
type NewSite = Omit<z.output<typeof CreateSite>, "latlng"> & { latlng?: Coordinates; notes?: string };

/** Creates a site with its groups; by default those that do not exist are created too. */
export async function addSite({ tx, record }: Scope, { groups, latlng: typed, ...fields }: NewSite, joinGroups = replaceGroups): Promise<Site> {
  const latlng = typed ?? coordinatesOfAddress(fields.streetAddress);
  const { id } = await expectOne(tx.insert(sites).values({ ...fields, latitude: latlng?.lat, longitude: latlng?.lng }).returning({ id: sites.id }));
  await joinGroups(tx, id, groups);
  const after = await siteById(tx, id);
  const others = { ...(latlng && { latlng }), ...(fields.notes && { notes: fields.notes }) };
  await record("site.created", { subject: auditSubject(after), site: after, after: { ...after, ...others } });
  return after;
}

/** Deletes a site, and keeps its name for the filter of the audit log. */
export async function removeSite({ tx, record }: Scope, siteId: string): Promise<Site> {
  const [before] = await tx.delete(sites).where(eq(sites.id, siteId)).returning(siteColumns);
  if (!before) throw notFoundError("Site");
  await tx.delete(deletedSites).where(lt(deletedSites.deletedAt, sql`now() - make_interval(days => ${maxPeriodDays})`));
  await tx.insert(deletedSites).values({ siteId, name: before.name });
  await record("site.deleted", { subject: auditSubject(before), site: before, before: withoutVersion(before) });
  return before;
}

/** Reads a site group by name or id and keeps it from being deleted until the transaction ends; sites are locked before. */
export async function heldGroup(tx: Tx, { group: id = "", groupName }: { group?: string; groupName: string }) {
  const [groupId = id] = await idsByName(tx, siteGroups, groupName === "" ? [] : [groupName], "groupName");
  const [group] = await tx.select({ id: siteGroups.id, name: siteGroups.name }).from(siteGroups).where(eq(siteGroups.id, groupId)).for("key share");
  if (!group) throw notFoundError("Site group");
  return group;
}

/** Adds a site to a group; false when it is in it already. */
export async function joinGroup(scope: Scope, siteId: string, groupId: string): Promise<boolean> {
  const { tx } = scope;
  const before = await lockedSite(tx, siteId);
  const added = await tx.insert(siteGroupMembers).values({ groupId, siteId }).onConflictDoNothing().returning({ siteId: siteGroupMembers.siteId });
  if (added.length > 0 && before.groups.length >= maxGroups) throw tooManyGroups();
  return recordGroups(scope, before, added.length > 0);
}

/** Removes a site from a group; false when it is not in it. */
export async function leaveGroup(scope: Scope, siteId: string, groupId: string): Promise<boolean> {
  const { tx } = scope;
  const before = await lockedSite(tx, siteId);
  const member = and(eq(siteGroupMembers.siteId, siteId), eq(siteGroupMembers.groupId, groupId));
  const removed = await tx.delete(siteGroupMembers).where(member).returning({ siteId: siteGroupMembers.siteId });
  return recordGroups(scope, before, removed.length > 0);
}

// Locks the site before its groups, in the order of `updateSite`.
async function lockedSite(tx: Tx, siteId: string): Promise<Site> {
  await tx.select({ id: sites.id }).from(sites).where(eq(sites.id, siteId)).for("no key update");
  return siteById(tx, siteId);
}

async function recordGroups({ tx, record }: Scope, before: Site, changed: boolean): Promise<boolean> {
  if (changed) await tx.update(sites).set({ version: sql`${sites.version} + 1` }).where(eq(sites.id, before.id));
  const after = await siteById(tx, before.id);
  await record("site.updated", { subject: auditSubject(after), site: after, before: withoutVersion(before), after: withoutVersion(after) });
  return changed;
}
