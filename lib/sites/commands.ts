import "server-only";
import { and, eq, lt, sql } from "drizzle-orm";
import { deletedSites, sites } from "@/db/schema";
import { maxPeriodDays } from "@/lib/audit/rules";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { bulk } from "@/lib/kernel/bulk";
import { command } from "@/lib/kernel/command";
import { exporting } from "@/lib/kernel/export";
import { expectOne } from "@/lib/kernel/expect-one";
import { heldGroup, joinGroup, auditSubject, leaveGroup, replaceGroups, withoutVersion } from "@/lib/sites/internal";
import { readSiteBatch, selectedSites, siteById, siteColumns } from "@/lib/sites/queries";
import { notFoundError } from "@/lib/shared/app-error";
import { sharedGroupsError, hasSameGroups, staleSiteError } from "@/lib/sites/rules";
import { AddSelectedToGroup, CreateSite, DeleteSite, ExportSites, RemoveSelectedFromGroup, UpdateSite } from "@/lib/sites/schema";

/** Creates a site with its groups. */
export const createSite = command({
  permission: "site.create",
  input: CreateSite,
  async run({ tx, record }, { groups, ...fields }) {
    const { id } = await expectOne(tx.insert(sites).values(fields).returning({ id: sites.id }));
    await replaceGroups(tx, id, groups);
    const after = await siteById(tx, id);
    await record("site.created", { subject: auditSubject(after), site: after, after });
    return after;
  },
});

/** Updates a site and its groups; fails when the version is outdated. */
export const updateSite = command({
  permission: "site.update",
  input: UpdateSite,
  async run({ tx, actor, sites: siteScope, record }, { siteId, version, groups, ...fields }) {
    const before = await siteById(tx, siteId);
    const staleError = async () => staleSiteError(await siteById(tx, siteId), await lastUpdatedBy(tx, actor, siteId, "site.updated"));
    if (before.version !== version) throw await staleError();
    if (siteScope !== "all" && !hasSameGroups(before.groups, groups)) throw sharedGroupsError();
    const saved = await tx
      .update(sites)
      .set({ ...fields, version: sql`${sites.version} + 1` })
      .where(and(eq(sites.id, siteId), eq(sites.version, version)))
      .returning({ id: sites.id });
    if (saved.length === 0) throw await staleError();
    await replaceGroups(tx, siteId, groups);
    const after = await siteById(tx, siteId);
    await record("site.updated", { subject: auditSubject(after), site: after, before: withoutVersion(before), after: withoutVersion(after) });
    return after;
  },
});

/** Deletes a site. */
export const deleteSite = command({
  permission: "site.delete",
  input: DeleteSite,
  async run({ tx, record }, { siteId }) {
    const [before] = await tx.delete(sites).where(eq(sites.id, siteId)).returning(siteColumns);
    if (!before) throw notFoundError("Site");
    await tx.delete(deletedSites).where(lt(deletedSites.deletedAt, sql`now() - make_interval(days => ${maxPeriodDays})`));
    await tx.insert(deletedSites).values({ siteId, name: before.name });
    await record("site.deleted", { subject: auditSubject(before), site: before, before: withoutVersion(before) });
    return before;
  },
});

const recordExport = command({
  permission: "site.read",
  input: ExportSites,
  async run({ actor, record }, { sort: _, ...filter }) {
    await record("site.exported", { subject: { id: actor.orgId, label: "sites" }, after: filter });
  },
});

/** Adds every selected site to a group; each has its own result. */
export const addSelectedToGroup = command({
  permission: "site.group",
  input: AddSelectedToGroup,
  async run(scope, { group, groupName, ...selection }) {
    const found = await selectedSites(scope.tx, selection).for("no key update");
    const { id: groupId, name } = await heldGroup(scope.tx, { group, groupName });
    return bulk(scope, selection, found, {
      permission: "site.group",
      each: async (inner, { id }) => {
        const joined = await joinGroup({ ...scope, tx: inner }, id, groupId);
        return joined ? `added to ${name}` : `is already in ${name}`;
      },
    });
  },
});

/** Removes every selected site from a group; each has its own result. */
export const removeSelectedFromGroup = command({
  permission: "site.group",
  input: RemoveSelectedFromGroup,
  async run(scope, { group, groupName, ...selection }) {
    const found = await selectedSites(scope.tx, selection).for("no key update");
    const { id: groupId, name } = await heldGroup(scope.tx, { group, groupName });
    return bulk(scope, selection, found, {
      permission: "site.group",
      each: async (inner, { id }) => {
        const left = await leaveGroup({ ...scope, tx: inner }, id, groupId);
        return left ? `removed from ${name}` : `is not in ${name}`;
      },
    });
  },
});

/** Streams all sites that match a filter in batches, after writing the audit entry of the export. */
export const exportSites = exporting(recordExport, readSiteBatch);
