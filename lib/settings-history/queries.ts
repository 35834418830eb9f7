import "server-only";
import { inArray } from "drizzle-orm";
import { rfTemplates } from "@/db/schema";
import type { Tx } from "@/db/tx";
import { maxPeriodDays } from "@/lib/audit/rules";
import { query } from "@/lib/kernel/query";
import { type RecordedChange, restorableSite, settingsChanges, siteChanges } from "@/lib/settings-history/internal";
import { pageOf, settingsHistory, siteHistory } from "@/lib/settings-history/rules";
import { GetSettingsHistory, GetSiteHistory } from "@/lib/settings-history/schema";
import { settingsOf } from "@/lib/settings/internal";
import { notFoundError } from "@/lib/shared/app-error";
import { type SettingsDocument, textAt } from "@/lib/shared/settings/document";
import type { HistoryRules } from "@/lib/shared/settings/history";
import { siteSettingsById } from "@/lib/site-settings/internal";

type Chosen = { from?: string; to?: string; after?: string; before?: string };

/** A page of the points, and what differs between the two that are chosen: without a choice, what the last change did. */
function compare(rules: HistoryRules, document: SettingsDocument, entries: readonly RecordedChange[], { from, to, after, before }: Chosen) {
  const points = [...entries.map(({ id, at, by, message }) => ({ id, at, by, message })), { id: "start", at: null, by: null, message: "" }];
  const chosen = { from: from ?? points[1]?.id ?? "start", to: to ?? points[0]?.id ?? "start" };
  const [one, other] = [rules.documentAt(document, entries, chosen.from), rules.documentAt(document, entries, chosen.to)];
  if (!one || !other) throw notFoundError("Point of the history");
  return { ...pageOf(points, after, before), hasChanges: entries.length > 0, reachDays: maxPeriodDays, chosen, from: one, to: other, differences: rules.differencesBetween(one, other) };
}

/** A page of the points of the organization's history, and what differs between the two that are chosen. */
export const getSettingsHistory = query({
  permission: "audit.read",
  input: GetSettingsHistory,
  async run({ tx, actor }, chosen) {
    const entries = await settingsChanges(tx, actor.orgId);
    const { document, version } = await settingsOf(tx, actor.orgId);
    return { version, ...compare(settingsHistory, document, entries, chosen) };
  },
});

/** The same for a site, with why values of the first point can't be restored, and the names of the RF templates. */
export const getSiteHistory = query({
  permission: "audit.read",
  input: GetSiteHistory,
  async run({ tx, actor, sites: scope }, { siteId, ...chosen }) {
    const { document, version, name } = await siteSettingsById(tx, siteId);
    const compared = compare(siteHistory, document, await siteChanges(tx, actor.orgId, siteId), chosen);
    const { notes } = await restorableSite(tx, scope, compared.from, compared.differences.map(({ path }) => path));
    const templates = await templateNames(tx, [compared.from, compared.to]);
    return { name, version, ...compared, notes, templates };
  },
});

async function templateNames(tx: Tx, documents: readonly SettingsDocument[]): Promise<{ id: string; name: string }[]> {
  const ids = documents.map((document) => textAt(document, "rfTemplate")).filter((id) => id !== "");
  return ids.length === 0 ? [] : tx.select({ id: rfTemplates.id, name: rfTemplates.name }).from(rfTemplates).where(inArray(rfTemplates.id, ids));
}
