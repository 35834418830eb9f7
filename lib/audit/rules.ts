import { dateText, dateTimeText, midnight, momentFrom, momentOf, wallAt, weekday } from "@/lib/vocabulary/zone";

export const periodChoices = ["60m", "24h", "7d", "today", "yesterday", "week", "date", "range"] as const;
export type PeriodChoice = (typeof periodChoices)[number];

export const periodLabels: Record<PeriodChoice, string> = {
  "60m": "Last 60 Min",
  "24h": "Last 24 Hr",
  "7d": "Last 7 Days",
  today: "Today",
  yesterday: "Yesterday",
  week: "This Week",
  date: "Custom Date",
  range: "Custom Range",
};

export const viewDays = 60;

/** Half-open: includes `from`, excludes `to`. */
export type Period = { from: Date; to: Date };

type Asked = { period: PeriodChoice; date?: string; from?: string; to?: string };

const minute = 60_000;
const hour = 60 * minute;
const quarter = 15 * minute;

const later = (a: Date, b: Date) => (a > b ? a : b);
const sooner = (a: Date, b: Date) => (a < b ? a : b);
const roundUp = (at: number) => new Date(Math.ceil(at / quarter) * quarter);

// One minute of tolerance for a database clock that is slightly ahead.
const endOfNow = (now: Date) => roundUp(now.getTime() + minute);

/** The oldest time that can be queried. */
export const earliest = (now: Date, zone: string) => midnight(now, zone, -viewDays);

/** Resolves a period menu choice in the viewer's time zone, clamped to the past 60 days. */
export function periodOf(query: Asked, now: Date, zone: string): Period {
  const to = endOfNow(now);
  const since = (days: number): Period => ({ from: midnight(now, zone, days), to });
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
      return { from: midnight(now, zone, -1), to: midnight(now, zone) };
    case "week":
      return since(-weekday(now, zone));
    case "date":
      return dayOf(query.date, now, zone) ?? since(0);
    case "range":
      return rangeOf(query, now, zone) ?? since(0);
  }
}

function dayOf(date = "", now: Date, zone: string): Period | null {
  const requested = momentFrom(date, zone);
  if (!requested) return null;
  const from = midnight(sooner(later(requested, earliest(now, zone)), now), zone);
  return { from, to: sooner(midnight(from, zone, 1), endOfNow(now)) };
}

function rangeOf({ from = "", to = "" }: Asked, now: Date, zone: string): Period | null {
  const start = momentFrom(from, zone, "earlier");
  const end = momentFrom(to, zone, "later");
  if (!start || !end) return null;
  const [first, last] = start <= end ? [start, end] : [end, start];
  const clamp = (at: Date) => sooner(later(at, earliest(now, zone)), endOfNow(now));
  const period = { from: clamp(first), to: clamp(last) };
  return period.from < period.to ? period : { from: period.from, to: new Date(period.from.getTime() + minute) };
}

type Step = "quarter" | "hour" | "sixth" | "day";

function stepOf({ from, to }: Period): Step {
  const length = to.getTime() - from.getTime();
  if (length <= 3 * hour) return "quarter";
  if (length <= 36 * hour) return "hour";
  return length <= 10 * 24 * hour ? "sixth" : "day";
}

/** The start of each histogram bar and the end of the last one, aligned to hours or days of the time zone. */
export function barBounds(period: Period, zone: string): Date[] {
  const step = stepOf(period);
  const inner = step === "quarter" || step === "hour" ? clockSteps(period, zone, step) : daySteps(period, zone, step);
  return [period.from, ...inner.filter((at) => at > period.from && at < period.to), period.to];
}

function clockSteps({ from, to }: Period, zone: string, step: "quarter" | "hour"): Date[] {
  const bounds: Date[] = [];
  for (let at = Math.ceil(from.getTime() / quarter) * quarter; at < to.getTime(); at += quarter) {
    const instant = new Date(at);
    if (step === "quarter" || wallAt(instant, zone).minute === 0) bounds.push(instant);
  }
  return bounds;
}

function daySteps({ from, to }: Period, zone: string, step: "sixth" | "day"): Date[] {
  const hours = step === "day" ? [0] : [0, 6, 12, 18];
  const bounds: Date[] = [];
  for (let day = midnight(from, zone); day < to; day = midnight(day, zone, 1)) {
    const { year, month, day: date } = wallAt(day, zone);
    for (const hour of hours) {
      bounds.push(hour === 0 ? day : momentOf({ year, month, day: date, hour, minute: 0 }, zone));
    }
  }
  return bounds;
}

/** A range bound for the URL: local time, or UTC where the local time is ambiguous (DST change). */
export function rangeText(at: Date, zone: string, pick: "earlier" | "later"): string {
  const key = `${at.getTime()} ${zone} ${pick}`;
  const cached = texts.get(key);
  if (cached !== undefined) return cached;
  const local = dateTimeText(at, zone);
  const text = momentFrom(local, zone, pick)?.getTime() === at.getTime() ? local : `${at.toISOString().slice(0, 16)}Z`;
  if (texts.size >= mostTexts) texts.clear();
  texts.set(key, text);
  return text;
}

// A cache, because the bars of all histograms share the same bounds.
const texts = new Map<string, string>();
const mostTexts = 20_000;

/** `min` and `max` of the two custom inputs. */
export const inputBounds = (now: Date, zone: string) => ({
  firstDate: dateText(earliest(now, zone), zone),
  lastDate: dateText(now, zone),
  firstTime: dateTimeText(earliest(now, zone), zone),
  lastTime: dateTimeText(endOfNow(now), zone),
});
