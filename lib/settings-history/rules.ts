import { settingsSections } from "@/lib/settings/sections";
import { historyRules } from "@/lib/shared/settings/history";
import { compareText } from "@/lib/shared/text-order";
import { siteSections } from "@/lib/site-settings/sections";

/** The rules of the history of an organization's settings. */
export const settingsHistory = historyRules(settingsSections);

/** The rules of the history of a site: no text is like none, and groups have no order. */
export const siteHistory = historyRules(siteSections, (path, value) => {
  if (value === "" || value === null) return undefined;
  return path === "groups" && Array.isArray(value) ? (value as string[]).toSorted(compareText) : value;
});

const quoted = new Intl.ListFormat("en-GB");

/** Why a value of an earlier point is not restored, or not all of it. */
export const leftOutText = {
  invalid: "The setting no longer takes this value",
  template: "This RF template no longer exists",
  groups: "Only administrators with access to all sites can change groups",
  missingGroups: (names: readonly string[]) => `${quoted.format(names.map((name) => `“${name}”`))} no longer ${names.length === 1 ? "exists and is" : "exist and are"} left out`,
};

/** How many changes a history goes back at most. */
export const mostChanges = 500;

const pageSize = 20;

/** A page of the points of a history, with the ids around which its neighbours begin. */
export function pageOf<Point extends { id: string }>(points: readonly Point[], after?: string, before?: string) {
  const indexOf = (id: string | undefined) => points.findIndex((point) => point.id === id);
  const end = indexOf(before);
  const start = end >= 0 ? Math.max(0, end - pageSize) : indexOf(after) + 1;
  const shown = points.slice(start, start + pageSize);
  return { points: shown, previous: start > 0 ? shown[0]?.id : undefined, next: start + pageSize < points.length ? shown.at(-1)?.id : undefined };
}
