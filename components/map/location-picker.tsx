"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import { IconPath } from "@/components/ui/icon-path";
import { plus } from "@/components/ui/icons";
import { pressedKey } from "@/components/ui/keyboard";
import { type Coordinates, coordinatesText, parseCoordinates } from "@/lib/shared/coordinates";
import type { MapSettings } from "@/lib/shared/map-settings";
import { MapFrame } from "./map-frame";
import { type Started, useMap } from "./use-map";

const closeZoom = { tiles: 14, world: 5 };

type LocationPickerProps = {
  settings: MapSettings;
  /** The place of the marker; null without one. */
  position: Coordinates | null;
  onPick: (position: Coordinates) => void;
};

type Pick = { started?: Started; onPick: (position: Coordinates) => void };

/** Picks the place that is clicked, or the center of the map by Enter. */
function usePicking(element: RefObject<HTMLDivElement | null>, { started, onPick }: Pick) {
  useEffect(() => {
    const box = element.current;
    if (!started || !box) return;
    const { map } = started;
    const put = ({ lat, lng }: { lat: number; lng: number }) => onPick({ latitude: lat, longitude: Math.max(-180, Math.min(lng, 180)) });
    const click = ({ latlng }: { latlng: { lat: number; lng: number } }) => put(latlng);
    const press = (event: KeyboardEvent) => {
      if (event.target !== box || pressedKey(event) !== "Enter") return;
      event.preventDefault();
      put(map.getCenter());
    };
    map.on("click", click);
    box.addEventListener("keydown", press);
    return () => {
      map.off("click", click);
      box.removeEventListener("keydown", press);
    };
  }, [started, element, onPick]);
}

/** Shows the marker at the place that a text says, and moves the map where it would not be seen. */
function useMarker(text: string | null, closest: number, { started, onPick }: Pick) {
  useEffect(() => {
    const position = parseCoordinates(text ?? "");
    if (!started || !position) return;
    const { engine, map } = started;
    const pin = engine.pinMarker(position, "Location of the site", { draggable: true, keyboard: false }).addTo(map);
    pin.on("dragend", () => {
      const { lat, lng } = pin.getLatLng();
      onPick({ latitude: lat, longitude: lng });
    });
    const isSeen = map.getBounds().contains(pin.getLatLng()) && map.getZoom() >= closest - 3;
    if (!isSeen) map.setView(pin.getLatLng(), Math.max(closest, map.getZoom()));
    return () => void pin.remove();
  }, [started, text, closest, onPick]);
}

/** A map with one marker, which a click, a drag or Enter moves. */
export function LocationPicker({ settings, position, onPick }: LocationPickerProps) {
  const { element, started, hasFailed } = useMap(settings);
  const latest = useRef(onPick);
  useEffect(() => void (latest.current = onPick), [onPick]);
  const [pick] = useState(() => (picked: Coordinates) => latest.current(picked));
  usePicking(element, { started, onPick: pick });
  useMarker(position && coordinatesText(position), settings.tileUrl ? closeZoom.tiles : closeZoom.world, { started, onPick: pick });

  return (
    <MapFrame
      settings={settings}
      label="Map of the location"
      hint="Arrow keys move it, plus and minus zoom, Enter sets the location to its center"
      element={element}
      started={started}
      hasFailed={hasFailed}
      className="h-72"
    >
      <span className="pointer-events-none absolute inset-0 z-1 hidden place-items-center text-accent peer-focus-visible:grid">
        <IconPath d={plus} />
      </span>
    </MapFrame>
  );
}
