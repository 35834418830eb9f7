"use client";

import { type KeyboardEvent, useState } from "react";
import { Note, useField } from "@/components/form";
import { LocationPicker } from "@/components/map/location-picker";
import { inputClass, labelClass } from "@/components/ui/form-class";
import { pressedKey } from "@/components/ui/keyboard";
import { textLink } from "@/components/ui/text-link";
import { type Coordinates, coordinatesText } from "@/lib/shared/coordinates";
import type { MapSettings } from "@/lib/shared/map-settings";
import { PlaceSuggestions, usePlaces } from "./place-suggestions";
import { type Outcome, proposeTimeZone } from "./proposals";
import { useLocation } from "./use-location";

const hint = "An address, or coordinates like 54.32, 10.13.";

export type LocationFieldProps = {
  /** The search URL of places. */
  placesHref: string;
  map: MapSettings;
  /** Whether street addresses can be searched for. */
  hasGeocoder: boolean;
};

/** The location of a site: an address with suggestions and a map; without script, address and coordinates as text. */
export function LocationField({ placesHref, map, hasGeocoder }: LocationFieldProps) {
  const address = useField("streetAddress", hint);
  const latlng = useField("latlng");
  const { address: addressBox, field, type: typeCoordinates, choose: choosePlace, ...location } = useLocation(placesHref, latlng.value ?? "");
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const { places, status, canAsk } = usePlaces(placesHref, typed, asked);

  const type = (text: string) => {
    setTyped(text);
    typeCoordinates(text);
  };
  const choose = (place: (typeof places)[number]) => {
    setTyped("");
    choosePlace(place);
  };
  const press = (event: KeyboardEvent) => {
    if (pressedKey(event) === "Escape") setTyped("");
  };
  const box = { className: inputClass, maxLength: 200, autoComplete: "off", onKeyDown: press };

  return (
    <div className="grid min-w-0 gap-4">
      <div className="min-w-0">
        <label className={labelClass} htmlFor={address.control.id}>Location</label>
        <input {...address.control} {...box} ref={addressBox} defaultValue={address.value} onChange={(event) => type(event.target.value)} />
        <Note {...address.note} hint={hint} />
        <PlaceSuggestions places={places} status={status} choose={choose} ask={hasGeocoder && canAsk ? () => setAsked(typed) : undefined} />
      </div>
      <div className="min-w-0">
        <div className="script-off">
          <label className={labelClass} htmlFor={latlng.control.id}>Coordinates, like 54.32, 10.13</label>
          <input {...latlng.control} ref={field} className={inputClass} defaultValue={latlng.value} maxLength={100} autoComplete="off" />
        </div>
        <div className="script-on">
          <LocationPicker settings={map} position={location.position} onPick={location.place} />
          <Position {...location} address={addressBox} />
        </div>
        <Note {...latlng.note} />
      </div>
    </div>
  );
}

const action = `${textLink} min-h-6 cursor-pointer`;

type PositionProps = Pick<ReturnType<typeof useLocation>, "position" | "outcome" | "setOutcome" | "remove" | "address">;

/** Where the marker is, and what the place did to other fields or offers them. */
function Position({ position, outcome, setOutcome, remove, address }: PositionProps) {
  const { otherZone, sentences } = outcome;
  const take = ({ value, label }: NonNullable<Outcome["otherZone"]>) => {
    const form = address.current?.form;
    if (form && proposeTimeZone(form, value, true)) setOutcome({ sentences: [`Time zone set to ${label}.`] });
  };
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-x-2 text-sm text-muted">
      <p role="status">{[placeText(position), ...sentences, ...(otherZone ? [`The time zone there is ${otherZone.label}.`] : [])].join(" ")}</p>
      {otherZone && <button type="button" className={action} onClick={() => take(otherZone)}>Use this time zone</button>}
      {position && <button type="button" className={action} onClick={remove}>Remove from map</button>}
    </div>
  );
}

const placeText = (position: Coordinates | null) => (position ? `Coordinates ${coordinatesText(position)}.` : "Click the map to set the location.");
