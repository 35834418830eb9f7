import * as z from "zod/mini";
import { countries, isTimeZone } from "@/lib/shared/countries";
import { rowVersion } from "@/lib/shared/form-schemas";
import { boundedArray, boundedText, queryParam, rowId, singleLine, listParams, optionalSingleLine, searchTerm } from "@/lib/shared/text-schemas";

const country = z.enum(Object.keys(countries) as [string, ...string[]], "Choose the country");
const groups = z.pipe(
  z.pipe(
    z._default(boundedText(1_000, { tooLong: "Use at most 1,000 characters" }), ""),
    z.transform((text) => [...new Set(text.split(",").map((part) => part.trim()).filter(Boolean))]),
  ),
  boundedArray(singleLine(64), 30, "A site can be in at most 30 groups"),
);

const siteFields = {
  name: singleLine(64, "Give the site a name"),
  country,
  timeZone: boundedText(42, { tooLong: "Choose the time zone" }).check(z.refine(isTimeZone, "Choose the time zone")),
  streetAddress: optionalSingleLine(200),
  groups,
};

export const CreateSite = z.strictObject(siteFields);
export const UpdateSite = z.strictObject({ siteId: rowId(), version: rowVersion, ...siteFields });
export const DeleteSite = z.strictObject({ siteId: rowId() });
export const GetSite = z.object({ siteId: rowId() });
export const ListOptions = z.object({});

const filter = {
  search: queryParam(searchTerm(200)),
  country: queryParam(z.union([country, boundedArray(country, Object.keys(countries).length)])),
};

export const ExportSites = z.object(filter);
export const ListSites = z.object({ ...filter, ...listParams });
