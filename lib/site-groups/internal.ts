import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { siteGroupMembers, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { expectOne } from "@/lib/kernel/expect-one";
import type { OperationContext } from "@/lib/kernel/operation-context";
import { siteGroupById } from "@/lib/site-groups/queries";

type Scope = { tx: Tx } & Pick<OperationContext, "record">;
type Named = { id: string; name: string };

/** Creates a site group without sites. */
export async function addSiteGroup({ tx, record }: Scope, name: string): Promise<Named> {
  const { id } = await expectOne(tx.insert(siteGroups).values({ name }).returning({ id: siteGroups.id }));
  await record("site_group.created", { subject: { id, label: name }, after: { name } });
  return { id, name };
}

/** Renames a site group; false when the version is outdated. */
export async function saveSiteGroup({ tx, record }: Scope, siteGroupId: string, version: number, name: string): Promise<boolean> {
  await outdateSites(tx, siteGroupId);
  const before = await siteGroupById(tx, siteGroupId);
  const renamed = await tx
    .update(siteGroups)
    .set({ name, version: sql`${siteGroups.version} + 1` })
    .where(and(eq(siteGroups.id, siteGroupId), eq(siteGroups.version, version)))
    .returning({ id: siteGroups.id });
  if (renamed.length === 0) return false;
  await record("site_group.renamed", { subject: { id: siteGroupId, label: name }, before: { name: before.name }, after: { name } });
  return true;
}

/** Deletes a site group; its sites stay, and access that was given by the group ends. */
export async function removeSiteGroup({ tx, record }: Scope, siteGroupId: string): Promise<Named> {
  await outdateSites(tx, siteGroupId);
  const { id, name, sites: siteCount, administrators } = await siteGroupById(tx, siteGroupId);
  await expectOne(tx.delete(siteGroups).where(eq(siteGroups.id, id)).returning({ id: siteGroups.id }));
  await record("site_group.deleted", { subject: { id, label: name }, before: { name, sites: siteCount, administrators } });
  return { id, name };
}

// Open site forms name the group: a new version makes their save a conflict instead of creating the group again.
async function outdateSites(tx: Tx, siteGroupId: string) {
  const members = tx.select({ id: siteGroupMembers.siteId }).from(siteGroupMembers).where(eq(siteGroupMembers.groupId, siteGroupId));
  const locked = await tx.select({ id: sites.id }).from(sites).where(inArray(sites.id, members)).orderBy(sites.id).for("no key update");
  await tx.select({ id: siteGroups.id }).from(siteGroups).where(eq(siteGroups.id, siteGroupId)).for("update");
  const ids = locked.map(({ id }) => id);
  if (ids.length > 0) await tx.update(sites).set({ version: sql`${sites.version} + 1` }).where(inArray(sites.id, ids));
}
