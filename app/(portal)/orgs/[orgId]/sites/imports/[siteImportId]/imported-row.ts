import type { TagKind } from "@/components/ui/tag";
import { countries } from "@/lib/shared/countries";
import type { ImportedSite } from "@/lib/site-imports/queries";

type Label = { label: string; kind: TagKind };

const labels: Record<ImportedSite["status"], Label> = {
  added: { label: "Added", kind: "ok" },
  ignored: { label: "Ignored", kind: "plain" },
  faulty: { label: "Faulty", kind: "bad" },
  removed: { label: "Removed", kind: "warn" },
  kept: { label: "Kept", kind: "plain" },
  waiting: { label: "Not imported", kind: "plain" },
};
/** Results that are called otherwise before the import ends. */
const earlierLabels: Partial<Record<string, Partial<Record<ImportedSite["status"], Label>>>> = {
  waiting: { added: { label: "Will be added", kind: "ok" } },
  running: { waiting: { label: "Waiting", kind: "plain" } },
};

/** The results that the rows can be filtered by. */
export const resultOptions = (["added", "ignored", "faulty", "removed", "kept"] as const).map((value) => ({ value, label: labels[value].label }));

/** One row of the list on the page of its import. */
export type ImportedRow = { line: number; name: string; siteId?: string; result: Label; text: string; country: string; timeZone: string; address: string; location: string; groups: string; notes: string };

export const toImportedRow = ({ line, name, siteId, status, text, country, timeZone, streetAddress, latitude, longitude, groups, notes }: ImportedSite, importStatus: string): ImportedRow => ({
  line,
  name,
  siteId,
  result: earlierLabels[importStatus]?.[status] ?? labels[status],
  text,
  country: countries[country] ?? country,
  timeZone,
  address: streetAddress,
  location: latitude === null || longitude === null ? "" : `${latitude}, ${longitude}`,
  groups: groups.join(", "),
  notes,
});
