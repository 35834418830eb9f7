import { countries } from "./countries";
import { compareText } from "./text-order";
import { currentTimeZoneName, renamedTimeZones } from "./time-zone-id";

const olderNames = new Map(Object.entries(renamedTimeZones).map(([older, name]) => [name, older]));

/** Computes once per period: offsets change a few times a year, and at full hours. */
function cachedBy<T>(periodOf: (at: Date) => number, compute: (at: Date) => T): (at: Date) => T {
  let cached: { period: number; value: T } | undefined;
  return (at) => {
    const period = periodOf(at);
    if (cached?.period !== period) cached = { period, value: compute(at) };
    return cached.value;
  };
}

type LocaleWithTimeZones = Intl.Locale & { getTimeZones?: () => string[] | undefined };

/** The time zones of a country by the names of today. */
export function timeZonesOf(country: string): string[] {
  // The data of the locales knows no zone of Kosovo's own.
  if (country === "XK") return ["Europe/Belgrade"];
  const zones = (new Intl.Locale("und", { region: country }) as LocaleWithTimeZones).getTimeZones?.() ?? [];
  return [...new Set(zones.map(currentTimeZoneName))];
}

const offsetOf = (zone: string, at: Date) =>
  (new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "GMT").replace("GMT", "UTC");

/** The label of a time zone: "Kyiv (UTC+2)". */
export function timeZoneLabel(zone: string, at: Date): string {
  if (zone === "UTC") return zone;
  const [, ...parts] = zone.replaceAll("_", " ").split("/");
  return `${parts.toReversed().join(", ")} (${offsetOf(zone, at)})`;
}

export type TimeZoneOption = { value: string; label: string; keywords: string };

/** All time zones with their labels, each with its names and countries to search by, in the order of the labels. */
export const timeZoneOptions = cachedBy((at) => Math.floor(at.getTime() / 3_600_000), listTimeZones);

function listTimeZones(at: Date): readonly TimeZoneOption[] {
  const countriesOf = new Map<string, string[]>();
  for (const [code, name] of Object.entries(countries)) {
    for (const zone of timeZonesOf(code)) countriesOf.set(zone, [...(countriesOf.get(zone) ?? []), name]);
  }
  const zones = new Set(["UTC", ...Intl.supportedValuesOf("timeZone").map(currentTimeZoneName)]);
  return [...zones]
    .map((zone) => ({ value: zone, label: timeZoneLabel(zone, at), keywords: [zone.replaceAll(/[/_]/g, " "), olderNames.get(zone)?.replaceAll(/[/_]/g, " "), ...(countriesOf.get(zone) ?? [])].filter(Boolean).join(" ") }))
    .sort((one, other) => compareText(one.label, other.label));
}

const rulesOf = (zone: string, year: number) => [0, 3, 6, 9].map((month) => offsetOf(zone, new Date(Date.UTC(year, month, 1)))).join(" ");

type CountryTimeZones = Readonly<Record<string, { zones: string[]; proposed?: string }>>;

/** The time zones of each country, and the one to propose where all of them have the same time in that year. */
export const timeZonesByCountry = cachedBy((at) => at.getUTCFullYear(), (at): CountryTimeZones =>
  Object.fromEntries(
    Object.keys(countries).map((code) => {
      const zones = timeZonesOf(code);
      const hasOneTime = new Set(zones.map((zone) => rulesOf(zone, at.getUTCFullYear()))).size === 1;
      return [code, hasOneTime ? { zones, proposed: zones[0] } : { zones }];
    }),
  ),
);
