import Supercluster from "supercluster";
import type { Coordinates } from "@/lib/shared/coordinates";
import type { MapSite } from "@/lib/shared/map-sites";

/** What is drawn at a place: one site, or several that are too close to each other or at the same place. */
export type Cluster = Coordinates & { key: string; count: number; site?: MapSite; clusterId?: number };

type Bounds = { west: number; south: number; east: number; north: number };

const mostSingle = 200;
const deepestZoom = 19;

/** Groups sites: those that would overlap where there are more than 200, otherwise only those at the same place. */
export function siteClusters(sites: readonly MapSite[]) {
  const index = new Supercluster<{ site: MapSite }, { site: MapSite }>({ radius: sites.length > mostSingle ? 64 : 0.001, maxZoom: deepestZoom });
  index.load(sites.map((site) => ({ type: "Feature", properties: { site }, geometry: { type: "Point", coordinates: [site.longitude, site.latitude] } })));
  return {
    /** The clusters of a part of the map. */
    within({ west, south, east, north }: Bounds, zoom: number): Cluster[] {
      return index.getClusters([west, south, east, north], Math.floor(zoom)).map(({ geometry, properties }) => {
        const [longitude = 0, latitude = 0] = geometry.coordinates;
        if (!("cluster" in properties)) return { key: properties.site.id, count: 1, latitude, longitude, site: properties.site };
        return { key: `cluster-${properties.cluster_id}`, count: properties.point_count, latitude, longitude, clusterId: properties.cluster_id };
      });
    },
    /** The zoom at which a cluster comes apart; undefined when its sites are at the same place. */
    expansionZoom(clusterId: number): number | undefined {
      const zoom = index.getClusterExpansionZoom(clusterId);
      return zoom > deepestZoom ? undefined : zoom;
    },
    /** The first sites of a cluster. */
    sitesOf: (clusterId: number, limit: number): MapSite[] => index.getLeaves(clusterId, limit).map(({ properties }) => properties.site),
  };
}
