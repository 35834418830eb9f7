"use client";

import { useEffect, useRef, useState } from "react";
import { useSearch } from "@/components/ui/use-search";
import type { FoundPlaces } from "@/lib/places/queries";
import type { Place } from "@/lib/places/rules";
import { type Coordinates, coordinatesText, parseCoordinates } from "@/lib/shared/coordinates";
import { fillFrom, type Outcome, type Proposal } from "./proposals";

function put(field: HTMLInputElement | null, text: string) {
  if (!field || field.value === text) return;
  field.value = text;
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
}

/** The coordinates in the text field, which remains the submitted field. */
function usePosition(initial: string) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(initial);

  // The form also sets the field: to the values of a concurrent save, or to its initial values.
  useEffect(() => {
    const form = field.current?.form;
    const read = () => setText(field.current?.value ?? "");
    const follow = () => requestAnimationFrame(read);
    read();
    for (const type of ["click", "reset", "input"]) form?.addEventListener(type, follow);
    return () => {
      for (const type of ["click", "reset", "input"]) form?.removeEventListener(type, follow);
    };
  }, [initial]);
  return { field, position: parseCoordinates(text) };
}

/** The location of a site: the address, its coordinates, and what they propose for country and time zone. */
export function useLocation(placesHref: string, latlng: string) {
  const address = useRef<HTMLInputElement>(null);
  const { field, position } = usePosition(latlng);
  const [sought, setSought] = useState("");
  const [outcome, setOutcome] = useState<Outcome>({ sentences: [] });
  const { result } = useSearch<FoundPlaces>(placesHref, sought, { parameter: "search", shortest: 1 });

  const country = useRef<string>(undefined);
  const [fill] = useState(() => (place: Proposal) => {
    const form = address.current?.form;
    if (!form) return;
    const filled = fillFrom(form, place, country.current);
    country.current = filled.country ?? country.current;
    setOutcome(filled);
  });
  const [there] = result?.places ?? [];
  useEffect(() => {
    if (!there) return;
    // Not in the effect itself: the fields that are filled draw themselves at once.
    const timer = window.setTimeout(() => fill(there));
    return () => window.clearTimeout(timer);
  }, [there, fill]);

  const place = (coordinates: Coordinates) => {
    const text = coordinatesText(coordinates);
    put(field.current, text);
    if (parseCoordinates(address.current?.value ?? "")) put(address.current, text);
    setSought(text);
  };
  const type = (typed: string) => {
    const coordinates = parseCoordinates(typed);
    if (!coordinates) return;
    put(field.current, coordinatesText(coordinates));
    setSought(coordinatesText(coordinates));
  };
  const choose = (chosen: Place) => {
    setSought("");
    if (!chosen.isTown) put(address.current, chosen.label);
    put(field.current, coordinatesText(chosen));
    fill(chosen);
    address.current?.focus();
  };
  const remove = () => {
    setSought("");
    setOutcome({ sentences: [] });
    if (parseCoordinates(address.current?.value ?? "")) put(address.current, "");
    put(field.current, "");
    address.current?.focus();
  };
  return { address, field, position, outcome, setOutcome, place, type, choose, remove };
}
