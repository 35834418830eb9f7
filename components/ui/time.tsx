import { type DateTimeOptions, formatDateTime, formatDateTimeTitle } from "@/lib/shared/format-date-time";

/** A moment in the person's format, its zone on hover. */
export function Time({ at, ...options }: DateTimeOptions & { at: Date }) {
  return (
    <time dateTime={at.toISOString()} title={formatDateTimeTitle(at, options)}>
      {formatDateTime(at, options)}
    </time>
  );
}
