import { type DateTimeOptions, formatDateTime, formatDateTimeTitle } from "@/lib/shared/format-date-time";
import type { RowTime } from "./cells";

/** Formats a time for a row, on the server so that every browser shows the same. */
export const rowTime = (at: Date, options: DateTimeOptions = {}): RowTime => ({
  at: at.toISOString(),
  text: formatDateTime(at, options),
  title: formatDateTimeTitle(at, options),
});
