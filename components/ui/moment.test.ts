import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { momentText, momentTitle } from "./moment";

const zones = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns"];

describe("moments", () => {
  it("say what the calendar of the zone says, at any time, also when clocks change", () => {
    const times = fc.date({ min: new Date("2000-01-01"), max: new Date("2037-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(times, fc.constantFrom(...zones), (at, zone) => {
        const written = new Intl.DateTimeFormat("en-GB", {
          timeZone: zone, day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
        });
        expect(momentText(at, { zone, shown: "second" })).toBe(written.format(at).replace("Sept", "Sep"));
      }),
      { numRuns: 500 },
    );
  });

  it("changes within the day on which clocks change", () => {
    const at = (text: string) => momentText(new Date(text), { zone: "Europe/Berlin" });
    expect(at("2026-03-29T00:59:00Z")).toBe("29 Mar 2026, 01:59");
    expect(at("2026-03-29T01:00:00Z")).toBe("29 Mar 2026, 03:00");
  });

  it("tells the time by twelve hours to those who want it", () => {
    const at = (hour: string) => momentText(new Date(`2026-03-03T${hour}:05:00Z`), { hours: "12" });
    expect(["00", "09", "12", "23"].map(at)).toEqual([
      "3 Mar 2026, 12:05 am", "3 Mar 2026, 9:05 am", "3 Mar 2026, 12:05 pm", "3 Mar 2026, 11:05 pm",
    ]);
  });

  it("names the zone on hover", () => {
    const at = new Date("2026-03-03T13:05:07Z");
    expect(momentTitle(at, { zone: "Europe/Berlin" })).toBe("3 Mar 2026, 14:05:07 (Europe/Berlin)");
    expect(momentTitle(at, { shown: "second" })).toBe("UTC");
  });
});
