import { type DateTimeOptions, formatDateTime, formatDateTimeTitle } from "@/lib/shared/format-date-time";
import type { RowMoment } from "./cells";

/** A moment as a row carries it, written out on the server so that no browser shows it otherwise. */
export const rowMoment = (at: Date, options: DateTimeOptions = {}): RowMoment => ({
  at: at.toISOString(),
  text: formatDateTime(at, options),
  title: formatDateTimeTitle(at, options),
});
