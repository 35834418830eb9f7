import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayKeys, localMinutes, slowNextRun, transitionsOf } from "@/lib/testing/slow-clock";
import { nextRun, nextRunText, type SavedSchedule, scheduleText, timeOptions } from "./next-run";
import type { UpgradeDay } from "./schema";

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const zones = Intl.supportedValuesOf("timeZone");
const clock = (minutes: number) => [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
const day = fc.constantFrom<UpgradeDay>("any", ...dayKeys);

/** Times of day, half of them in the hours around a local time. */
const timeNear = (local: number) =>
  fc.oneof(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: local - 90, max: local + 90 })).map((minutes) => clock(((minutes % 1_440) + 1_440) % 1_440));

function expectSameAsSlow(zone: string, around: number, runs: number) {
  const minutes = localMinutes(zone, around - 2 * dayMs, around + 20 * dayMs);
  const local = minutes.local(around) % 1_440;
  const offset = fc.oneof(fc.integer({ min: -2_000, max: 2_000 }), fc.integer({ min: -300, max: 120 }));
  fc.assert(
    fc.property(day, timeNear(local), offset, fc.integer({ min: 0, max: 11_000 }), (chosen, time, saved, later) => {
      const savedAt = around + saved * minuteMs;
      const now = savedAt + later * minuteMs;
      const expected = slowNextRun(minutes, { day: chosen, time, savedAt, now });
      expect(nextRun({ day: chosen, time, zone, savedAt: new Date(savedAt) }, new Date(now)).at.toISOString()).toBe(new Date(expected).toISOString());
    }),
    { numRuns: runs },
  );
}

describe("SIT-7: the next run is that of a clock that is watched minute by minute", () => {
  test("SIT-7: in every zone, on any day", () => {
    const from = Date.UTC(2026, 0, 1);
    for (const [index, zone] of zones.entries()) expectSameAsSlow(zone, from + ((index * 97) % 730) * dayMs, 8);
    expect(zones.length).toBeGreaterThan(400);
  });

  test("SIT-7: around every change of the clocks in 2026 and 2027, in every zone", () => {
    const changes = zones.flatMap((zone) => transitionsOf(zone, Date.UTC(2026, 0, 1), Date.UTC(2028, 0, 1)).map((at) => ({ zone, at })));
    for (const { zone, at } of changes) expectSameAsSlow(zone, at, 6);
    const changing = new Set(changes.map(({ zone }) => zone));
    expect(changing.size).toBeGreaterThan(100);
    for (const zone of ["Australia/Lord_Howe", "Africa/Cairo", "Antarctica/Troll", "Africa/Casablanca", "Europe/Berlin", "America/New_York"]) expect(changing).toContain(zone);
  });
});

const instant = (text: string) => new Date(text);
const saved = (zone: string, chosen: UpgradeDay, time: string, at: string): SavedSchedule => ({ zone, day: chosen, time, savedAt: instant(at) });
const runsOf = (schedule: SavedSchedule, count: number) => {
  const runs = [schedule.savedAt];
  for (let at = 0; at < count; at += 1) runs.push(nextRun(schedule, runs.at(-1) ?? schedule.savedAt).at);
  return runs.slice(1).map((run) => run.toISOString().replace(":00.000Z", "Z"));
};

describe("SIT-7: the first run is at least two hours after saving", () => {
  // 1 December 2026 is a Tuesday.
  test.each<[string, UpgradeDay, string, string, string, boolean]>([
    ["two hours before", "tue", "19:00", "2026-12-01T17:00Z", "2026-12-01T19:00:00.000Z", false],
    ["a minute less than two hours before", "tue", "19:00", "2026-12-01T17:01Z", "2026-12-08T19:00:00.000Z", true],
    ["at the time itself", "tue", "19:00", "2026-12-01T19:00Z", "2026-12-08T19:00:00.000Z", true],
    ["after the time", "tue", "19:00", "2026-12-01T19:01Z", "2026-12-08T19:00:00.000Z", false],
    ["an hour before, for any day", "any", "19:00", "2026-12-01T18:00Z", "2026-12-02T19:00:00.000Z", true],
    ["an hour before, over midnight", "wed", "00:30", "2026-12-01T23:30Z", "2026-12-09T00:30:00.000Z", true],
  ])("SIT-7: saved %s", (_when, chosen, time, at, run, isLeftOut) => {
    const schedule = saved("UTC", chosen, time, at);
    const next = nextRun(schedule, schedule.savedAt);
    expect([next.at.toISOString(), next.leftOut !== undefined]).toEqual([run, isLeftOut]);
  });

  test("SIT-7: only the first one: later runs are as near as the schedule says", () => {
    const schedule = saved("UTC", "tue", "19:00", "2026-12-01T18:00Z");
    expect(nextRun(schedule, instant("2026-12-08T18:59Z"))).toEqual({ at: instant("2026-12-08T19:00Z"), leftOut: instant("2026-12-01T19:00Z") });
    expect(nextRun(schedule, instant("2026-12-08T19:00Z"))).toEqual({ at: instant("2026-12-15T19:00Z") });
    expect(nextRun(schedule, instant("2026-12-15T18:59Z"))).toEqual({ at: instant("2026-12-15T19:00Z") });
  });
});

