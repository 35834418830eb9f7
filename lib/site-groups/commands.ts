import "server-only";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { exporting } from "@/lib/kernel/export";
import { addSiteGroup, removeSiteGroup, saveSiteGroup } from "@/lib/site-groups/internal";
import { readSiteGroupBatch, siteGroupById } from "@/lib/site-groups/queries";
import { staleSiteGroupError } from "@/lib/site-groups/rules";
import { CreateSiteGroup, DeleteSiteGroup, ExportSiteGroups, RenameSiteGroup } from "@/lib/site-groups/schema";

/** Creates a site group without sites. */
export const createSiteGroup = command({
  permission: "site.group",
  input: CreateSiteGroup,
  run: (scope, { name }) => addSiteGroup(scope, name),
});

/** Renames a site group; fails when the version is outdated. */
export const renameSiteGroup = command({
  permission: "site.group",
  input: RenameSiteGroup,
  async run(scope, { siteGroupId, version, name }) {
    const { tx, actor } = scope;
    if (await saveSiteGroup(scope, siteGroupId, version, name)) return { id: siteGroupId };
    throw staleSiteGroupError(await siteGroupById(tx, siteGroupId), await lastUpdatedBy(tx, actor, siteGroupId, "site_group.renamed"));
  },
});

/** Deletes a site group; its sites stay, and access that was given by the group ends. */
export const deleteSiteGroup = command({
  permission: "site.group",
  input: DeleteSiteGroup,
  run: (scope, { siteGroupId }) => removeSiteGroup(scope, siteGroupId),
});

const recordExport = command({
  permission: "site.group",
  input: ExportSiteGroups,
  async run({ actor, record }, { search }) {
    await record("site_group.exported", { subject: { id: actor.orgId, label: "site groups" }, after: { search } });
  },
});

/** Streams all site groups that match a filter in batches, after writing the audit entry of the export. */
export const exportSiteGroups = exporting(recordExport, readSiteGroupBatch);
