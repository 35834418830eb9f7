import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firmwareCatalog, parseFirmwareCatalog } from "@/lib/firmware-versions";
import { compareVersions, newestVersion, versionLabel, versionsOf } from "./rules";

const part = fc.oneof(fc.nat(12).map(String), fc.constantFrom("0", "00", "01", "010", "9007199254740993", "9007199254740992", "rc", "r", "-", ""));
const version = fc.oneof(fc.array(part, { maxLength: 4 }).map((parts) => parts.join(".")), fc.array(part, { maxLength: 4 }).map((parts) => parts.join("")), fc.string({ maxLength: 6 }));
const sign = (one: string, other: string) => Math.sign(compareVersions(one, other));

describe("SIT-7: the order of versions", () => {
  test("SIT-7: is total", () => {
    fc.assert(
      fc.property(version, version, version, (one, other, third) => {
        expect(sign(one, other) + sign(other, one)).toBe(0);
        expect(sign(one, other) === 0).toBe(one === other);
        if (sign(one, other) <= 0 && sign(other, third) <= 0) expect(sign(one, third)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 5_000 },
    );
  });

  test("SIT-7: compares numbers by their value, part by part", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 20n }), { minLength: 3, maxLength: 3 }), fc.array(fc.bigInt({ min: 0n, max: 10n ** 20n }), { minLength: 3, maxLength: 3 }), (one, other) => {
        const at = one.findIndex((number, index) => number !== other[index]);
        const expected = at === -1 ? 0 : (one[at] ?? 0n) < (other[at] ?? 0n) ? -1 : 1;
        expect(sign(one.join("."), other.join("."))).toBe(expected);
      }),
    );
    const ordered = ["0.9.30000", "0.14.9", "0.14.29633-rc1", "0.14.29633.1", "0.14.29634", "1.0"];
    for (let seed = 0; seed < 20; seed += 1) {
      const [shuffled] = fc.sample(fc.shuffledSubarray(ordered, { minLength: ordered.length }), { numRuns: 1, seed });
      expect(shuffled?.toSorted(compareVersions)).toEqual(ordered);
    }
  });
});

const catalog = parseFirmwareCatalog({
  models: [
    { model: "AP41", versions: [{ version: "0.15.1", tag: "rc1" }, { version: "0.14.10", tag: "production" }, { version: "0.14.9", tag: "production" }, { version: "0.12.1", tag: "none" }] },
    { model: "AP43", versions: [{ version: "0.15.2", tag: "rc2" }] },
  ],
});

test("SIT-7: a model has its versions from the newest, and the newest of a tag", () => {
  expect(versionsOf(catalog, "AP41").map(versionLabel)).toEqual(["0.15.1 (rc1)", "0.14.10 (production)", "0.14.9 (production)", "0.12.1"]);
  expect(versionsOf(catalog, "AP99")).toEqual([]);
  const newest = ["AP41", "AP43", "AP99"].map((model) => [newestVersion(catalog, model, "production"), newestVersion(catalog, model, "rc2")]);
  expect(newest).toEqual([["0.14.10", undefined], [undefined, "0.15.2"], [undefined, undefined]]);
});

test("SIT-7: every shipped model has a production version", () => {
  for (const { model } of firmwareCatalog().models) expect([model, newestVersion(firmwareCatalog(), model, "production")]).toEqual([model, expect.any(String)]);
});
