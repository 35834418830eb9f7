"use client";

import { buttonClass } from "@/components/ui/button";
import { IconPath } from "@/components/ui/icon-path";
import { mapPin, search as searchIcon } from "@/components/ui/icons";
import { useSearch } from "@/components/ui/use-search";
import type { FoundPlaces } from "@/lib/places/queries";
import type { Place } from "@/lib/places/rules";
import { parseCoordinates } from "@/lib/shared/coordinates";

const fallback = "The address search isn’t available right now. These are towns that match.";
const shortest = 2;

/** Places for what is typed, and those of the address search once it is asked for the whole text. */
export function usePlaces(href: string, typed: string, asked: string) {
  const isPlace = parseCoordinates(typed) === null;
  const hasAsked = asked !== "" && asked === typed;
  const towns = useSearch<FoundPlaces>(href, isPlace && !hasAsked ? typed : "", { parameter: "search", shortest });
  const addresses = useSearch<FoundPlaces>(href, isPlace && hasAsked ? typed : "", { parameter: "address", shortest });
  const { result, hasFailed } = hasAsked ? addresses : towns;
  const isEmpty = result?.places.length === 0;
  const status = hasFailed ? "The search failed. Try again." : result?.isFallback ? fallback : isEmpty && hasAsked ? "No results. You can click the map instead." : "";
  return { places: result?.places ?? [], status, canAsk: isPlace && !hasAsked && typed.trim().length >= shortest };
}

const row = "flex w-full cursor-pointer items-start gap-2 rounded-md px-2 py-1.5 text-start hover:bg-accent-soft focus-visible:bg-accent-soft [&_svg]:mt-0.5 [&_svg]:text-muted";

type PlaceSuggestionsProps = { places: readonly Place[]; status: string; choose: (place: Place) => void; /** Asks the geocoder, where there is one to ask. */ ask?: () => void };

/** The places that match, each as a button, and the search for the whole address. */
export function PlaceSuggestions({ places, status, choose, ask }: PlaceSuggestionsProps) {
  return (
    <>
      {(places.length > 0 || ask) && (
        <ul className="mt-1 list-none p-0" aria-label="Suggestions">
          {places.map((place) => (
            <li key={`${place.label} ${place.latitude} ${place.longitude}`}>
              <button type="button" className={row} onClick={() => choose(place)}>
                <IconPath d={mapPin} />
                <span className="min-w-0 flex-1 wrap-anywhere">{place.label}</span>
                {place.isTown && <small className="text-muted">Town only</small>}
              </button>
            </li>
          ))}
          {ask && (
            <li>
              <button type="button" className={buttonClass("quiet")} onClick={ask}>
                <IconPath d={searchIcon} />
                Search for this address
              </button>
            </li>
          )}
        </ul>
      )}
      <p role="status" className="text-sm text-muted">{status}</p>
    </>
  );
}
