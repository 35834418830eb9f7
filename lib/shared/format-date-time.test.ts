import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDateTime, formatDateTimeTitle } from "./format-date-time";
import { toLocalDateTime } from "./time-zone";

const zones = [
  "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu", "Africa/Cairo",
  "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "Asia/Beirut", "Pacific/Chatham", "America/Havana",
];
const zone = fc.constantFrom(...zones);
const instant = fc.date({ min: new Date("2015-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });

test("ACC-24: a time is formatted as the calendar of the zone says, also when clocks change", () => {
  fc.assert(
    fc.property(instant, zone, (at, where) => {
      const { year, month, day, hour, minute } = toLocalDateTime(at, where);
      const monthName = new Date(Date.UTC(2000, month - 1)).toLocaleString("en-US", { month: "short", timeZone: "UTC" });
      const time = [hour, minute].map((value) => String(value).padStart(2, "0")).join(":");
      expect(formatDateTime(at, { zone: where })).toBe(`${day} ${monthName} ${year}, ${time}`);
    }),
    { numRuns: 400 },
  );
  const inBerlin = (text: string) => formatDateTime(new Date(text), { zone: "Europe/Berlin" });
  expect(inBerlin("2026-03-29T00:59:00Z")).toBe("29 Mar 2026, 01:59");
  expect(inBerlin("2026-03-29T01:00:00Z")).toBe("29 Mar 2026, 03:00");
});

test("ACC-24: a time is formatted in the hour cycle of the person", () => {
  const at = (hour: string) => formatDateTime(new Date(`2026-03-03T${hour}:05:00Z`), { hours: "12" });
  expect(["00", "09", "12", "23"].map(at)).toEqual(["3 Mar 2026, 12:05 am", "3 Mar 2026, 9:05 am", "3 Mar 2026, 12:05 pm", "3 Mar 2026, 11:05 pm"]);
  const parts = (["moment", "second", "date", "time"] as const).map((shown) => formatDateTime(new Date("2026-03-03T00:05:07Z"), { shown }));
  expect(parts).toEqual(["3 Mar 2026, 00:05", "3 Mar 2026, 00:05:07", "3 Mar 2026", "00:05:07"]);
});

test("ACC-24: the title names the zone", () => {
  const at = new Date("2026-03-03T13:05:07Z");
  expect(formatDateTimeTitle(at, { zone: "Europe/Berlin" })).toBe("3 Mar 2026, 14:05:07 (Europe/Berlin)");
  expect(formatDateTimeTitle(at, { shown: "second" })).toBe("UTC");
});
