/** A local date and time without a zone; months count from 1. */
export type LocalDateTime = { year: number; month: number; day: number; hour: number; minute: number };

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  const cached = formatters.get(zone);
  if (cached) return cached;
  const numeric = "numeric" as const;
  const formatter = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "iso8601",
    hourCycle: "h23",
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  if (formatters.size < 500) formatters.set(zone, formatter);
  return formatter;
}

const minuteMs = 60_000;
const utcTime = ({ year, month, day, hour, minute }: LocalDateTime) => Date.UTC(year, month - 1, day, hour, minute);

const quarterMs = 15 * minuteMs;
const maxCachedOffsets = 20_000;
const offsets = new Map<string, number>();

function computeOffset(time: number, zone: string): number {
  const parts = formatterFor(zone).formatToParts(time);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return utcTime({ year: read("year"), month: read("month"), day: read("day"), hour: read("hour"), minute: read("minute") }) - time;
}

// Offsets change on quarter hours only, and Intl calls are slow.
function offsetAt(time: number, zone: string): number {
  const quarter = Math.floor(time / quarterMs) * quarterMs;
  const key = `${quarter} ${zone}`;
  const cached = offsets.get(key);
  if (cached !== undefined) return cached;
  const offset = computeOffset(quarter, zone);
  if (offsets.size >= maxCachedOffsets) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** Returns the local date and time of an instant in a zone. */
export function toLocalDateTime(at: Date, zone: string): LocalDateTime {
  const shown = new Date(at.getTime() + offsetAt(at.getTime(), zone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
  };
}

/**
 * Returns the instant of a local time in a zone. A repeated hour gives the earlier or the later instant;
 * a skipped hour moves forward by the length of the gap.
 */
export function toInstant(local: LocalDateTime, zone: string, pick: "earlier" | "later" = "earlier"): Date {
  const shown = utcTime(local);
  const before = shown - offsetAt(shown - 86_400_000, zone);
  const after = shown - offsetAt(shown + 86_400_000, zone);
  const fits = [before, after].filter((time) => time + offsetAt(time, zone) === shown);
  if (fits.length === 0) return new Date(Math.max(before, after));
  return new Date(pick === "earlier" ? Math.min(...fits) : Math.max(...fits));
}

/** Returns the start of the day of an instant, plus a number of days. */
export function startOfDay(at: Date, zone: string, days = 0): Date {
  const { year, month, day } = toLocalDateTime(at, zone);
  const shifted = new Date(Date.UTC(year, month - 1, day + days));
  return toInstant(
    { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate(), hour: 0, minute: 0 },
    zone,
  );
}

/** Returns the day of the week in a zone, from 0 for Sunday to 6 for Saturday. */
export function dayOfWeek(at: Date, zone: string): number {
  const { year, month, day } = toLocalDateTime(at, zone);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

const twoDigits = (value: number) => String(value).padStart(2, "0");

/** Formats the date of an instant for a date input: 2026-11-21. */
export function toDateInputValue(at: Date, zone: string): string {
  const { year, month, day } = toLocalDateTime(at, zone);
  return `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** Formats an instant for a datetime-local input: 2026-11-21T14:05. */
export function toDateTimeInputValue(at: Date, zone: string): string {
  const { hour, minute } = toLocalDateTime(at, zone);
  return `${toDateInputValue(at, zone)}T${twoDigits(hour)}:${twoDigits(minute)}`;
}

const inputPattern = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(Z)?)?$/;

/** Parses the value of a date or datetime-local input in a zone, or in UTC when it ends in Z; returns null when invalid. */
export function parseDateInput(text: string, zone: string, pick: "earlier" | "later" = "earlier"): Date | null {
  const match = inputPattern.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map((part) => Number(part ?? 0));
  const local = { year, month, day, hour, minute };
  const real = new Date(utcTime(local));
  if (real.getUTCMonth() + 1 !== month || real.getUTCDate() !== day || real.getUTCHours() !== hour) return null;
  return match[6] ? real : toInstant(local, zone, pick);
}
