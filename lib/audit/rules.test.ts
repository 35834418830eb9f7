import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toDateInputValue } from "@/lib/shared/time-zone";
import { axisPeriod, barBounds, limitExceeded, oldestTime, type PeriodName, periodNames, periodLabels, resolvePeriod, formatRangeBound } from "./rules";

const berlin = "Europe/Berlin";
const now = new Date("2026-11-21T21:17:30Z");
const iso = ({ from, to }: { from: Date; to: Date }) => [from.toISOString().slice(0, 16), to.toISOString().slice(0, 16)];
const resolve = (period: PeriodName, more = {}) => iso(resolvePeriod({ period, ...more }, now, berlin));

test("AUD-2: a date or range that begins before what the log shows is told; every other period is not", () => {
  const exceeded = (query: object) => limitExceeded({ period: "today", ...query }, now, berlin)?.toISOString();
  const oldest = oldestTime(now, berlin).toISOString();
  expect(exceeded({ period: "date", date: "2026-03-03" })).toBe(oldest);
  expect(exceeded({ period: "range", from: "2026-11-20T10:00", to: "2025-01-01T00:00" })).toBe(oldest);
  expect(exceeded({ period: "date", date: "2026-11-20" })).toBeUndefined();
  expect(exceeded({ period: "date", date: "nonsense" })).toBeUndefined();
  expect(exceeded({ period: "week", date: "2020-01-01" })).toBeUndefined();
});

test("AUD-10: the axis covers the whole day and week, also what is still to come", () => {
  const axis = (period: PeriodName, more = {}) => iso(axisPeriod(period, resolvePeriod({ period, ...more }, now, berlin), berlin));
  expect(axis("today")).toEqual(["2026-11-20T23:00", "2026-11-21T23:00"]);
  expect(axis("week")).toEqual(["2026-11-14T23:00", "2026-11-21T23:00"]);
  expect(axis("24h")).toEqual(resolve("24h"));
});

describe("AUD-2: the period menu", () => {
  test("AUD-2: offers exactly the documented periods", () => {
    expect(periodNames.map((choice) => periodLabels[choice])).toEqual([
      "Last 60 Min", "Last 24 Hr", "Last 7 Days", "Today", "Yesterday", "This Week", "Custom Date", "Custom Range",
    ]);
  });

  test("AUD-2: each period uses the days of the viewer's time zone", () => {
    const end = "2026-11-21T21:30";
    expect(resolve("60m")).toEqual(["2026-11-21T20:17", end]);
    expect(resolve("24h")).toEqual(["2026-11-20T21:17", end]);
    expect(resolve("7d")).toEqual(["2026-11-13T23:00", end]);
    expect(resolve("today")).toEqual(["2026-11-20T23:00", end]);
    expect(resolve("yesterday")).toEqual(["2026-11-19T23:00", "2026-11-20T23:00"]);
    expect(resolve("week")).toEqual(["2026-11-14T23:00", end]);
    expect(resolve("date", { date: "2026-10-25" })).toEqual(["2026-10-24T22:00", "2026-10-25T23:00"]);
    expect(resolve("range", { from: "2026-11-01T08:00", to: "2026-11-02T09:30" })).toEqual(["2026-11-01T07:00", "2026-11-02T08:30"]);
  });

  test("AUD-2: today depends on the time zone", () => {
    const tokyo = resolvePeriod({ period: "today" }, now, "Asia/Tokyo");
    expect(iso(tokyo)).toEqual(["2026-11-21T15:00", "2026-11-21T21:30"]);
    expect(toDateInputValue(now, "Asia/Tokyo")).toBe("2026-11-22");
  });

  test("AUD-2: periods from the URL are clamped to the past 60 days", () => {
    const first = oldestTime(now, berlin).toISOString().slice(0, 16);
    expect(first).toBe("2026-09-21T22:00");
    expect(resolve("date", { date: "2020-01-01" })[0]).toBe(first);
    expect(resolve("date", { date: "2030-01-01" })).toEqual(resolve("today"));
    expect(resolve("range", { from: "2020-01-01T00:00", to: "2030-01-01T00:00" })).toEqual([first, "2026-11-21T21:30"]);
    expect(resolve("range", { from: "2026-11-02T09:30", to: "2026-11-01T08:00" })[0]).toBe("2026-11-01T07:00");
    expect(resolve("range", { from: "nonsense" })).toEqual(resolve("today"));
    expect(resolve("date")).toEqual(resolve("today"));
  });
});

const zone = fc.constantFrom(berlin, "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "America/Havana");
const instant = fc.date({ min: new Date("2024-01-01"), max: new Date("2028-01-01"), noInvalidDate: true });

test("AUD-2: every period has a positive length and lies within 60 days, in every time zone", () => {
  fc.assert(
    fc.property(instant, zone, fc.constantFrom(...periodNames), fc.string(), fc.string(), (at, where, period, from, to) => {
      const resolved = resolvePeriod({ period, date: from, from, to }, at, where);
      expect(resolved.from < resolved.to).toBe(true);
      expect(resolved.from >= oldestTime(at, where)).toBe(true);
      expect(resolved.to.getTime() - at.getTime()).toBeLessThanOrEqual(16 * 60_000);
    }),
    { numRuns: 300 },
  );
});

test("AUD-10: the histogram bars cover the whole period without gaps", () => {
  fc.assert(
    fc.property(instant, zone, fc.constantFrom(...periodNames), (at, where, period) => {
      const range = { from: toDateInputValue(new Date(at.getTime() - 59 * 86_400_000), where), to: toDateInputValue(at, where) };
      const resolved = resolvePeriod({ period, date: range.from, ...range }, at, where);
      const bounds = barBounds(resolved, where);
      expect([bounds[0], bounds.at(-1)]).toEqual([resolved.from, resolved.to]);
      expect(bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? bound))).toBe(true);
      expect(bounds.length).toBeLessThan(70);
    }),
    { numRuns: 200 },
  );
});

test("AUD-10: the link of a bar selects exactly its range, also in the repeated hour of a DST change", () => {
  const day = resolvePeriod({ period: "date", date: "2026-10-25" }, now, berlin);
  const bounds = barBounds(day, berlin);
  expect(bounds).toHaveLength(26);
  for (const [index, from] of bounds.slice(0, -1).entries()) {
    const to = bounds[index + 1] ?? day.to;
    const parsed = resolvePeriod({ period: "range", from: formatRangeBound(from, berlin, "earlier"), to: formatRangeBound(to, berlin, "later") }, now, berlin);
    expect(parsed).toEqual({ from, to });
  }
});
