import type { RowTime } from "@/components/table/cells";
import { rowTime } from "@/components/table/row-time";
import type { EntryDetails, EntryRow as Entry } from "@/lib/audit/queries";
import type { PeriodName } from "@/lib/audit/rules";
import { shownEmail } from "@/lib/web/shown-email";

export type Times = { zone: string; hours?: "12" | "24" };

/** A row of the list. */
export type EntryRow = {
  cursor: string;
  at: RowTime;
  admin: string;
  email: string | null;
  site: string | null;
  message: string;
  detailed: boolean;
};

/** A row of the CSV file, with all details. */
export type EntryFileRow = EntryRow & Pick<EntryDetails, "actorKind" | "name" | "change" | "ipAddress" | "userAgent" | "requestId">;

type Listed = Entry & { admin: string; email: string | null };

const oneDay: readonly PeriodName[] = ["today", "yesterday", "date"];

export function toEntryRow({ cursor, at, admin, email, siteName, message, detailed }: Listed, times: Times, period: PeriodName): EntryRow {
  const shown = oneDay.includes(period) ? "time" : "second";
  return { cursor, at: rowTime(at, { ...times, shown }), admin, email: email && shownEmail(email), site: siteName, message, detailed };
}

/** An entry of the JSON Lines file. */
export const toEntryJson = ({ cursor, detailed: _, at, ipAddress, userAgent, ...entry }: EntryDetails) => ({
  id: cursor.split("_")[1],
  timestamp: at.toISOString(),
  ...entry,
  address: ipAddress,
  browser: userAgent,
});

export function toEntryFileRow(entry: EntryDetails): EntryFileRow {
  const { actorKind, name, change, ipAddress, userAgent, requestId } = entry;
  return { ...toEntryRow(entry, { zone: "UTC" }, "range"), actorKind, name, change, ipAddress, userAgent, requestId };
}
