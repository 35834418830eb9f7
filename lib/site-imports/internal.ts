import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { mapDatabaseError } from "@/db/database-error";
import { accounts, deletedSites, memberships, siteGroupMembers, siteGroups, siteImports, type SiteImportResult, type SiteImportRow, sites } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { type Actor, can } from "@/lib/access/actor";
import { hasCurrentAccess } from "@/lib/administrators/queries";
import { noRequest } from "@/lib/kernel/account-events";
import { writeAuditEntries, writeAuditEntry } from "@/lib/kernel/audit";
import { uuidArray } from "@/lib/kernel/keyset-pagination";
import type { OperationContext } from "@/lib/kernel/operation-context";
import { AppError, notFoundError } from "@/lib/shared/app-error";
import { fullName } from "@/lib/shared/person-name";
import { addSite, auditSubject, withoutVersion } from "@/lib/sites/internal";
import { idsByName, siteColumns } from "@/lib/sites/queries";

/** How many rows are imported in one transaction. */
const chunkSize = 50;

/** Reads an import and keeps it as it is until the transaction ends; throws `not_found`. */
export async function heldSiteImport(tx: Tx, siteImportId: string) {
  const [held] = await tx.select().from(siteImports).where(eq(siteImports.id, siteImportId)).for("no key update");
  if (!held) throw notFoundError("Import");
  return held;
}

/** Imports the next rows of a running import as the person who started it; false when nothing is left to do. */
export async function importChunk(tx: Tx, orgId: string, siteImportId: string): Promise<boolean> {
  const [held] = await tx.select().from(siteImports).where(eq(siteImports.id, siteImportId)).for("no key update");
  if (held?.status !== "running") return false;
  const actor = await starterOf(tx, orgId, held.startedById);
  if (!can(actor, "site.create")) {
    await tx.update(siteImports).set({ status: "failed", finishedAt: sql`now()` }).where(eq(siteImports.id, siteImportId));
    return false;
  }
  const rows = held.rows.slice(held.done, held.done + chunkSize);
  const results: SiteImportResult[] = [];
  for (const row of rows) results.push(await importRow(tx, actor, row));
  const done = held.done + rows.length;
  const isLast = done >= held.total;
  const finished = isLast ? ({ status: "done", finishedAt: sql`now()` } as const) : {};
  await tx
    .update(siteImports)
    .set({ done, results: sql`${siteImports.results} || ${JSON.stringify(results)}::jsonb`, ...finished })
    .where(eq(siteImports.id, siteImportId));
  return !isLast;
}

/** The person who started an import, with what they may do in the organization now. */
async function starterOf(tx: Tx, orgId: string, accountId: string): Promise<Actor> {
  const [member] = await tx
    .select({ id: memberships.id, role: memberships.role, scope: memberships.scope, email: accounts.email, firstName: accounts.firstName, lastName: accounts.lastName, suspendedAt: accounts.suspendedAt })
    .from(memberships)
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.accountId, accountId), hasCurrentAccess));
  const isActive = member && !member.suspendedAt;
  const grants = isActive ? [{ role: member.role, sites: member.scope === "all" ? ("all" as const) : [] }] : [];
  return { kind: "account", id: accountId, name: member ? fullName(member) : "", email: member?.email ?? null, orgId, membershipId: member?.id ?? null, grants, origin: noRequest };
}

async function importRow(tx: Tx, actor: Actor, row: SiteImportRow): Promise<SiteImportResult> {
  const { line: _, fault, latitude, longitude, ...fields } = row;
  if (fault) return { status: "faulty", text: fault };
  const latlng = latitude === null || longitude === null ? undefined : { lat: latitude, lng: longitude };
  try {
    return await tx.transaction(async (inner) => {
      const record: OperationContext["record"] = (name, entry) => writeAuditEntry(inner, actor, name, entry);
      const { id } = await addSite({ tx: inner, record }, { ...fields, latlng }, joinExistingGroups);
      return { status: "added", siteId: id };
    });
  } catch (error) {
    const refusal = mapDatabaseError(error);
    const [field, messages] = refusal instanceof AppError ? (Object.entries(refusal.fields ?? {})[0] ?? []) : [];
    if (field === "name") return { status: "ignored", text: messages?.[0] };
    // Whatever concerns more than this row fails the job, which goes on here later.
    if (field !== "groups") throw error;
    return { status: "faulty", text: messages?.[0] };
  }
}

async function joinExistingGroups(tx: Tx, siteId: string, names: string[]) {
  const ids = await idsByName(tx, siteGroups, names, "groups");
  if (ids.length > 0) await tx.insert(siteGroupMembers).values(ids.map((groupId) => ({ groupId, siteId })));
}

/** Deletes the sites that nobody has changed since an import added them, without an audit entry. */
export async function removeUnchanged(tx: Tx, ids: readonly string[]) {
  const isUnchanged = and(sql`${sites.id} = any(${uuidArray(ids)})`, eq(sites.version, 1));
  const locked = await tx.select({ id: sites.id }).from(sites).where(isUnchanged).orderBy(sites.id).for("update");
  if (locked.length === 0) return [];
  const chosen = sql`${sites.id} = any(${uuidArray(locked.map(({ id }) => id))})`;
  const removed = await tx.delete(sites).where(chosen).returning(siteColumns);
  await tx.insert(deletedSites).values(removed.map(({ id, name }) => ({ siteId: id, name })));
  return removed;
}

/** Writes the audit entry of each removed site. */
export const recordRemoved = (tx: Tx, actor: Actor, removed: Awaited<ReturnType<typeof removeUnchanged>>) =>
  writeAuditEntries(tx, actor, "site.deleted", removed.map((site) => ({ subject: auditSubject(site), site, before: withoutVersion(site) })));
