import { countries, timeZones } from "@/lib/vocabulary/places";

/** The countries and time zones a site can be given. */
export const places = {
  countries: Object.entries(countries).map(([value, label]) => ({ value, label })),
  zones: timeZones().map((zone) => ({ value: zone, label: zone })),
};
