import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFirmwareCatalog } from "@/lib/firmware-versions";
import { type CustomVersions as StoredVersions, customVersionsOf, customVersionsToText, readableVersions } from "@/lib/shared/version-lines";
import { modelChoices, versionProblem, withCatalogNames } from "./rules";
import { CustomVersions, customVersionsText, GetNextRun, UpgradeTime } from "./schema";

const catalog = parseFirmwareCatalog({
  models: [
    { model: "AP41", versions: [{ version: "0.14.2", tag: "production" }] },
    { model: "AP43", versions: [{ version: "0.14.10", tag: "rc1" }, { version: "0.14.2", tag: "none" }] },
  ],
});

const read = (text?: string) => customVersionsText.safeParse(text);
const problemIn = (text: string, stored: StoredVersions = {}) => {
  const lines = read(text);
  return lines.success ? versionProblem(catalog, withCatalogNames(catalog, lines.data), stored) : lines.error.issues[0]?.message;
};

describe("SIT-7: versions per model as a text", () => {
  test("SIT-7: a model and a version per line, in any common form", () => {
    const lines = read("\r\nap43 \t 0.14.10\r\n\n AP41:0.14.2 \n").data ?? [];
    expect(lines).toEqual([{ line: 1, model: "ap43", version: "0.14.10" }, { line: 3, model: "AP41", version: "0.14.2" }]);
    const stored = customVersionsOf(withCatalogNames(catalog, lines));
    expect(stored).toEqual({ AP41: "0.14.2", AP43: "0.14.10" });
    expect(customVersionsToText(stored)).toBe("AP41 0.14.2\nAP43 0.14.10");
    expect(readableVersions("AP41\nAP43 0.14.10")).toEqual({ AP43: "0.14.10" });
    expect([read().data, read("").data]).toEqual([[], []]);
  });

  test.each([
    ["AP41", "Line 1: enter a model and a version, like AP41 0.14.29633"],
    ["AP41 0.14.2\nAP43 0.14 0.15", "Line 2: enter a model and a version, like AP41 0.14.29633"],
    ["AP41 0.14.2\n\nap41 0.14.2", "Line 3: ap41 is in line 1, too"],
    ["AP41 0.14.2\nAP99 0.14.2", "Line 2: there is no model AP99"],
    ["AP43 0.14.2\nAP41 9.9", "Line 2: AP41 has no version 9.9"],
    [Array.from({ length: 101 }, (_, index) => `AP${index} 1`).join("\n"), "Enter at most 100 models"],
  ])("SIT-7: what is wrong is said with its line", (text, message) => {
    expect(problemIn(text)).toBe(message);
  });

  test("SIT-7: what is stored already may stay, although no longer in the catalog", () => {
    const stored = { AP21: "stable", AP41: "0.1.5135" };
    expect(problemIn(customVersionsToText(stored), stored)).toBeUndefined();
    expect(problemIn("AP21 stable\nAP41 0.14.2", stored)).toBeUndefined();
    expect(problemIn("AP21 0.1.1\nAP41 0.1.5135", stored)).toBe("Line 1: there is no model AP21");
    expect(problemIn("AP41 0.1.5136", stored)).toBe("Line 1: AP41 has no version 0.1.5136");
  });

  test("SIT-7: every stored document survives its text", () => {
    const name = fc.stringMatching(/^[\w.+-]{1,64}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 100, selector: (model) => model.toUpperCase() }), fc.array(name, { minLength: 100, maxLength: 100 }), (models, versions) => {
        const stored = Object.fromEntries(models.map((model, index) => [model, versions[index] ?? ""]));
        expect(CustomVersions.safeParse(stored).success).toBe(true);
        const lines = read(customVersionsToText(stored)).data ?? [];
        expect(customVersionsOf(lines)).toEqual(stored);
      }),
    );
  });
});

test("SIT-7: a time of day is HH:MM or any", () => {
  expect(["00:00", "23:59", "any"].map((time) => UpgradeTime.safeParse(time).success)).toEqual([true, true, true]);
  for (const time of ["", "24:00", "2:00", "02:60", "anyx", "02:00 "]) expect([time, UpgradeTime.safeParse(time).error?.issues[0]?.message]).toEqual([time, "Enter a time, like 02:00"]);
});

test("SIT-7: a model offers its versions with their tags, and what is stored but no longer listed", () => {
  const offered = modelChoices(catalog, { AP41: "0.14.2", AP43: "0.1.1", AP21: "stable" });
  expect(offered.map(({ model, versions }) => [model, ...versions.map(({ label }) => label)])).toEqual([
    ["AP21", "stable (not in the list)"],
    ["AP41", "0.14.2 (production)"],
    ["AP43", "0.14.10 (rc1)", "0.14.2", "0.1.1 (not in the list)"],
  ]);
});

test("SIT-7: the next run of a schedule that is not saved yet is asked for by day, time and zone", () => {
  const asked = (schedule: string) => GetNextRun.safeParse({ schedule, hours: "12" });
  expect(asked("sun 02:00 Asia/Kathmandu").data).toEqual({ schedule: { day: "sun", time: "02:00", zone: "Asia/Kathmandu" }, hours: "12" });
  for (const text of ["", "sun", "sun 02:00", "sun 24:00 UTC", "everyday 02:00 UTC", "any any Nowhere/Land", "any any UTC UTC"]) expect([text, asked(text).success]).toEqual([text, false]);
});
