import fc from "fast-check";
import { expect, test } from "vitest";
import { fromMapSites, toMapSites } from "./map-sites";

const degrees = (limit: number) => fc.integer({ min: -limit * 100_000, max: limit * 100_000 }).map((part) => part / 100_000 + 0);
const site = fc.record({ id: fc.uuid(), name: fc.string(), latitude: degrees(90), longitude: degrees(180) });

test("SIT-20: sites are the same after they were put into columns", () => {
  fc.assert(
    fc.property(fc.array(site), (sites) => {
      expect(fromMapSites(toMapSites(sites))).toEqual(sites);
    }),
  );
});
