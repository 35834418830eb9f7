/** A time as a clock on the wall shows it. Months count from 1. */
export type Wall = { year: number; month: number; day: number; hour: number; minute: number };

const clocks = new Map<string, Intl.DateTimeFormat>();

function clock(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const numeric = "numeric" as const;
  const made = new Intl.DateTimeFormat("en-US", {
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
  if (clocks.size < 500) clocks.set(zone, made);
  return made;
}

const minuteMs = 60_000;
const utc = ({ year, month, day, hour, minute }: Wall) => Date.UTC(year, month - 1, day, hour, minute);

const quarterMs = 15 * minuteMs;
const mostOffsets = 20_000;
const offsets = new Map<string, number>();

function askedOffset(time: number, zone: string): number {
  const parts = clock(zone).formatToParts(time);
  const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return utc({ year: read("year"), month: read("month"), day: read("day"), hour: read("hour"), minute: read("minute") }) - time;
}

// Clocks change on a quarter of an hour, and asking Intl costs as much as a row of a table.
function offsetAt(time: number, zone: string): number {
  const quarter = Math.floor(time / quarterMs) * quarterMs;
  const key = `${quarter} ${zone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = askedOffset(quarter, zone);
  if (offsets.size >= mostOffsets) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** What the clocks of a zone show at a moment. */
export function wallAt(at: Date, zone: string): Wall {
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
 * The moment at which the clocks of a zone show this. An hour that comes twice gives the earlier or the later;
 * an hour that is skipped gives the moment as long after the gap as it was into it.
 */
export function momentOf(wall: Wall, zone: string, pick: "earlier" | "later" = "earlier"): Date {
  const shown = utc(wall);
  const before = shown - offsetAt(shown - 86_400_000, zone);
  const after = shown - offsetAt(shown + 86_400_000, zone);
  const fits = [before, after].filter((time) => time + offsetAt(time, zone) === shown);
  if (fits.length === 0) return new Date(Math.max(before, after));
  return new Date(pick === "earlier" ? Math.min(...fits) : Math.max(...fits));
}

/** The first moment of the day that lies so many days after the one of this moment. */
export function midnight(at: Date, zone: string, days = 0): Date {
  const { year, month, day } = wallAt(at, zone);
  const shifted = new Date(Date.UTC(year, month - 1, day + days));
  return momentOf(
    { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate(), hour: 0, minute: 0 },
    zone,
  );
}

/** 0 for Sunday to 6 for Saturday, where the clocks of the zone are. */
export function weekday(at: Date, zone: string): number {
  const { year, month, day } = wallAt(at, zone);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

const two = (value: number) => String(value).padStart(2, "0");

/** The date of a moment as a date input writes it: 2026-11-21. */
export function dateText(at: Date, zone: string): string {
  const { year, month, day } = wallAt(at, zone);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** The date and time of a moment as a date and time input writes it: 2026-11-21T14:05. */
export function dateTimeText(at: Date, zone: string): string {
  const { hour, minute } = wallAt(at, zone);
  return `${dateText(at, zone)}T${two(hour)}:${two(minute)}`;
}

const written = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(Z)?)?$/;

/** The moment that an input of either kind means in a zone, or one in UTC where it ends in Z; null for nonsense. */
export function momentFrom(text: string, zone: string, pick: "earlier" | "later" = "earlier"): Date | null {
  const match = written.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map((part) => Number(part ?? 0));
  const wall = { year, month, day, hour, minute };
  const real = new Date(utc(wall));
  if (real.getUTCMonth() + 1 !== month || real.getUTCDate() !== day || real.getUTCHours() !== hour) return null;
  return match[6] ? real : momentOf(wall, zone, pick);
}