describe("SIT-7: skipped and repeated times", () => {
  test.each<[string, UpgradeDay, string, string, string[]]>([
    // The clock of Lord Howe goes back from 2:00 to 1:30 and forward from 2:00 to 2:30.
    ["Australia/Lord_Howe", "sun", "01:45", "2026-03-31T00:00Z", ["2026-04-04T14:45Z", "2026-04-11T15:15Z"]],
    ["Australia/Lord_Howe", "sun", "02:15", "2026-09-28T00:00Z", ["2026-10-03T15:45Z", "2026-10-10T15:15Z"]],
    // Samoa left out Friday, 30 December 2011.
    ["Pacific/Apia", "fri", "02:00", "2011-12-24T00:00Z", ["2011-12-30T12:00Z", "2012-01-05T12:00Z"]],
    ["Pacific/Apia", "any", "02:00", "2011-12-28T00:00Z", ["2011-12-28T12:00Z", "2011-12-29T12:00Z", "2011-12-30T12:00Z", "2011-12-31T12:00Z"]],
    ["Asia/Kathmandu", "any", "00:00", "2026-12-01T00:00Z", ["2026-12-01T18:15Z", "2026-12-02T18:15Z"]],
    // In Cairo a Friday begins at 1:00 in April, and the last hour of a Thursday is repeated in October.
    ["Africa/Cairo", "fri", "00:30", "2026-04-21T00:00Z", ["2026-04-23T22:30Z", "2026-04-30T21:30Z"]],
    ["Africa/Cairo", "thu", "23:30", "2026-10-27T00:00Z", ["2026-10-29T20:30Z", "2026-11-05T21:30Z"]],
    // Troll changes by two hours, at 1:00 UTC.
    ["Antarctica/Troll", "sun", "02:30", "2026-03-25T00:00Z", ["2026-03-29T02:30Z", "2026-04-05T00:30Z"]],
    ["Antarctica/Troll", "sun", "01:30", "2026-10-20T00:00Z", ["2026-10-24T23:30Z", "2026-11-01T01:30Z"]],
    // Morocco goes back for Ramadan, and forward after it.
    ["Africa/Casablanca", "sun", "02:30", "2026-02-10T00:00Z", ["2026-02-15T01:30Z", "2026-02-22T02:30Z"]],
    ["Africa/Casablanca", "sun", "02:30", "2026-03-17T00:00Z", ["2026-03-22T02:30Z", "2026-03-29T01:30Z"]],
    ["Europe/Berlin", "sun", "02:30", "2026-03-24T00:00Z", ["2026-03-29T01:30Z", "2026-04-05T00:30Z"]],
    ["Europe/Berlin", "any", "02:30", "2026-10-24T00:00Z", ["2026-10-25T00:30Z", "2026-10-26T01:30Z"]],
  ])("SIT-7: in %s, %s at %s", (zone, chosen, time, at, runs) => {
    expect(runsOf(saved(zone, chosen, time, at), runs.length)).toEqual(runs);
  });

  test("SIT-7: a run at a repeated time that comes too soon is not made up for an hour later", () => {
    const schedule = saved("Europe/Berlin", "sun", "02:30", "2026-10-24T23:30Z");
    expect(nextRun(schedule, schedule.savedAt)).toEqual({ at: instant("2026-11-01T01:30Z"), leftOut: instant("2026-10-25T00:30Z") });
  });
});

test("SIT-7: a run that a skipped time moves over midnight is still to come on the next day", () => {
  // The clock of Nuuk goes from 23:00 on Saturday to midnight.
  const schedule = saved("America/Nuuk", "sat", "23:30", "2026-03-25T00:00Z");
  expect(nextRun(schedule, instant("2026-03-29T01:10Z"))).toEqual({ at: instant("2026-03-29T01:30Z") });
});

test("SIT-7: any time is two o’clock", () => {
  expect(runsOf(saved("Europe/Berlin", "any", "any", "2026-12-01T12:00Z"), 1)).toEqual(["2026-12-02T01:00Z"]);
});

test("SIT-7: a schedule and its next run are said in words, in the hour cycle of the person", () => {
  expect(scheduleText({ day: "sun", time: "02:00" }, "24")).toBe("Every Sunday at 02:00, site time");
  expect(scheduleText({ day: "any", time: "14:30" }, "12")).toBe("Every day at 2:30 pm, site time");
  expect(scheduleText({ day: "any", time: "any" }, "12")).toBe("Every day at any time, site time");
  const weekly = saved("Europe/Berlin", "tue", "19:00", "2026-12-01T17:00Z");
  expect(nextRunText(nextRun(weekly, weekly.savedAt), weekly, "24")).toEqual({
    at: "Tuesday, 8 Dec 2026, 19:00, Berlin (UTC+1)",
    reason: "The run on Tuesday at 19:00 is less than 2 hours after saving, so the first run is a week later.",
  });
  const daily = saved("Asia/Kathmandu", "any", "00:15", "2026-12-01T17:30Z");
  expect(nextRunText(nextRun(daily, daily.savedAt), daily, "12")).toEqual({
    at: "Thursday, 3 Dec 2026, 12:15 am, Kathmandu (UTC+5:45)",
    reason: "The run on Wednesday at 12:15 am is less than 2 hours after saving, so the first run is the day after.",
  });
  expect(nextRunText(nextRun(daily, instant("2026-12-03T00:00Z")), daily, "24")).toEqual({ at: "Friday, 4 Dec 2026, 00:15, Kathmandu (UTC+5:45)" });
});

test("SIT-7: times of day are offered in half-hours, in the hour cycle of the person", () => {
  const [anyTime, midnight, ...later] = timeOptions("12");
  expect([anyTime, midnight, later.at(-1)]).toEqual([{ value: "any", label: "Any time" }, { value: "00:00", label: "12:00 am" }, { value: "23:30", label: "11:30 pm" }]);
  expect(timeOptions("24").map(({ value, label }) => value === label)).toEqual([false, ...Array.from({ length: 48 }, () => true)]);
});
