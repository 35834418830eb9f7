import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { siteGroupMembers, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { expectOne } from "@/lib/kernel/expect-one";
import { exporting } from "@/lib/kernel/export";
import { readSiteGroupBatch, siteGroupById } from "@/lib/site-groups/queries";
import { staleSiteGroupError } from "@/lib/site-groups/rules";
import { CreateSiteGroup, DeleteSiteGroup, ExportSiteGroups, RenameSiteGroup } from "@/lib/site-groups/schema";

/** Creates a site group without sites. */
export const createSiteGroup = command({
  permission: "site.group",
  input: CreateSiteGroup,
  async run({ tx, record }, { name }) {
    const { id } = await expectOne(tx.insert(siteGroups).values({ name }).returning({ id: siteGroups.id }));
    await record("site_group.created", { subject: { id, label: name }, after: { name } });
    return { id, name };
  },
});

/** Renames a site group; fails when the version is outdated. */
export const renameSiteGroup = command({
  permission: "site.group",
  input: RenameSiteGroup,
  async run({ tx, actor, record }, { siteGroupId, version, name }) {
    await outdateSites(tx, siteGroupId);
    const before = await siteGroupById(tx, siteGroupId);
    const renamed = await tx
      .update(siteGroups)
      .set({ name, version: sql`${siteGroups.version} + 1` })
      .where(and(eq(siteGroups.id, siteGroupId), eq(siteGroups.version, version)))
      .returning({ id: siteGroups.id });
    if (renamed.length === 0) throw staleSiteGroupError(await siteGroupById(tx, siteGroupId), await lastUpdatedBy(tx, actor, siteGroupId, "site_group.renamed"));
    await record("site_group.renamed", { subject: { id: siteGroupId, label: name }, before: { name: before.name }, after: { name } });
    return { id: siteGroupId };
  },
});

/** Deletes a site group; its sites stay, and access that was given by the group ends. */
export const deleteSiteGroup = command({
  permission: "site.group",
  input: DeleteSiteGroup,
  async run({ tx, record }, { siteGroupId }) {
    await outdateSites(tx, siteGroupId);
    const { id, name, sites: siteCount, administrators } = await siteGroupById(tx, siteGroupId);
    await expectOne(tx.delete(siteGroups).where(eq(siteGroups.id, id)).returning({ id: siteGroups.id }));
    await record("site_group.deleted", { subject: { id, label: name }, before: { name, sites: siteCount, administrators } });
    return { id, name };
  },
});

// Open site forms name the group: a new version makes their save a conflict instead of creating the group again.
async function outdateSites(tx: Tx, siteGroupId: string) {
  const members = tx.select({ id: siteGroupMembers.siteId }).from(siteGroupMembers).where(eq(siteGroupMembers.groupId, siteGroupId));
  const locked = await tx.select({ id: sites.id }).from(sites).where(inArray(sites.id, members)).orderBy(sites.id).for("no key update");
  await tx.select({ id: siteGroups.id }).from(siteGroups).where(eq(siteGroups.id, siteGroupId)).for("update");
  const ids = locked.map(({ id }) => id);
  if (ids.length > 0) await tx.update(sites).set({ version: sql`${sites.version} + 1` }).where(inArray(sites.id, ids));
}

const recordExport = command({
  permission: "site.group",
  input: ExportSiteGroups,
  async run({ actor, record }, { search }) {
    await record("site_group.exported", { subject: { id: actor.orgId, label: "site groups" }, after: { search } });
  },
});

/** Streams all site groups that match a filter in batches, after writing the audit entry of the export. */
export const exportSiteGroups = exporting(recordExport, readSiteGroupBatch);
