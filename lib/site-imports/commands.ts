import "server-only";
import { eq, sql } from "drizzle-orm";
import { siteImports, type SiteImportResult } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { command } from "@/lib/kernel/command";
import { expectOne } from "@/lib/kernel/expect-one";
import { exporting } from "@/lib/kernel/export";
import { AppError } from "@/lib/shared/app-error";
import { addSiteGroup } from "@/lib/site-groups/internal";
import { heldSiteImport, recordRemoved, removeUnchanged } from "@/lib/site-imports/internal";
import { addedIds, planSiteImport, readSiteImportBatch } from "@/lib/site-imports/queries";
import { countResults, listName, mostPreviews, readUpload, undoneResults } from "@/lib/site-imports/rules";
import { CreateSiteImport, ExportSiteImports, StartSiteImport, UndoSiteImport } from "@/lib/site-imports/schema";

/** Stores what a list of sites says, so that it can be looked at before it is imported; refuses a text that is no such list. */
export const createSiteImport = command({
  permission: "site.create",
  input: CreateSiteImport,
  prepare: async (_, upload) => readUpload(upload, new Date()),
  async run({ tx, actor, prepared: { rows, ignoredColumns }, nothingChanged }, { fileName, createsGroups }) {
    await removeOldImports(tx, actor.id);
    const values = { startedById: actor.id, fileName: fileName.trim() || listName(rows), rows, ignoredColumns, createsGroups, total: rows.length };
    nothingChanged();
    return expectOne(tx.insert(siteImports).values(values).returning({ id: siteImports.id }));
  },
});

async function removeOldImports(tx: Tx, actorId: string) {
  const ownPreviews = sql`select p.id from ${siteImports} p where p.status = 'waiting' and p.started_by_id = ${actorId} order by p.created_at desc, p.id desc offset ${mostPreviews - 1}`;
  await tx.delete(siteImports).where(sql`${siteImports.id} in (${ownPreviews})
    or (status = 'waiting' and created_at < now() - interval '1 day') or (status <> 'running' and created_at < now() - interval '1 year')`);
}

/** Starts an import: creates the site groups that it needs and enqueues the job that adds the sites. */
export const startSiteImport = command({
  permission: "site.create",
  input: StartSiteImport,
  async run(scope, { siteImportId: id }) {
    const { tx, actor, record, enqueue } = scope;
    const { status, fileName, ...held } = await heldSiteImport(tx, id);
    if (status !== "waiting") throw new AppError("conflict", "This import has been started already");
    const { results, newGroups } = await planSiteImport(tx, held);
    const { added } = countResults(results);
    if (added === 0) throw new AppError("conflict", "There is nothing to import: every row is faulty or names a site that exists");
    await endStalled(tx);
    await tx.update(siteImports).set({ status: "running", startedById: actor.id }).where(eq(siteImports.id, id));
    await record("site.import_started", { subject: { id, label: fileName }, after: { sites: added, newGroups } });
    for (const name of newGroups) await addSiteGroup(scope, name);
    await enqueue("site_import.run", { orgId: actor.orgId, id });
    return { id };
  },
});

// The queue has given up a job that made no progress for so long.
const endStalled = (tx: Tx) =>
  tx.update(siteImports).set({ status: "failed", finishedAt: sql`now()` }).where(sql`status = 'running' and updated_at < now() - interval '1 hour'`);

/** Ends an import that runs, and removes the sites that it added and nobody changed since; a preview is discarded. */
export const undoSiteImport = command({
  permission: "site.delete",
  input: UndoSiteImport,
  async run({ tx, actor, record, nothingChanged }, { siteImportId: id }) {
    const { status, fileName, results } = await heldSiteImport(tx, id);
    if (status === "undone") throw new AppError("conflict", "This import has been undone already");
    if (status === "waiting") {
      await tx.delete(siteImports).where(eq(siteImports.id, id));
      nothingChanged();
      return { id, cancelled: true };
    }
    const removed = await removeUnchanged(tx, addedIds(results));
    const undone: readonly SiteImportResult[] = undoneResults(results, new Set(removed.map((site) => site.id)));
    await tx.update(siteImports).set({ status: "undone", undoneAt: sql`now()`, results: undone }).where(eq(siteImports.id, id));
    await record("site.import_undone", { subject: { id, label: fileName }, after: { removed: removed.length, kept: countResults(undone).kept } });
    await recordRemoved(tx, actor, removed);
    return { id, cancelled: false };
  },
});

const recordExport = command({
  permission: "site.create",
  input: ExportSiteImports,
  async run({ actor, record }, { sort: _, ...filter }) {
    await record("site.imports_exported", { subject: { id: actor.orgId, label: "imports of sites" }, after: filter });
  },
});

/** Streams all imports that match a filter in batches, after writing the audit entry of the export. */
export const exportSiteImports = exporting(recordExport, readSiteImportBatch);
