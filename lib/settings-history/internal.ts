import "server-only";
import { and, desc, eq, gt, inArray, type SQL, sql } from "drizzle-orm";
import { auditActors, auditEntries, rfTemplates, siteGroups } from "@/db/schema";
import type { TenantScope } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import { maxPeriodDays } from "@/lib/audit/rules";
import { leftOutText, mostChanges, settingsHistory, siteHistory } from "@/lib/settings-history/rules";
import { settingsEvents } from "@/lib/settings/rules";
import type { EventName } from "@/lib/shared/events";
import { foldName } from "@/lib/shared/fold-text";
import { type SettingsDocument, textAt } from "@/lib/shared/settings/document";
import type { HistoryRules } from "@/lib/shared/settings/history";

async function recordedChanges(tx: Tx, orgId: string, rules: HistoryRules, events: readonly EventName[], subject?: SQL) {
  const rows = await tx
    .select({ id: auditEntries.id, at: auditEntries.occurredAt, by: auditActors.name, message: auditEntries.message, change: auditEntries.change })
    .from(auditEntries)
    .leftJoin(auditActors, and(eq(auditActors.organizationId, auditEntries.organizationId), eq(auditActors.actorId, auditEntries.actorId)))
    .where(
      and(
        eq(auditEntries.organizationId, orgId),
        subject,
        inArray(auditEntries.name, [...events]),
        gt(auditEntries.occurredAt, sql`now() - make_interval(days => ${maxPeriodDays})`),
      ),
    )
    .orderBy(desc(auditEntries.occurredAt), desc(auditEntries.id))
    .limit(mostChanges);
  return rows.map(({ change, ...row }) => ({ ...row, change: change ?? {} })).filter(({ change }) => rules.changedSettings(change).length > 0);
}

export type RecordedChange = Awaited<ReturnType<typeof recordedChanges>>[number];

/** The changes of the organization's settings that the audit log holds, newest first. */
export const settingsChanges = (tx: Tx, orgId: string) => recordedChanges(tx, orgId, settingsHistory, settingsEvents);

/** The changes of a site that the audit log holds, newest first. */
export const siteChanges = (tx: Tx, orgId: string, siteId: string) => recordedChanges(tx, orgId, siteHistory, ["site.updated"], eq(auditEntries.siteId, siteId));

/** The values of a site's earlier document that can be restored, and by path why something is left out. */
export async function restorableSite(tx: Tx, scope: TenantScope["sites"], earlier: SettingsDocument, paths: readonly string[]) {
  const { values, invalid } = siteHistory.restorable(earlier, paths);
  const notes = Object.fromEntries(invalid.map((path) => [path, leftOutText.invalid]));
  const leaveOut = (path: string, note: string) => {
    delete values[path];
    notes[path] = note;
  };
  const template = textAt(values, "rfTemplate");
  if (template !== "" && (await tx.$count(rfTemplates, eq(rfTemplates.id, template))) === 0) leaveOut("rfTemplate", leftOutText.template);
  if (Object.hasOwn(values, "groups")) {
    const names = (values.groups ?? []) as string[];
    const gone = await missingGroups(tx, names);
    if (scope !== "all") leaveOut("groups", leftOutText.groups);
    else if (gone.length > 0) notes.groups = leftOutText.missingGroups(gone);
    if (scope === "all") values.groups = names.filter((name) => !gone.includes(name));
  }
  return { values, notes };
}

async function missingGroups(tx: Tx, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const keys = sql.join(names.map((name) => sql`fold_name(${name})`), sql`, `);
  const found = await tx.select({ name: siteGroups.name }).from(siteGroups).where(sql`${siteGroups.nameKey} in (${keys})`);
  const known = new Set(found.map(({ name }) => foldName(name)));
  return names.filter((name) => !known.has(foldName(name)));
}
