import { readFileSync } from "node:fs";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { expect, test } from "vitest";
import { planarRings, type Ring } from "./planar-rings";

const longestStep = (ring: Ring) => Math.max(...ring.slice(1).map(([longitude = 0], index) => Math.abs(longitude - (ring[index]?.[0] ?? 0))));

test("SIT-3: a ring that crosses the antimeridian is at both edges of the map", () => {
  const island: Ring = [[179, 10], [-179, 10], [-179, 12], [179, 12], [179, 10]];
  expect(planarRings(island)).toEqual([
    [[179, 10], [181, 10], [181, 12], [179, 12], [179, 10]],
    [[-181, 10], [-179, 10], [-179, 12], [-181, 12], [-181, 10]],
  ]);
  const inland: Ring = [[1, 1], [2, 1], [2, 2], [1, 1]];
  expect(planarRings(inland)).toEqual([inland]);
});

test.each(["110m", "50m"])("SIT-3: no outline of the shipped map at %s runs across it", (detail) => {
  const world = JSON.parse(readFileSync(`node_modules/world-atlas/countries-${detail}.json`, "utf8")) as Topology<{ countries: GeometryCollection }>;
  for (const { geometry } of feature(world, world.objects.countries).features) {
    const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : geometry.type === "Polygon" ? [geometry.coordinates] : [];
    const drawn = polygons.flat().flatMap(planarRings).filter((ring) => !ring.some(([, latitude]) => latitude === -90));
    for (const ring of drawn) expect(longestStep(ring)).toBeLessThan(90);
  }
});
