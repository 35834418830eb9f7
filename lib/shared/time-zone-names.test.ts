import { describe, expect, test } from "vitest";
import { countries } from "./countries";
import { matchesSearch } from "./fold-text";
import { currentTimeZoneName, isTimeZone } from "./time-zone-id";
import { timeZoneLabel, timeZoneOptions, timeZonesByCountry, timeZonesOf } from "./time-zone-names";

const winter = new Date("2026-01-15T12:00:00Z");
const options = timeZoneOptions(winter);
const found = (typed: string) => options.filter(({ label, keywords }) => matchesSearch(typed, label, keywords)).map(({ value }) => value);

describe("SIT-2: time zones", () => {
  test("SIT-2: older names are understood and replaced by those of today", () => {
    const names = { "Europe/Kiev": "Europe/Kyiv", "Asia/Calcutta": "Asia/Kolkata", "America/Godthab": "America/Nuuk", "US/Eastern": "America/New_York", "Etc/UTC": "UTC", "Europe/Berlin": "Europe/Berlin" };
    for (const [older, name] of Object.entries(names)) expect(currentTimeZoneName(older)).toBe(name);
    for (const { value } of options) expect([value, isTimeZone(value), currentTimeZoneName(value)]).toEqual([value, true, value]);
  });

  test("SIT-2: each is offered once, by its place and offset", () => {
    expect(new Set(options.map(({ label }) => label)).size).toBe(options.length);
    expect(["Europe/Kyiv", "Asia/Kolkata", "America/Indiana/Vincennes", "UTC"].map((zone) => timeZoneLabel(zone, winter))).toEqual(["Kyiv (UTC+2)", "Kolkata (UTC+5:30)", "Vincennes, Indiana (UTC-5)", "UTC"]);
    expect(timeZoneLabel("Europe/Kyiv", new Date("2026-07-15T12:00:00Z"))).toBe("Kyiv (UTC+3)");
    expect(options.length).toBeGreaterThan(400);
  });

  test("SIT-2: each is found by its place, its name of today or before, and its country", () => {
    expect(found("kyiv")).toEqual(["Europe/Kyiv"]);
    expect(found("Europe/Kiev".replace("/", " "))).toEqual(["Europe/Kyiv"]);
    expect(found("ukraine")).toEqual(expect.arrayContaining(["Europe/Kyiv"]));
    expect(found("new york america")).toEqual(["America/New_York"]);
    expect(found("nowhere")).toEqual([]);
  });

  test("SIT-2: a country whose zones have one time proposes it", () => {
    const byCountry = timeZonesByCountry(winter);
    expect(["DE", "FR", "XK", "IN", "US", "UA", "AU"].map((code) => byCountry[code]?.proposed)).toEqual(["Europe/Berlin", "Europe/Paris", "Europe/Belgrade", "Asia/Kolkata", undefined, undefined, undefined]);
    expect(byCountry.US?.zones).toContain("America/New_York");
    for (const code of Object.keys(countries)) expect(timeZonesOf(code).every((zone) => isTimeZone(zone)), code).toBe(true);
  });

  test("SIT-2: the lists are made once an hour, not for every page", () => {
    expect(timeZoneOptions(new Date("2026-01-15T12:59:59Z"))).toBe(timeZoneOptions(winter));
    expect(timeZonesByCountry(new Date("2026-12-31T12:00:00Z"))).toBe(timeZonesByCountry(winter));
    const summer = timeZoneOptions(new Date("2026-07-15T12:00:00Z"));
    expect(summer.find(({ value }) => value === "Europe/Kyiv")?.label).toBe("Kyiv (UTC+3)");
  });

  test("SIT-2: Kosovo is a country", () => expect(countries.XK).toBe("Kosovo"));
});
