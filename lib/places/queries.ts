import "server-only";
import { brand } from "@/lib/brand";
import { env } from "@/lib/env";
import { type GeocodedPlace, geocode } from "@/lib/integrations/geocoder";
import { query } from "@/lib/kernel/query";
import { consumeLimit } from "@/lib/kernel/rate-limits";
import { type City, cityLabel, findCities, nearestCity } from "@/lib/places/gazetteer";
import { type Place, placeWords, proposedTimeZone, townWords } from "@/lib/places/rules";
import { FindPlaces } from "@/lib/places/schema";
import { AppError } from "@/lib/shared/app-error";
import { type Coordinates, coordinatesText, parseCoordinates } from "@/lib/shared/coordinates";

const maxPlaces = 8;

/** The country of a place, by the nearest town. */
export async function proposedCountry(place: Coordinates): Promise<string | undefined> {
  const near = await nearestCity(place, { withinKm: 50 });
  return near?.country;
}

/** Places with the search in their name, and whether they are those of the gazetteer because the geocoder gave no answer. */
export type FoundPlaces = { places: Place[]; isFallback?: true };

/** Finds what a location may mean: coordinates, or a place of the shipped gazetteer, or of the geocoder where one is set and asked for. */
export const findPlaces = query({
  permission: "site.update",
  input: FindPlaces,
  async prepare({ inTransaction }, { search = "", address }): Promise<FoundPlaces> {
    const coordinates = parseCoordinates(address ?? search);
    if (coordinates) return { places: [await placeAt(coordinates)] };
    const base = env().GEOCODER_URL;
    if (!base || address === undefined) return { places: await inGazetteer(address ?? search) };
    const found = await inTransaction((tx) => consumeLimit(tx, "geocoder", base)).then(
      () => byGeocoder(address, base),
      busy,
    );
    return found ? { places: found.map(withTimeZone) } : { places: await inGazetteer(address), isFallback: true };
  },
  run: async ({ prepared }) => prepared,
});

function busy(error: unknown): undefined {
  if (!(error instanceof AppError && error.code === "busy")) throw error;
}

async function byGeocoder(address: string, base: string): Promise<GeocodedPlace[] | undefined> {
  try {
    return await geocode(address, { base, userAgent: `Signalbox (${brand().url})` });
  } catch (error) {
    console.warn(`Address search failed, the gazetteer answers instead: ${String(error)}`);
    return undefined;
  }
}

const withTimeZone = (place: GeocodedPlace): Place => ({ ...place, timeZone: proposedTimeZone(place) });

async function placeAt(coordinates: Coordinates): Promise<Place> {
  return { ...withTimeZone({ label: coordinatesText(coordinates), ...coordinates }), country: await proposedCountry(coordinates) };
}

async function inGazetteer(search: string): Promise<Place[]> {
  const cities = await findCities(placeWords(search), { limit: maxPlaces });
  if (cities.length > 0) return toPlaces(cities);
  for (const words of townWords(search)) {
    const towns = await findCities(words, { limit: maxPlaces, isStrict: true });
    if (towns.length > 0) return (await toPlaces(towns)).map((place) => ({ ...place, isTown: true as const }));
  }
  return [];
}

// Two towns of one name are told apart by the nearest big city.
async function toPlaces(cities: readonly City[]): Promise<Place[]> {
  const labels = cities.map(cityLabel);
  return Promise.all(
    cities.map(async (city, index) => {
      const { latitude, longitude, country } = city;
      const label = labels[index] ?? "";
      const near = labels.filter((other) => other === label).length > 1 ? await nearestCity(city, { withinKm: 300, minPopulation: 100_000 }) : undefined;
      return withTimeZone({ label: near && near !== city ? `${label} (near ${near.name})` : label, latitude, longitude, country });
    }),
  );
}
