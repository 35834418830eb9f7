"use client";

import { useEffect, useRef } from "react";
import { pressedKey } from "@/components/ui/keyboard";
import { countText } from "@/lib/shared/count-text";
import type { Coordinates } from "@/lib/shared/coordinates";
import type { MapSite } from "@/lib/shared/map-sites";
import { type Cluster, siteClusters } from "./clusters";
import type { LayerGroup, Marker } from "./leaflet";
import type { Started } from "./use-map";

/** The sites of a marker that was chosen: all of them, or the first of many. */
export type Drawn = Coordinates & { sites: readonly MapSite[]; count: number };

const mostListed = 10;

type Clusters = ReturnType<typeof siteClusters>;

function drawMarkers({ engine, map }: Started, clusters: Clusters, group: LayerGroup, drawn: Map<string, Marker>, open: (drawn: Drawn) => void) {
  const bounds = map.getBounds().pad(0.2);
  const visible = clusters.within({ west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() }, map.getZoom());
  const choose = (cluster: Cluster) => {
    const { site, clusterId = -1, count } = cluster;
    const zoom = site ? undefined : clusters.expansionZoom(clusterId);
    if (zoom !== undefined && zoom <= map.getMaxZoom()) map.setView([cluster.latitude, cluster.longitude], zoom);
    else open({ ...cluster, count, sites: site ? [site] : clusters.sitesOf(clusterId, mostListed) });
  };
  const keys = new Set(visible.map(({ key }) => key));
  for (const [key, marker] of drawn) {
    if (keys.has(key)) continue;
    marker.remove();
    drawn.delete(key);
  }
  for (const cluster of visible) {
    if (drawn.has(cluster.key)) continue;
    const marker = cluster.site ? engine.pinMarker(cluster, cluster.site.name) : engine.countMarker(cluster, cluster.count, countText(cluster.count, "site"));
    marker.on("click", () => choose(cluster));
    marker.on("keydown", ({ originalEvent: event }) => {
      if (!["Enter", " "].includes(pressedKey(event) ?? "")) return;
      // The key would go on to the link that gets the focus.
      event.preventDefault();
      choose(cluster);
    });
    marker.addTo(group);
    marker.getElement()?.setAttribute("aria-label", cluster.site?.name ?? countText(cluster.count, "site"));
    drawn.set(cluster.key, marker);
  }
}

/** Draws the sites of a map, shows all of them when they change, and opens those that are chosen. */
export function useMarkers(started: Started | undefined, sites: readonly MapSite[], open: (drawn: Drawn | undefined) => void) {
  const opening = useRef(open);
  useEffect(() => void (opening.current = open), [open]);

  useEffect(() => {
    if (!started) return;
    const { engine, map } = started;
    const [clusters, group, drawn] = [siteClusters(sites), engine.markerGroup().addTo(map), new Map<string, Marker>()];
    const draw = () => drawMarkers(started, clusters, group, drawn, (chosen) => opening.current(chosen));
    map.on("moveend", draw);
    if (sites.length > 0) map.fitBounds(sites.map(({ latitude, longitude }) => [latitude, longitude]), { padding: [40, 40], maxZoom: 9, animate: false });
    draw();
    opening.current(undefined);
    return () => {
      map.off("moveend", draw);
      group.remove();
    };
  }, [started, sites]);
}
