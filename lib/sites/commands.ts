import "server-only";
import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import { siteGroupMembers, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { lastUpdatedBy } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { expectOne } from "@/lib/kernel/expect-one";
import { listSitesForExport, siteById, siteColumns } from "@/lib/sites/queries";
import { sharedGroupsError, hasSameGroups, staleSiteError } from "@/lib/sites/rules";
import { CreateSite, DeleteSite, ExportSites, UpdateSite } from "@/lib/sites/schema";
import { notFoundError } from "@/lib/shared/app-error";

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
    await record("site.deleted", { subject: auditSubject(before), site: before, before: withoutVersion(before) });
    return before;
  },
});

/** Returns all sites that match the filter, and logs the export. */
export const exportSites = command({
  permission: "site.read",
  input: ExportSites,
  async run({ tx, actor, record }, filter) {
    const rows = await listSitesForExport(tx, filter);
    await record("site.exported", { subject: { id: actor.orgId, label: "sites" }, note: `(${rows.length})` });
    return { rows };
  },
});

const auditSubject = ({ id, name }: { id: string; name: string }) => ({ id, label: name });
const withoutVersion = <Row extends { version: number }>({ version: _, ...rest }: Row) => rest;

/** Sets the groups of a site, and creates those that do not exist, in one order so that concurrent changes cannot deadlock. */
async function replaceGroups(tx: Tx, siteId: string, groupNames: string[]) {
  const names = groupNames.toSorted();
  if (names.length > 0) await tx.insert(siteGroups).values(names.map((name) => ({ name }))).onConflictDoNothing();
  const groups = names.length > 0 ? await tx.select({ id: siteGroups.id }).from(siteGroups).where(inArray(siteGroups.name, names)) : [];
  const ids = groups.map(({ id }) => id);
  const isOtherGroup = ids.length > 0 ? notInArray(siteGroupMembers.groupId, ids) : undefined;
  await tx.delete(siteGroupMembers).where(and(eq(siteGroupMembers.siteId, siteId), isOtherGroup));
  if (ids.length === 0) return;
  await tx.insert(siteGroupMembers).values(ids.map((groupId) => ({ groupId, siteId }))).onConflictDoNothing();
}
