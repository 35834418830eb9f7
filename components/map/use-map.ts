"use client";

import { useEffect, useRef, useState } from "react";
import type { MapSettings } from "@/lib/shared/map-settings";
import type { LeafletMap } from "./leaflet";

type Engine = typeof import("./leaflet");
export type Started = { engine: Engine; map: LeafletMap };

/** A map in the element of the ref, once its program is loaded; it follows the size of the element. */
export function useMap({ tileUrl }: MapSettings) {
  const element = useRef<HTMLDivElement>(null);
  const [started, setStarted] = useState<Started>();
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    let stop: (() => void) | undefined;
    let isGone = false;
    const start = (engine: Engine) => {
      const box = element.current;
      if (isGone || !box) return;
      const map = engine.createMap(box, { tileUrl });
      const sizes = new ResizeObserver(() => map.invalidateSize({ animate: false }));
      sizes.observe(box);
      stop = () => {
        sizes.disconnect();
        map.remove();
      };
      setStarted({ engine, map });
    };
    import("./leaflet").then(start, () => isGone || setFailed(true));
    return () => {
      isGone = true;
      stop?.();
      setStarted(undefined);
    };
  }, [tileUrl]);

  return { element, started, hasFailed };
}
