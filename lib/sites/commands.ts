import "server-only";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { bulk } from "@/lib/kernel/bulk";
import { command } from "@/lib/kernel/command";
import { exporting } from "@/lib/kernel/export";
import { changeSite, lockSiteSettings } from "@/lib/site-settings/internal";
import { addSite, heldGroup, joinGroup, leaveGroup, removeSite } from "@/lib/sites/internal";
import { readSiteBatch, selectedSites, siteById } from "@/lib/sites/queries";
import { staleSiteError } from "@/lib/sites/rules";
import { AddSelectedToGroup, CreateSite, DeleteSite, ExportSites, RemoveSelectedFromGroup, UpdateSite } from "@/lib/sites/schema";

/** Creates a site with its groups. */
export const createSite = command({
  permission: "site.create",
  input: CreateSite,
  run: (scope, fields) => addSite(scope, fields),
});

/** Updates the fields of a site and its groups, and leaves its settings; fails when the version is outdated. */
export const updateSite = command({
  permission: "site.update",
  input: UpdateSite,
  async run(scope, { siteId, version, ...values }) {
    const { tx, actor } = scope;
    const before = await lockSiteSettings(tx, siteId);
    if (before.version !== version) throw staleSiteError(await siteById(tx, siteId), await lastUpdatedBy(tx, actor, siteId, "site.updated"));
    await changeSite(scope, siteId, { values });
    return siteById(tx, siteId);
  },
});

/** Deletes a site. */
export const deleteSite = command({
  permission: "site.delete",
  input: DeleteSite,
  run: (scope, { siteId }) => removeSite(scope, siteId),
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
