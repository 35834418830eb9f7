import { documentPaths } from "@/lib/settings/sections";
import { type SettingsDocument, valueAt, withValueAt } from "@/lib/shared/settings/document";

export type Change = { before?: Readonly<Record<string, unknown>>; after?: Readonly<Record<string, unknown>> };

/** A change of the settings as the audit log holds it. */
export type HistoryEntry = { id: string; change: Change };

const isSetting = (path: string) => Object.hasOwn(documentPaths, path);

/** The paths of the settings that a change concerns; secrets, whose values no entry holds, and what is no setting any more are left out. */
export const changedSettings = ({ before = {}, after = {} }: Change): string[] => [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(isSetting);

/** The document before a change, where null stands for a setting that was not set. */
const withoutChange = (document: SettingsDocument, { change }: HistoryEntry): SettingsDocument =>
  changedSettings(change).reduce((undone, path) => withValueAt(undone, path, change.before?.[path] ?? undefined), document);

/** The settings at a point: the present ones without the changes that are newer. Entries are in the order of newest first. */
export function documentAt(current: SettingsDocument, entries: readonly HistoryEntry[], point: string): SettingsDocument | undefined {
  const at = point === "start" ? entries.length : entries.findIndex(({ id }) => id === point);
  return at < 0 ? undefined : entries.slice(0, at).reduce(withoutChange, current);
}

export type SettingDifference = { path: string; from: unknown; to: unknown };

/** The settings that differ between two documents, in the order of the page. */
export const differencesBetween = (from: SettingsDocument, to: SettingsDocument): SettingDifference[] =>
  Object.keys(documentPaths).flatMap((path) => {
    const difference = { path, from: valueAt(from, path), to: valueAt(to, path) };
    return JSON.stringify(difference.from) === JSON.stringify(difference.to) ? [] : [difference];
  });

/** The values of a point for the given paths that are still valid, and the paths of those that are not. */
export function restorable(document: SettingsDocument, paths: readonly string[]) {
  const values: Record<string, unknown> = {};
  const invalid: string[] = [];
  for (const path of paths.filter(isSetting)) {
    const value = valueAt(document, path);
    if (value === undefined || documentPaths[path]?.safeParse(value).success) values[path] = value;
    else invalid.push(path);
  }
  return { values, invalid };
}
