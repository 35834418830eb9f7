import "server-only";
import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import { siteGroupMembers, siteGroups, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { lastSave } from "@/lib/kernel/audit";
import { command } from "@/lib/kernel/command";
import { only } from "@/lib/kernel/rows";
import { everySite, siteById } from "@/lib/sites/queries";
import { groupsAreShared, sameGroups, savedMeanwhile } from "@/lib/sites/rules";
import { CreateSite, DeleteSite, ExportSites, UpdateSite } from "@/lib/sites/schema";

export const createSite = command({
  permission: "site.create",
  input: CreateSite,
  async run({ tx, record }, { groups, ...facts }) {
    const { id } = await only(tx.insert(sites).values(facts).returning({ id: sites.id }));
    await putInGroups(tx, id, groups);
    const after = await siteById(tx, id);
    await record("site.created", { subject: labelled(after), site: after, after });
    return after;
  },
});

export const updateSite = command({
  permission: "site.update",
  input: UpdateSite,
  async run({ tx, actor, sites: reach, record }, { siteId, version, groups, ...facts }) {
    const before = await siteById(tx, siteId);
    const overtaken = async () => savedMeanwhile(await siteById(tx, siteId), await lastSave(tx, actor, siteId, "site.updated"));
    if (before.version !== version) throw await overtaken();
    if (reach !== "all" && !sameGroups(before.groups, groups)) throw groupsAreShared();
    const saved = await tx
      .update(sites)
      .set({ ...facts, version: sql`${sites.version} + 1` })
      .where(and(eq(sites.id, siteId), eq(sites.version, version)))
      .returning({ id: sites.id });
    if (saved.length === 0) throw await overtaken();
    await putInGroups(tx, siteId, groups);
    const after = await siteById(tx, siteId);
    await record("site.updated", { subject: labelled(after), site: after, before: shown(before), after: shown(after) });
    return after;
  },
});

export const deleteSite = command({
  permission: "site.delete",
  input: DeleteSite,
  async run({ tx, record }, { siteId }) {
    const before = await siteById(tx, siteId);
    await only(tx.delete(sites).where(eq(sites.id, siteId)).returning({ id: sites.id }));
    await record("site.deleted", { subject: labelled(before), site: before, before: shown(before) });
    return before;
  },
});

/** All that a filter shows; that it left the portal is on the record. */
export const exportSites = command({
  permission: "site.read",
  input: ExportSites,
  async run({ tx, actor, record }, filter) {
    const rows = await everySite(tx, filter);
    await record("site.exported", { subject: { id: actor.orgId, label: "sites" }, note: `(${rows.length})` });
    return { rows };
  },
});

const labelled = ({ id, name }: { id: string; name: string }) => ({ id, label: name });
const shown = <Row extends { version: number }>({ version: _, ...rest }: Row) => rest;

/** Makes a site a member of exactly these groups; a name that is new becomes a group. */
async function putInGroups(tx: Tx, siteId: string, names: string[]) {
  if (names.length > 0) await tx.insert(siteGroups).values(names.map((name) => ({ name }))).onConflictDoNothing();
  const wanted = names.length > 0 ? await tx.select({ id: siteGroups.id }).from(siteGroups).where(inArray(siteGroups.name, names)) : [];
  const ids = wanted.map(({ id }) => id);
  const others = ids.length > 0 ? notInArray(siteGroupMembers.groupId, ids) : undefined;
  await tx.delete(siteGroupMembers).where(and(eq(siteGroupMembers.siteId, siteId), others));
  if (ids.length === 0) return;
  await tx.insert(siteGroupMembers).values(ids.map((groupId) => ({ groupId, siteId }))).onConflictDoNothing();
}
