import "server-only";
import { type DateTimeOptions, formatDateTime } from "@/lib/shared/format-date-time";
import { timeZoneLabel } from "@/lib/shared/time-zone-names";
import { dayOfWeek, timeOnDay } from "@/lib/shared/time-zone";
import { anyTime, dayNames, type UpgradeSchedule } from "./schema";

/** The hours that must lie between saving a schedule and its first run. */
export const hoursBeforeFirstRun = 2;

/** When devices are upgraded that may be upgraded at any time. */
export const defaultTime = "02:00";

/** A schedule in the zone of its site, and when it was saved. */
export type SavedSchedule = UpgradeSchedule & { zone: string; savedAt: Date };

/** The next run, and the run that was left out because it came too soon after the schedule was saved. */
export type NextRun = { at: Date; leftOut?: Date };

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

const clockTime = (time: string) => {
  const [hour = 0, minute = 0] = (time === anyTime ? defaultTime : time).split(":").map(Number);
  return { hour, minute };
};

/** The first run at or after an instant. */
function runFrom({ day, time, zone }: Omit<SavedSchedule, "savedAt">, from: Date): Date {
  // A run of the day before can be after midnight, where the clock skips it.
  const near = Array.from({ length: 9 }, (_, index) => index - 1).filter((offset) => day === "any" || days[dayOfWeek(from, zone, offset)] === day);
  const runs = near.map((offset) => timeOnDay(from, zone, offset, clockTime(time)).getTime()).filter((run) => run >= from.getTime());
  return new Date(Math.min(...runs));
}

/** The first run of a schedule after an instant; the first one after saving is at least two hours away from it. */
export function nextRun(schedule: SavedSchedule, now: Date): NextRun {
  const { savedAt } = schedule;
  const soonest = new Date(savedAt.getTime() + hoursBeforeFirstRun * 3_600_000);
  const first = runFrom(schedule, soonest);
  if (now >= first) return { at: runFrom(schedule, new Date(now.getTime() + 1)) };
  const leftOut = runFrom(schedule, savedAt);
  return leftOut < soonest ? { at: first, leftOut } : { at: first };
}

const clockText = (at: Date, options: DateTimeOptions) => formatDateTime(at, options).replace(/^.*, /, "");

/** A time of day, HH:MM or any, in the hour cycle of the person. */
export const timeText = (time: string, hours: DateTimeOptions["hours"]): string => {
  const { hour, minute } = clockTime(time);
  return time === anyTime ? "any time" : clockText(new Date(Date.UTC(2026, 0, 1, hour, minute)), { hours });
};

/** The times of day to choose from in half-hours, and any time, in the hour cycle of the person. */
export const timeOptions = (hours: DateTimeOptions["hours"]): { value: string; label: string }[] => [
  { value: anyTime, label: "Any time" },
  ...Array.from({ length: 48 }, (_, index) => `${String(Math.floor(index / 2)).padStart(2, "0")}:${index % 2 === 0 ? "00" : "30"}`).map((value) => ({ value, label: timeText(value, hours) })),
];

/** A schedule in words: "Every Sunday at 02:00, site time". */
export const scheduleText = ({ day, time }: UpgradeSchedule, hours: DateTimeOptions["hours"]): string =>
  `Every ${day === "any" ? "day" : dayNames[day]} at ${timeText(time, hours)}, site time`;

const dayText = (at: Date, zone: string) => new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: zone }).format(at);

/** The next run in words, and why a nearer one was left out. */
export type NextRunText = { at: string; reason?: string };

/** The next run in words, in the zone of the site and the hour cycle of the person: "Sunday, 6 Dec 2026, 02:00, Berlin (UTC+1)". */
export function nextRunText({ at, leftOut }: NextRun, { day, zone }: Pick<SavedSchedule, "day" | "zone">, hours: DateTimeOptions["hours"]): NextRunText {
  const text = `${dayText(at, zone)}, ${formatDateTime(at, { zone, hours })}, ${timeZoneLabel(zone, at)}`;
  if (!leftOut) return { at: text };
  const nearer = `The run on ${dayText(leftOut, zone)} at ${clockText(leftOut, { zone, hours })}`;
  return { at: text, reason: `${nearer} is less than ${hoursBeforeFirstRun} hours after saving, so the first run is ${day === "any" ? "the day after" : "a week later"}.` };
}

/** A schedule and its next run in words. */
export type ScheduledRun = NextRunText & { schedule: string };

/** The next run of a schedule in words; saved now unless it says when. */
export function scheduledRun({ savedAt, ...schedule }: Omit<SavedSchedule, "savedAt"> & { savedAt?: Date }, hours: DateTimeOptions["hours"]): ScheduledRun {
  const now = new Date();
  return { schedule: scheduleText(schedule, hours), ...nextRunText(nextRun({ ...schedule, savedAt: savedAt ?? now }, now), schedule, hours) };
}
