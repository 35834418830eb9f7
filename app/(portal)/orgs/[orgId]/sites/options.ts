import { countries } from "@/lib/shared/countries";
import { timeZoneOptions, timeZonesByCountry } from "@/lib/shared/time-zone-names";

const countryOptions = Object.entries(countries).map(([value, label]) => ({ value, label }));

/** Options for country and time zone, with the current UTC offsets. */
export const siteOptions = (at: Date) => ({
  countries: countryOptions,
  zones: timeZoneOptions(at),
  zonesByCountry: timeZonesByCountry(at),
});

export type SiteOptions = ReturnType<typeof siteOptions>;
