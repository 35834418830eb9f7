import fc from "fast-check";
import { expect, test } from "vitest";
import { dayOfWeek, hourStarts, parseDateInput, startOfDay, toDateInputValue, toDateTimeInputValue, toInstant, toLocalDateTime } from "./time-zone";

const zones = [
  "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu", "Africa/Cairo",
  "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "Asia/Beirut", "Pacific/Chatham", "America/Havana",
];
const zone = fc.constantFrom(...zones);
const instant = fc.date({ min: new Date("2015-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });

test("AUD-2: a day starts at the first minute with its date", () => {
  fc.assert(
    fc.property(instant, zone, (at, where) => {
      const start = startOfDay(at, where);
      const before = new Date(start.getTime() - 60_000);
      expect(start <= at).toBe(true);
      expect(toDateInputValue(start, where)).toBe(toDateInputValue(at, where));
      expect(toDateInputValue(before, where)).not.toBe(toDateInputValue(at, where));
      expect(startOfDay(at, where, 1) > at).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test("AUD-2: an instant survives formatting and parsing in every zone", () => {
  fc.assert(
    fc.property(instant, zone, (at, where) => {
      const text = toDateTimeInputValue(at, where);
      const [early, late] = [parseDateInput(text, where, "earlier"), parseDateInput(text, where, "later")];
      const whole = Math.floor(at.getTime() / 60_000) * 60_000;
      expect([early?.getTime(), late?.getTime()]).toContain(whole);
    }),
    { numRuns: 400 },
  );
});

test("AUD-2: repeated hours, skipped hours and a skipped day are resolved", () => {
  const berlin = "Europe/Berlin";
  expect(parseDateInput("2026-10-25T02:30", berlin, "earlier")?.toISOString()).toBe("2026-10-25T00:30:00.000Z");
  expect(parseDateInput("2026-10-25T02:30", berlin, "later")?.toISOString()).toBe("2026-10-25T01:30:00.000Z");
  expect(parseDateInput("2026-03-29T02:30", berlin)?.toISOString()).toBe("2026-03-29T01:30:00.000Z");
  const skipped = toInstant({ year: 2011, month: 12, day: 30, hour: 0, minute: 0 }, "Pacific/Apia");
  expect(toLocalDateTime(skipped, "Pacific/Apia")).toMatchObject({ month: 12, day: 31, hour: 0 });
  expect(startOfDay(new Date("2024-04-26T09:00Z"), "Africa/Cairo").toISOString()).toBe("2024-04-25T22:00:00.000Z");
});

test("AUD-2: invalid input gives null, and Z means UTC", () => {
  for (const text of ["", "today", "2026-13-01", "2026-02-30", "2026-01-01T25:00", "2026-1-1", "'; drop"]) {
    expect(parseDateInput(text, "UTC")).toBeNull();
  }
  expect(parseDateInput("2026-10-25T00:30Z", "America/New_York")?.toISOString()).toBe("2026-10-25T00:30:00.000Z");
  expect(dayOfWeek(new Date("2026-11-22T03:00Z"), "America/New_York")).toBe(6);
});

test("AUD-10: hours start where the clock of the zone says so, also when it changes", () => {
  const quarter = 900_000;
  fc.assert(
    fc.property(instant, zone, (at, where) => {
      const first = Math.floor(at.getTime() / quarter) * quarter;
      const quarters = Array.from({ length: 200 }, (_, index) => new Date(first + index * quarter));
      const full = quarters.filter((start) => toLocalDateTime(start, where).minute === 0);
      expect(hourStarts(new Date(first), new Date(first + 200 * quarter), where)).toEqual(full);
    }),
    // At midnight in Cairo the clock goes back to eleven.
    { numRuns: 200, examples: [[new Date("2034-10-26T20:15:00.000Z"), "Africa/Cairo"]] },
  );
  const lordHowe = hourStarts(new Date("2026-04-04T13:00Z"), new Date("2026-04-04T17:00Z"), "Australia/Lord_Howe");
  expect(lordHowe.map((start) => toDateTimeInputValue(start, "Australia/Lord_Howe").slice(11))).toEqual(["00:00", "01:00", "02:00", "03:00"]);
});
