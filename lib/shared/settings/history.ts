import { type SettingsDocument, valueAt, withValueAt } from "./document";
import type { SectionSet } from "./section-set";

export type Change = { before?: Readonly<Record<string, unknown>>; after?: Readonly<Record<string, unknown>> };

/** A change of a document as the audit log holds it. */
export type HistoryEntry = { id: string; change: Change };

export type SettingDifference = { path: string; from: unknown; to: unknown };

/** Brings values that mean the same into one form. */
type Canonical = (path: string, value: unknown) => unknown;

export type HistoryRules = ReturnType<typeof historyRules>;

/** What the history of a document needs: its state at a point, what differs between two points, and what can be restored. */
export function historyRules({ documentPaths }: Pick<SectionSet, "documentPaths">, canonical: Canonical = (_, value) => value) {
  const isSetting = (path: string) => Object.hasOwn(documentPaths, path);
  const valueOf = (document: SettingsDocument, path: string) => canonical(path, valueAt(document, path));
  const changedSettings = ({ before = {}, after = {} }: Change): string[] => [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(isSetting);
  const withoutChange = (document: SettingsDocument, { change }: HistoryEntry): SettingsDocument =>
    changedSettings(change).reduce((undone, path) => withValueAt(undone, path, change.before?.[path] ?? undefined), document);
  return {
    /** The paths that a change concerns; secrets, whose values no entry holds, and what is no setting any more are left out. */
    changedSettings,
    /** The document at a point: the present one without the changes that are newer. Entries are in the order of newest first. */
    documentAt(current: SettingsDocument, entries: readonly HistoryEntry[], point: string): SettingsDocument | undefined {
      const at = point === "start" ? entries.length : entries.findIndex(({ id }) => id === point);
      return at < 0 ? undefined : entries.slice(0, at).reduce(withoutChange, current);
    },
    /** The settings that differ between two documents, in the order of the page. */
    differencesBetween: (from: SettingsDocument, to: SettingsDocument): SettingDifference[] =>
      Object.keys(documentPaths).flatMap((path) => {
        const difference = { path, from: valueOf(from, path), to: valueOf(to, path) };
        return JSON.stringify(difference.from) === JSON.stringify(difference.to) ? [] : [difference];
      }),
    /** The values of a point for the given paths that are still valid, and the paths of those that are not. */
    restorable(document: SettingsDocument, paths: readonly string[]) {
      const values: Record<string, unknown> = {};
      const invalid: string[] = [];
      for (const path of paths.filter(isSetting)) {
        const value = valueOf(document, path);
        if (value === undefined || documentPaths[path]?.safeParse(value).success) values[path] = value;
        else invalid.push(path);
      }
      return { values, invalid };
    },
  };
}
