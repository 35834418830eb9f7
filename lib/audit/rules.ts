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

/** From the first moment up to, but not including, the second. */
export type Period = { from: Date; to: Date };

type Asked = { period: PeriodChoice; date?: string; from?: string; to?: string };

const minute = 60_000;
const hour = 60 * minute;
const quarter = 15 * minute;

const later = (a: Date, b: Date) => (a > b ? a : b);
const sooner = (a: Date, b: Date) => (a < b ? a : b);
const roundUp = (at: number) => new Date(Math.ceil(at / quarter) * quarter);

// A minute of grace: the database may have stamped an entry by a clock that is a little ahead of ours.
const endOfNow = (now: Date) => roundUp(now.getTime() + minute);

/** The oldest moment that can be asked for. */
export const earliest = (now: Date, zone: string) => midnight(now, zone, -viewDays);

/** The period a viewer in this zone means now. What lies outside the past 60 days is cut off (AUD-2). */
export function periodOf(asked: Asked, now: Date, zone: string): Period {
  const to = endOfNow(now);
  const since = (days: number): Period => ({ from: midnight(now, zone, days), to });
  switch (asked.period) {
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
      return dayOf(asked.date, now, zone) ?? since(0);
    case "range":
      return rangeOf(asked, now, zone) ?? since(0);
  }
}

function dayOf(date = "", now: Date, zone: string): Period | null {
  const asked = momentFrom(date, zone);
  if (!asked) return null;
  const from = midnight(sooner(later(asked, earliest(now, zone)), now), zone);
  return { from, to: sooner(midnight(from, zone, 1), endOfNow(now)) };
}

function rangeOf({ from = "", to = "" }: Asked, now: Date, zone: string): Period | null {
  const start = momentFrom(from, zone, "earlier");
  const end = momentFrom(to, zone, "later");
  if (!start || !end) return null;
  const [first, last] = start <= end ? [start, end] : [end, start];
  const bounded = (at: Date) => sooner(later(at, earliest(now, zone)), endOfNow(now));
  const period = { from: bounded(first), to: bounded(last) };
  return period.from < period.to ? period : { from: period.from, to: new Date(period.from.getTime() + minute) };
}

type Step = "quarter" | "hour" | "sixth" | "day";

function stepOf({ from, to }: Period): Step {
  const length = to.getTime() - from.getTime();
  if (length <= 3 * hour) return "quarter";
  if (length <= 36 * hour) return "hour";
  return length <= 10 * 24 * hour ? "sixth" : "day";
}

/** Where the bars of a histogram over the period begin, and where the last one ends: clock hours or days of the zone. */
export function barBounds(period: Period, zone: string): Date[] {
  const step = stepOf(period);
  const inner = step === "quarter" || step === "hour" ? clockSteps(period, zone, step) : daySteps(period, zone, step);
  return [period.from, ...inner.filter((at) => at > period.from && at < period.to), period.to];
}

function clockSteps({ from, to }: Period, zone: string, step: "quarter" | "hour"): Date[] {
  const found: Date[] = [];
  for (let at = Math.ceil(from.getTime() / quarter) * quarter; at < to.getTime(); at += quarter) {
    const instant = new Date(at);
    if (step === "quarter" || wallAt(instant, zone).minute === 0) found.push(instant);
  }
  return found;
}

function daySteps({ from, to }: Period, zone: string, step: "sixth" | "day"): Date[] {
  const hours = step === "day" ? [0] : [0, 6, 12, 18];
  const found: Date[] = [];
  for (let day = midnight(from, zone); day < to; day = midnight(day, zone, 1)) {
    const { year, month, day: date } = wallAt(day, zone);
    for (const hour of hours) {
      found.push(hour === 0 ? day : momentOf({ year, month, day: date, hour, minute: 0 }, zone));
    }
  }
  return found;
}

/** A moment as the address of a range writes it: by the clock, or in UTC where the clock shows that time twice. */
export function rangeText(at: Date, zone: string, pick: "earlier" | "later"): string {
  const key = `${at.getTime()} ${zone} ${pick}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const local = dateTimeText(at, zone);
  const text = momentFrom(local, zone, pick)?.getTime() === at.getTime() ? local : `${at.toISOString().slice(0, 16)}Z`;
  if (texts.size >= mostTexts) texts.clear();
  texts.set(key, text);
  return text;
}

// The bars of everybody's histograms begin and end at the same moments.
const texts = new Map<string, string>();
const mostTexts = 20_000;

/** The bounds of the two custom inputs. */
export const inputBounds = (now: Date, zone: string) => ({
  firstDate: dateText(earliest(now, zone), zone),
  lastDate: dateText(now, zone),
  firstTime: dateTimeText(earliest(now, zone), zone),
  lastTime: dateTimeText(endOfNow(now), zone),
});
