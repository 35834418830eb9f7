import "leaflet/dist/leaflet.css";
import L from "leaflet";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { mapPin } from "@/components/ui/icons";
import type { Coordinates } from "@/lib/shared/coordinates";
import type { MapSettings } from "@/lib/shared/map-settings";
import { planarRings } from "./planar-rings";

export type { LatLngBounds, LayerGroup, Map as LeafletMap, Marker } from "leaflet";

const edge: L.LatLngBoundsLiteral = [[-85, -180], [85, 180]];
const detailedZoom = 4;

type World = Topology<{ countries: GeometryCollection }>;

/** The outlines of the countries, as rings of latitude and longitude. */
async function countriesIn(response: Promise<Response>): Promise<L.LatLngTuple[][]> {
  const world = (await (await response).json()) as World;
  const polygons = feature(world, world.objects.countries).features.flatMap(({ geometry }) => {
    if (geometry.type === "MultiPolygon") return geometry.coordinates;
    return geometry.type === "Polygon" ? [geometry.coordinates] : [];
  });
  return polygons.flat().flatMap(planarRings).map((ring) => ring.map(([longitude = 0, latitude = 0]) => [latitude, longitude]));
}

const looks = { className: "fill-surface stroke-line-strong", weight: 1, fillOpacity: 1 };

/** Draws the shipped map below everything else, with finer coasts once somebody zooms in. */
function addWorld(map: L.Map): void {
  const pane = map.createPane("world");
  pane.style.zIndex = "100";
  const renderer = L.svg({ pane: "world", padding: 0.5 });
  const draw = (rings: L.LatLngTuple[][]) => L.layerGroup(rings.map((ring) => L.polygon(ring, { ...looks, pane: "world", interactive: false, renderer }))).addTo(map);
  const coarse = countriesIn(fetch(new URL("../../node_modules/world-atlas/countries-110m.json", import.meta.url))).then(draw);
  const refine = () => {
    if (map.getZoom() < detailedZoom) return;
    map.off("zoomend", refine);
    const fine = countriesIn(fetch(new URL("../../node_modules/world-atlas/countries-50m.json", import.meta.url)));
    void Promise.all([coarse, fine]).then(([layer, countries]) => {
      draw(countries);
      layer.remove();
    }, () => undefined);
  };
  map.on("zoomend", refine);
  coarse.catch(() => undefined);
}

/** Shows the tiles of the settings, and the shipped map where one of them cannot be loaded. */
function addTiles(map: L.Map, url: string): void {
  const tiles = L.tileLayer(url, { maxZoom: 19, noWrap: true, bounds: edge, referrerPolicy: "strict-origin", className: "bg-accent-soft" });
  tiles.once("tileerror", () => addWorld(map));
  tiles.addTo(map);
}

const prefersStillness = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Makes a map in an element; the wheel zooms it only while it has the focus, so that a page can be scrolled past it. */
export function createMap(element: HTMLElement, { tileUrl }: MapSettings): L.Map {
  const isMoving = !prefersStillness();
  const map = L.map(element, {
    attributionControl: false,
    zoomControl: false,
    scrollWheelZoom: false,
    zoomSnap: tileUrl ? 1 : 0.5,
    minZoom: tileUrl ? 1 : 0.5,
    maxZoom: tileUrl ? 19 : 12,
    maxBounds: edge,
    maxBoundsViscosity: 0.8,
    zoomAnimation: isMoving,
    fadeAnimation: isMoving,
    markerZoomAnimation: isMoving,
    inertia: isMoving,
  }).setView([25, 10], 1);
  element.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  element.addEventListener("focusout", () => map.scrollWheelZoom.disable());
  if (tileUrl) addTiles(map, tileUrl);
  else addWorld(map);
  return map;
}

const svg = "http://www.w3.org/2000/svg";

function pin(): SVGElement {
  const [drawing, path] = [document.createElementNS(svg, "svg"), document.createElementNS(svg, "path")];
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "size-8 fill-accent stroke-surface stroke-[1.25]");
  path.setAttribute("d", mapPin);
  drawing.append(path);
  return drawing;
}

const toLatLng = ({ latitude, longitude }: Coordinates): L.LatLngTuple => [latitude, longitude];

// Leaflet would take an HTML text, too; an element needs no escaping.
const pinIcon = () => L.divIcon({ html: pin() as unknown as HTMLElement, className: "", iconSize: [32, 32], iconAnchor: [16, 29] });

/** A pin whose name is read out and shown on hover. */
export const pinMarker = (at: Coordinates, title: string, options: L.MarkerOptions = {}): L.Marker =>
  L.marker(toLatLng(at), { icon: pinIcon(), title, alt: title, ...options });

/** A circle with the number of sites at a place. */
export function countMarker(at: Coordinates, count: number, title: string): L.Marker {
  const circle = document.createElement("span");
  circle.className = "grid size-9 place-items-center rounded-full border-2 border-surface bg-accent text-sm font-semibold text-surface";
  circle.textContent = String(count);
  return L.marker(toLatLng(at), { icon: L.divIcon({ html: circle, className: "", iconSize: [36, 36] }), title, alt: title });
}

export const markerGroup = (): L.LayerGroup => L.layerGroup();

/** Shows a prepared element in a popup at a place. */
export const openPopup = (map: L.Map, at: Coordinates, content: HTMLElement): L.Popup =>
  L.popup({ minWidth: 180, maxWidth: 280, offset: [0, -22], autoPanPadding: [48, 48] }).setLatLng(toLatLng(at)).setContent(content).openOn(map);
