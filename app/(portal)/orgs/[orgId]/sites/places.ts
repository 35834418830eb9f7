import { countries, timeZones } from "@/lib/shared/countries";

/** The countries and time zones a site can be given. */
export const places = {
  countries: Object.entries(countries).map(([value, label]) => ({ value, label })),
  zones: timeZones().map((zone) => ({ value: zone, label: zone })),
};
