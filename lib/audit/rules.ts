import { toDateInputValue, toDateTimeInputValue, startOfDay, parseDateInput, toInstant, toLocalDateTime, dayOfWeek, hourStarts } from "@/lib/shared/time-zone";

export const periodNames = ["60m", "24h", "7d", "today", "yesterday", "week", "date", "range"] as const;
export type PeriodName = (typeof periodNames)[number];

export const periodLabels: Record<PeriodName, string> = {
  "60m": "Last 60 Min",
  "24h": "Last 24 Hr",
  "7d": "Last 7 Days",
  today: "Today",
  yesterday: "Yesterday",
  week: "This Week",
  date: "Custom Date",
  range: "Custom Range",
};

export const maxPeriodDays = 60;

/** Half-open: includes `from`, excludes `to`. */
export type Period = { from: Date; to: Date };

type PeriodQuery = { period: PeriodName; date?: string; from?: string; to?: string };

const minute = 60_000;
const hour = 60 * minute;
const quarter = 15 * minute;

const maxDate = (a: Date, b: Date) => (a > b ? a : b);
const minDate = (a: Date, b: Date) => (a < b ? a : b);
const roundUp = (at: number) => new Date(Math.ceil(at / quarter) * quarter);

// One minute of tolerance for a database clock that is slightly ahead.
const currentPeriodEnd = (now: Date) => roundUp(now.getTime() + minute);

/** The oldest time that can be queried. */
export const oldestTime = (now: Date, zone: string) => startOfDay(now, zone, -maxPeriodDays);

/** Resolves a period menu choice in the viewer's time zone, clamped to the past 60 days. */
export function resolvePeriod(query: PeriodQuery, now: Date, zone: string): Period {
  const to = currentPeriodEnd(now);
  const since = (days: number): Period => ({ from: startOfDay(now, zone, days), to });
  switch (query.period) {
    case "60m":
      return { from: new Date(now.getTime() - hour), to };
    case "24h":
      return { from: new Date(now.getTime() - 24 * hour), to };
    case "7d":
      return since(-7);
    case "today":
      return since(0);
    case "yesterday":
      return { from: startOfDay(now, zone, -1), to: startOfDay(now, zone) };
    case "week":
      return since(-dayOfWeek(now, zone));
    case "date":
      return dayPeriod(query.date, now, zone) ?? since(0);
    case "range":
      return rangePeriod(query, now, zone) ?? since(0);
  }
}

function dayPeriod(date = "", now: Date, zone: string): Period | null {
  const requested = parseDateInput(date, zone);
  if (!requested) return null;
  const from = startOfDay(minDate(maxDate(requested, oldestTime(now, zone)), now), zone);
  return { from, to: minDate(startOfDay(from, zone, 1), currentPeriodEnd(now)) };
}

function rangePeriod({ from = "", to = "" }: PeriodQuery, now: Date, zone: string): Period | null {
  const start = parseDateInput(from, zone, "earlier");
  const end = parseDateInput(to, zone, "later");
  if (!start || !end) return null;
  const [first, last] = start <= end ? [start, end] : [end, start];
  const clamp = (at: Date) => minDate(maxDate(at, oldestTime(now, zone)), currentPeriodEnd(now));
  const period = { from: clamp(first), to: clamp(last) };
  return period.from < period.to ? period : { from: period.from, to: new Date(period.from.getTime() + minute) };
}

/** The oldest time shown where a chosen date or range begins before it; otherwise nothing. */
export function limitExceeded({ period, date, from, to }: PeriodQuery, now: Date, zone: string): Date | undefined {
  const oldest = oldestTime(now, zone);
  const chosen = period === "date" ? [date] : period === "range" ? [from, to] : [];
  const isBefore = (text = "") => (parseDateInput(text, zone) ?? now) < oldest;
  return chosen.some(isBefore) ? oldest : undefined;
}

/** The period for the axis of the histogram: today and this week until their end, though nothing has happened there yet. */
export function axisPeriod(name: PeriodName, { from, to }: Period, zone: string): Period {
  if (name === "today" || name === "date") return { from, to: startOfDay(from, zone, 1) };
  return name === "week" ? { from, to: startOfDay(from, zone, 7) } : { from, to };
}

type BarWidth = "quarter" | "hour" | "sixth" | "day";

function barWidth({ from, to }: Period): BarWidth {
  const length = to.getTime() - from.getTime();
  if (length <= 3 * hour) return "quarter";
  if (length <= 36 * hour) return "hour";
  return length <= 10 * 24 * hour ? "sixth" : "day";
}

/** The start of each histogram bar and the end of the last one, aligned to hours or days of the time zone. */
export function barBounds(period: Period, zone: string): Date[] {
  const inner = innerBounds(period, zone);
  return [period.from, ...inner.filter((at) => at > period.from && at < period.to), period.to];
}

function innerBounds(period: Period, zone: string): Date[] {
  const width = barWidth(period);
  if (width === "quarter") return quarterHours(period);
  return width === "hour" ? hourStarts(period.from, period.to, zone) : dayBounds(period, zone, width);
}

function quarterHours({ from, to }: Period): Date[] {
  const first = roundUp(from.getTime()).getTime();
  return Array.from({ length: Math.max(0, Math.ceil((to.getTime() - first) / quarter)) }, (_, index) => new Date(first + index * quarter));
}

function dayBounds({ from, to }: Period, zone: string, step: "sixth" | "day"): Date[] {
  const hours = step === "day" ? [0] : [0, 6, 12, 18];
  const bounds: Date[] = [];
  for (let day = startOfDay(from, zone); day < to; day = startOfDay(day, zone, 1)) {
    const { year, month, day: date } = toLocalDateTime(day, zone);
    for (const hour of hours) {
      bounds.push(hour === 0 ? day : toInstant({ year, month, day: date, hour, minute: 0 }, zone));
    }
  }
  return bounds;
}

/** A range bound for the URL: local time, or UTC where the local time is ambiguous (DST change). */
export function formatRangeBound(at: Date, zone: string, pick: "earlier" | "later"): string {
  const key = `${at.getTime()} ${zone} ${pick}`;
  const cached = rangeTextCache.get(key);
  if (cached !== undefined) return cached;
  const local = toDateTimeInputValue(at, zone);
  const text = parseDateInput(local, zone, pick)?.getTime() === at.getTime() ? local : `${at.toISOString().slice(0, 16)}Z`;
  if (rangeTextCache.size >= maxCachedTexts) rangeTextCache.clear();
  rangeTextCache.set(key, text);
  return text;
}

// A cache, because the bars of all histograms share the same bounds.
const rangeTextCache = new Map<string, string>();
const maxCachedTexts = 20_000;

/** `min` and `max` of the two custom inputs. */
export const inputLimits = (now: Date, zone: string) => ({
  firstDate: toDateInputValue(oldestTime(now, zone), zone),
  lastDate: toDateInputValue(now, zone),
  firstTime: toDateTimeInputValue(oldestTime(now, zone), zone),
  lastTime: toDateTimeInputValue(currentPeriodEnd(now), zone),
});
