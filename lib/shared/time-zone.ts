import "server-only";
import { Temporal } from "temporal-polyfill";

/** A local date and time without a zone; months count from 1. */
export type LocalDateTime = { year: number; month: number; day: number; hour: number; minute: number };

const zonedDateTime = (at: Date, zone: string) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);

const toDate = ({ epochMilliseconds }: { epochMilliseconds: number }) => new Date(epochMilliseconds);

/** Returns the local date and time of an instant in a zone. */
export function toLocalDateTime(at: Date, zone: string): LocalDateTime {
  const { year, month, day, hour, minute } = zonedDateTime(at, zone);
  return { year, month, day, hour, minute };
}

/**
 * Returns the instant of a local time in a zone. A repeated hour gives the earlier or the later instant;
 * a skipped hour moves forward by the length of the gap.
 */
export const toInstant = (local: LocalDateTime, zone: string, pick: "earlier" | "later" = "earlier"): Date =>
  fromPlainDateTime(Temporal.PlainDateTime.from(local), zone, pick);

const fromPlainDateTime = (local: Temporal.PlainDateTime, zone: string, pick: "earlier" | "later") =>
  toDate(local.toZonedDateTime(zone, { disambiguation: pick === "later" ? "later" : "compatible" }));

/** Returns the start of the day of an instant, plus a number of days. */
export const startOfDay = (at: Date, zone: string, days = 0): Date =>
  toDate(zonedDateTime(at, zone).toPlainDate().add({ days }).toZonedDateTime(zone));

/** Returns the instant of a local time on the day of an instant, plus a number of days; a skipped time moves forward by the length of the gap. */
export const timeOnDay = (at: Date, zone: string, days: number, time: { hour: number; minute: number }): Date =>
  fromPlainDateTime(zonedDateTime(at, zone).toPlainDate().add({ days }).toPlainDateTime(time), zone, "earlier");

/** Returns the day of the week of the day of an instant, plus a number of days, from 0 for Sunday to 6 for Saturday. */
export const dayOfWeek = (at: Date, zone: string, days = 0): number => zonedDateTime(at, zone).toPlainDate().add({ days }).dayOfWeek % 7;

const [quarterMs, hourMs] = [900_000, 3_600_000];

/** Returns the starts of the hours of a zone from one instant to before another; zones differ from UTC by quarters of an hour. */
export function hourStarts(from: Date, to: Date, zone: string): Date[] {
  const starts: Date[] = [];
  let at = Math.ceil(from.getTime() / quarterMs) * quarterMs;
  while (at < to.getTime()) {
    const isStart = toLocalDateTime(new Date(at), zone).minute === 0;
    if (isStart) starts.push(new Date(at));
    at += isStart ? hourMs : quarterMs;
  }
  return starts;
}

/** Formats the date of an instant for a date input: 2026-11-21. */
export const toDateInputValue = (at: Date, zone: string): string => zonedDateTime(at, zone).toPlainDate().toString();

/** Formats an instant for a datetime-local input: 2026-11-21T14:05. */
export const toDateTimeInputValue = (at: Date, zone: string): string =>
  zonedDateTime(at, zone).toPlainDateTime().toString({ smallestUnit: "minute" });

const inputPattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z)?)?$/;

/** Parses the value of a date or datetime-local input in a zone, or in UTC when it ends in Z; returns null when invalid. */
export function parseDateInput(text: string, zone: string, pick: "earlier" | "later" = "earlier"): Date | null {
  const match = inputPattern.exec(text);
  if (!match) return null;
  try {
    const local = Temporal.PlainDateTime.from(text.replace("Z", "")).round({ smallestUnit: "minute", roundingMode: "floor" });
    return fromPlainDateTime(local, match[1] ? "UTC" : zone, pick);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
