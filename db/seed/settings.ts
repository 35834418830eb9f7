import { daysAgo } from "@/db/seed/dates";
import type { Builder, Member, SeedEvent } from "@/db/seed/builder";
import { sectionTitles } from "@/lib/settings/rules";
import { type SettingsDocument, valueAt, withChanges } from "@/lib/shared/settings/document";

type Change = { days: number; minute: number; values: Readonly<Record<string, unknown>> };

const changes: readonly Change[] = [
  { days: 51, minute: 640, values: { "installer.grace_period": 14, "ssr.conductor_hosts": ["192.0.2.10"] } },
  { days: 33, minute: 905, values: { "installer.grace_period": 30 } },
  { days: 9, minute: 584, values: { "switch_mgmt.use_mxedge_proxy": true, "ssr.conductor_hosts": ["192.0.2.10", "192.0.2.11"] } },
];

/** What the settings of a demo organization have become by its changes. */
export const demoSettings: SettingsDocument = changes.reduce((document, { values }) => withChanges(document, values), {});

/** The changes of the settings, with their audit entries. */
export function settingsEvents({ organization, id, now, record }: Builder, who: Member): SeedEvent[] {
  let current: SettingsDocument = {};
  return changes.map(({ days, minute, values }) => {
    const paths = Object.keys(values);
    const next = withChanges(current, values);
    const [before, after] = [current, next].map((document) => Object.fromEntries(paths.map((path) => [path, valueAt(document, path) ?? null])));
    current = next;
    const details = { subject: { id, label: organization.name }, fields: sectionTitles(paths), before, after };
    return { at: daysAgo(now, days, minute), apply: (at) => record(at, who, "settings.updated", details) };
  });
}
