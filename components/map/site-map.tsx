"use client";

import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { countText } from "@/lib/shared/count-text";
import type { Coordinates } from "@/lib/shared/coordinates";
import type { MapSettings } from "@/lib/shared/map-settings";
import { fromMapSites, type MapSite, type MapSites } from "@/lib/shared/map-sites";
import { MapFrame } from "./map-frame";
import { type Drawn, useMarkers } from "./use-markers";
import { useMap } from "./use-map";

type SiteMapProps = {
  settings: MapSettings;
  sites: MapSites;
  /** The link of a site, by its id. */
  href: (id: string) => string;
};

const mostListed = 10;

/** A map of many sites: pins that lead to their sites, and circles where there are many of them. */
export function SiteMap({ settings, sites, href }: SiteMapProps) {
  const { element, started, hasFailed } = useMap(settings);
  const all = useMemo(() => fromMapSites(sites), [sites]);
  const [opened, setOpened] = useState<Drawn>();
  useMarkers(started, all, setOpened);

  return (
    <MapFrame
      settings={settings}
      label={`Map of ${countText(all.length, "site")}`}
      hint="Arrow keys move it, plus and minus zoom, Tab goes from site to site"
      element={element}
      started={started}
      hasFailed={hasFailed}
      className="h-[max(360px,calc(100dvh-290px))]"
    >
      {started && opened && (
        <Popup key={`${opened.latitude} ${opened.longitude}`} at={opened} {...started} close={() => setOpened(undefined)}>
          <SitesHere sites={opened.sites} count={opened.count} href={href} />
        </Popup>
      )}
    </MapFrame>
  );
}

type PopupProps = NonNullable<ReturnType<typeof useMap>["started"]> & { at: Coordinates; close: () => void; children: ReactNode };

/** A popup of the map with content of React; it takes the focus and gives it back. */
function Popup({ at: { latitude, longitude }, engine, map, close, children }: PopupProps) {
  const [content] = useState(() => document.createElement("div"));
  const closed = useRef(close);
  useEffect(() => void (closed.current = close), [close]);

  useEffect(() => {
    const opener = document.activeElement;
    const popup = engine.openPopup(map, { latitude, longitude }, content);
    content.querySelector("a")?.focus({ preventScroll: true });
    popup.on("remove", () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
      closed.current();
    });
    return () => {
      popup.off("remove");
      popup.remove();
    };
  }, [engine, map, content, latitude, longitude]);

  return createPortal(children, content);
}

function SitesHere({ sites, count, href }: { sites: readonly MapSite[]; count: number; href: (id: string) => string }) {
  return (
    <ul className="grid list-none gap-1 p-0">
      {sites.slice(0, mostListed).map(({ id, name }) => (
        <li key={id}>
          <a className="font-medium text-accent! wrap-anywhere" href={href(id)}>{name}</a>
        </li>
      ))}
      {count > mostListed && <li className="text-muted">and {count - mostListed} more. Search for them above.</li>}
    </ul>
  );
}
