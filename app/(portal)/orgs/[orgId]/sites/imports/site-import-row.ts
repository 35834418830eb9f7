import type { RowTime } from "@/components/table/cells";
import { rowTime } from "@/components/table/row-time";
import type { DateTimeOptions } from "@/lib/shared/format-date-time";
import type { SiteImport } from "@/lib/site-imports/queries";

/** A row of the list and its file. */
export type SiteImportRow = Pick<SiteImport, "id" | "fileName" | "status" | "total" | "added"> & { started: RowTime; startedBy: string };

export const toSiteImportRow = ({ id, fileName, status, total, added, createdAt, startedBy }: SiteImport, times: DateTimeOptions = {}): SiteImportRow => ({
  id,
  fileName,
  status,
  total,
  added,
  started: rowTime(createdAt, times),
  startedBy: startedBy ?? "Someone who has left",
});
