import "server-only";
import { and, desc, eq, gt, inArray, sql } from "drizzle-orm";
import { auditActors, auditEntries } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { maxPeriodDays } from "@/lib/audit/rules";
import { query } from "@/lib/kernel/query";
import { changedSettings, differencesBetween, documentAt } from "@/lib/settings-history/rules";
import { GetSettingsHistory } from "@/lib/settings-history/schema";
import { settingsOf } from "@/lib/settings/internal";
import { settingsEvents } from "@/lib/settings/rules";
import { notFoundError } from "@/lib/shared/app-error";

/** How many changes the history goes back at most, and how many points one page shows. */
export const mostChanges = 500;
const pageSize = 20;

/** The changes of the settings that the audit log holds, newest first. */
export async function settingsChanges(tx: Tx, orgId: string) {
  const rows = await tx
    .select({ id: auditEntries.id, at: auditEntries.occurredAt, by: auditActors.name, message: auditEntries.message, change: auditEntries.change })
    .from(auditEntries)
    .leftJoin(auditActors, and(eq(auditActors.organizationId, auditEntries.organizationId), eq(auditActors.actorId, auditEntries.actorId)))
    .where(
      and(
        eq(auditEntries.organizationId, orgId),
        inArray(auditEntries.name, [...settingsEvents]),
        gt(auditEntries.occurredAt, sql`now() - make_interval(days => ${maxPeriodDays})`),
      ),
    )
    .orderBy(desc(auditEntries.occurredAt), desc(auditEntries.id))
    .limit(mostChanges);
  return rows.map(({ change, ...row }) => ({ ...row, change: change ?? {} })).filter(({ change }) => changedSettings(change).length > 0);
}

/** A page of the points of the history, and what differs between the two that are chosen: without a choice, what the last change did. */
export const getSettingsHistory = query({
  permission: "audit.read",
  input: GetSettingsHistory,
  async run({ tx, actor }, { from, to, after, before }) {
    const entries = await settingsChanges(tx, actor.orgId);
    const { document, version } = await settingsOf(tx, actor.orgId);
    const points = [...entries.map(({ id, at, by, message }) => ({ id, at, by, message })), { id: "start", at: null, by: null, message: "" }];
    const chosen = { from: from ?? points[1]?.id ?? "start", to: to ?? points[0]?.id ?? "start" };
    const [one, other] = [documentAt(document, entries, chosen.from), documentAt(document, entries, chosen.to)];
    if (!one || !other) throw notFoundError("Point of the history");
    return { ...pageOf(points, after, before), hasChanges: entries.length > 0, reachDays: maxPeriodDays, chosen, version, from: one, to: other, differences: differencesBetween(one, other) };
  },
});

function pageOf<Point extends { id: string }>(points: readonly Point[], after?: string, before?: string) {
  const indexOf = (id: string | undefined) => points.findIndex((point) => point.id === id);
  const end = indexOf(before);
  const start = end >= 0 ? Math.max(0, end - pageSize) : indexOf(after) + 1;
  const shown = points.slice(start, start + pageSize);
  return { points: shown, previous: start > 0 ? shown[0]?.id : undefined, next: start + pageSize < points.length ? shown.at(-1)?.id : undefined };
}
