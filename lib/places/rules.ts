import tzLookup from "@photostructure/tz-lookup";
import type { Coordinates } from "@/lib/shared/coordinates";
import { foldSearch } from "@/lib/shared/fold-text";
import { currentTimeZoneName, isTimeZone } from "@/lib/shared/time-zone-id";

/** A place that a location may mean; `isTown` marks the town of a longer address, which keeps its text. */
export type Place = { label: string; latitude: number; longitude: number; country?: string; timeZone?: string; isTown?: true };

/** The time zone at coordinates on land, by its name of today; undefined at sea. */
export function proposedTimeZone({ latitude, longitude }: Coordinates): string | undefined {
  const zone = tzLookup(latitude, longitude);
  return zone.startsWith("Etc/") || !isTimeZone(zone) ? undefined : currentTimeZoneName(zone);
}

const maxWords = 20;

/** The words of a text, folded and without the commas between them, each once. */
export const placeWords = (text: string): string[] => [...new Set(foldSearch(text).split(/[ ,;]+/).filter(Boolean))].slice(0, maxWords);

const named = (words: readonly string[]) => words.filter((word) => word.length > 1 && !/\d/.test(word));

/** The parts of an address that may name its town, most likely first, as words: "Main Street 4, 10115 Berlin" gives "berlin". */
export function townWords(address: string): string[][] {
  const parts = address.split(",");
  const tails = parts.map((_, index) => named(placeWords(parts.slice(index).join(" ")))).slice(1);
  const words = placeWords(address);
  const afterNumber = named(words.slice(words.findLastIndex((word) => /\d/.test(word)) + 1));
  return [...tails, ...(afterNumber.length < words.length ? [afterNumber] : [])].filter((tail) => tail.length > 0);
}

/** The length of a degree of latitude. */
export const kmPerDegree = 111.2;

/** The distance of two places in kilometers, exact enough to tell which one is nearer. */
export function distanceKm(one: Coordinates, other: Coordinates): number {
  const radians = Math.PI / 180;
  const turn = Math.abs(one.longitude - other.longitude);
  const east = Math.min(turn, 360 - turn) * Math.cos(((one.latitude + other.latitude) / 2) * radians);
  return Math.hypot(one.latitude - other.latitude, east) * kmPerDegree;
}
