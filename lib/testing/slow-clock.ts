import "server-only";

const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const dayMs = 1_440 * minuteMs;

export const dayKeys = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The local time of an instant as the minutes that a clock without a zone would have counted since 1970. */
function readClock(zone: string, at: number): number {
  const formatter = formatters.get(zone) ?? new Intl.DateTimeFormat("en", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
  formatters.set(zone, formatter);
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = (formatter.format(at).match(/\d+/g) ?? []).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute) / minuteMs;
}

export type LocalMinutes = { from: number; to: number; local: (at: number) => number };

/** Reads the clock of a zone once per quarter-hour, at which clocks change, and counts the minutes between. */
export function localMinutes(zone: string, from: number, to: number): LocalMinutes {
  const first = Math.floor(from / quarterMs) * quarterMs;
  const quarters = Array.from({ length: Math.ceil((to - first) / quarterMs) + 1 }, (_, index) => readClock(zone, first + index * quarterMs));
  const local = (at: number) => {
    const passed = Math.floor((at - first) / quarterMs);
    return (quarters[passed] ?? Number.NaN) + Math.floor((at - first - passed * quarterMs) / minuteMs);
  };
  return { from: first, to, local };
}

/** The instants between two others at which the clock of a zone changes. */
export function transitionsOf(zone: string, from: number, to: number): number[] {
  const offset = (at: number) => readClock(zone, at) - at / minuteMs;
  const found: number[] = [];
  for (let at = from; at < to; at += dayMs) {
    let [before, after] = [at, at + dayMs];
    if (offset(before) === offset(after)) continue;
    while (after - before > quarterMs) {
      const middle = Math.floor((before + after) / 2 / quarterMs) * quarterMs;
      if (offset(middle) === offset(before)) before = middle;
      else after = middle;
    }
    found.push(after);
  }
  return found;
}

/** The first instant at which a clock shows a local time; when it skips that time, the instant at which it shows it later by the gap. */
function firstShown({ from, to, local }: LocalMinutes, sought: number): number | undefined {
  // No clock has changed by more than a day.
  const start = from + Math.max(0, sought - local(from) - 1_600) * minuteMs;
  let before = local(start);
  for (let at = start; at <= to; at += minuteMs) {
    const shown = local(at);
    if (shown === sought) return at;
    if (before < sought && shown > sought) return firstShown({ from: at, to, local }, sought + (shown - before - 1));
    before = shown;
  }
  return undefined;
}

type Sought = { day: string; time: string; savedAt: number; now: number };

/** The next run of a weekly or daily schedule, found by watching the clock. */
export function slowNextRun(minutes: LocalMinutes, { day, time, savedAt, now }: Sought): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const firstDay = Math.floor(minutes.local(minutes.from) / 1_440);
  const runs: number[] = [];
  for (let date = firstDay; date <= firstDay + 22; date += 1) {
    const weekday = dayKeys[new Date(date * dayMs).getUTCDay()];
    const run = day === "any" || day === weekday ? firstShown(minutes, date * 1_440 + hour * 60 + minute) : undefined;
    if (run !== undefined) runs.push(run);
  }
  const afterSaving = runs.filter((run) => run > savedAt);
  const [first] = afterSaving;
  const counted = first !== undefined && first < savedAt + 120 * minuteMs ? afterSaving.slice(1) : afterSaving;
  const next = counted.find((run) => run > now);
  if (next === undefined) throw new Error("The window of the clock is too short");
  return next;
}
