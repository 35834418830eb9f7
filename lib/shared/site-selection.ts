import * as z from "zod/mini";
import { countries } from "./countries";
import { selection } from "./selection";
import { filterParam, filterValues, queryParam, rowId, searchTerm } from "./text-schemas";

/** The code of a country. */
export const countryCode = z.enum(Object.keys(countries) as [string, ...string[]], "Choose the country");

const maxCountries = Object.keys(countries).length;
const maxGroups = 50;

/** Which sites: those selected, or all that the filter of the list shows. */
export const siteSelection = {
  ...selection,
  search: z._default(searchTerm(200), ""),
  countries: filterValues(countryCode, maxCountries),
  inGroups: filterValues(rowId(), maxGroups),
};

/** The filter of the list of sites in a query string. */
export const siteListFilter = {
  search: queryParam(searchTerm(200)),
  country: filterParam(countryCode, maxCountries),
  group: filterParam(rowId(), maxGroups),
};
