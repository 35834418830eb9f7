import fc from "fast-check";
import { expect, test } from "vitest";
import type { MapSite } from "@/lib/shared/map-sites";
import { siteClusters } from "./clusters";

const world = { west: -180, south: -85, east: 180, north: 85 };
const around = (count: number, spread: number): MapSite[] =>
  Array.from({ length: count }, (_, index) => ({ id: `site-${index}`, name: `Site ${index}`, latitude: 50 + (index % 20) * spread, longitude: 10 + Math.floor(index / 20) * spread }));

test("SIT-20: up to 200 sites are pins, more are circles where they would overlap", () => {
  expect(siteClusters(around(200, 0.01)).within(world, 3).every(({ site }) => site !== undefined)).toBe(true);
  const many = siteClusters(around(201, 0.01)).within(world, 3);
  expect(many.length).toBeLessThan(5);
  expect(many.reduce((sum, { count }) => sum + count, 0)).toBe(201);
});

test("SIT-20: sites at the same place are one circle at every zoom, which lists them instead of coming apart", () => {
  const clusters = siteClusters([...around(3, 0), ...around(1, 5)].map((site, index) => ({ ...site, id: String(index) })));
  const [here] = clusters.within(world, 19).filter(({ clusterId }) => clusterId !== undefined);
  expect(here?.count).toBe(4);
  expect(clusters.expansionZoom(here?.clusterId ?? -1)).toBeUndefined();
  expect(clusters.sitesOf(here?.clusterId ?? -1, 2)).toHaveLength(2);
});

test("SIT-20: no site is lost or shown twice, at any zoom", () => {
  const place = fc.record({ latitude: fc.double({ min: -85, max: 85, noNaN: true }), longitude: fc.double({ min: -180, max: 179.9, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 260 }), fc.integer({ min: 0, max: 19 }), (places, zoom) => {
      const sites = places.map((at, index) => ({ id: String(index), name: "", ...at }));
      const drawn = siteClusters(sites).within(world, zoom);
      expect(drawn.reduce((sum, { count }) => sum + count, 0)).toBe(sites.length);
      expect(new Set(drawn.map(({ key }) => key)).size).toBe(drawn.length);
    }),
    { numRuns: 40 },
  );
});
