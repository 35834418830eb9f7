import { countries } from "@/lib/shared/countries";
import { timeZoneOptions, timeZonesByCountry } from "@/lib/shared/time-zone-names";

const countryOptions = Object.entries(countries).map(([value, label]) => ({ value, label }));

/** The countries and time zones a site can be given, with the offsets of a moment. */
export const placesAt = (at: Date) => ({
  countries: countryOptions,
  zones: timeZoneOptions(at),
  zonesByCountry: timeZonesByCountry(at),
});

export type SitePlaces = ReturnType<typeof placesAt>;
