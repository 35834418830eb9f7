import { type DateTimeOptions, formatDateTime, formatDateTimeTitle } from "@/lib/shared/format-date-time";

/** A time in the person's format, with its zone as tooltip. */
export function Time({ at, ...options }: DateTimeOptions & { at: Date }) {
  return (
    <time dateTime={at.toISOString()} title={formatDateTimeTitle(at, options)}>
      {formatDateTime(at, options)}
    </time>
  );
}
