"use client";

import { type ReactNode, type RefObject, useRef } from "react";
import { IconPath } from "@/components/ui/icon-path";
import { maximize, minimize, minus, plus } from "@/components/ui/icons";
import type { MapSettings } from "@/lib/shared/map-settings";
import type { Started } from "./use-map";
import { useFullscreen } from "./use-fullscreen";

const popupLooks =
  "[&_.leaflet-popup-content-wrapper]:rounded-lg! [&_.leaflet-popup-content-wrapper]:bg-surface! [&_.leaflet-popup-content-wrapper]:text-body! [&_.leaflet-popup-content-wrapper]:shadow-float! [&_.leaflet-popup-tip]:bg-surface! [&_.leaflet-popup-content]:my-3! [&_.leaflet-popup-content]:[font:inherit]! [&_.leaflet-popup-close-button]:text-muted!";

const canvas = `peer isolate z-0 size-full bg-accent-soft! [font:inherit]! focus-visible:-outline-offset-2! ${popupLooks}`;

const control = "grid size-8 cursor-pointer place-items-center bg-surface text-body hover:bg-sunken";

type MapFrameProps = {
  settings: MapSettings;
  label: string;
  /** What the keys do, for screen readers. */
  hint: string;
  element: RefObject<HTMLDivElement | null>;
  started?: Started;
  hasFailed: boolean;
  /** The height. */
  className: string;
  children?: ReactNode;
};

/** The frame of a map with its controls; the map itself is drawn in `element`. */
export function MapFrame({ settings, label, hint, element, started, hasFailed, className, children }: MapFrameProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { isFull, toggle } = useFullscreen(frame);
  const size = isFull ? "fixed inset-0 z-20 h-dvh" : `relative rounded-lg border border-line ${className}`;
  return (
    <div ref={frame} className={`isolate overflow-hidden bg-accent-soft print:hidden ${size}`}>
      <div ref={element} className={canvas} role="region" aria-label={`${label}. ${hint}`} />
      {children}
      {hasFailed && <p className="absolute inset-0 grid place-items-center p-4 text-center" role="status">The map couldn’t be loaded. Reload the page to try again.</p>}
      <div className="absolute end-2.5 top-2.5 z-1 grid gap-2" hidden={!started}>
        <Control label="Toggle fullscreen view" icon={isFull ? minimize : maximize} press={toggle} pressed={isFull} />
        <div className="grid divide-y divide-line">
          <Control label="Zoom in" icon={plus} press={() => started?.map.zoomIn()} />
          <Control label="Zoom out" icon={minus} press={() => started?.map.zoomOut()} />
        </div>
      </div>
      <p className="pointer-events-none absolute end-0 bottom-0 z-1 max-w-full truncate rounded-ss-md bg-surface px-1.5 text-xs text-muted">
        {settings.attribution ?? "Map: Natural Earth"} · Towns: GeoNames
      </p>
    </div>
  );
}

type ControlProps = { label: string; icon: string; press: () => void; pressed?: boolean };

function Control({ label, icon, press, pressed }: ControlProps) {
  return (
    <button type="button" className={`${control} rounded-md border border-line-strong`} title={label} aria-pressed={pressed} onClick={press}>
      <IconPath d={icon} />
      <span className="sr-only">{label}</span>
    </button>
  );
}
