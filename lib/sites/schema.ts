import * as z from "zod/mini";
import { countries, isTimeZone } from "@/lib/shared/countries";
import { rowVersion } from "@/lib/shared/form-schemas";
import { queryParam, singleLine, listParams, optionalSingleLine, searchTerm } from "@/lib/shared/text-schemas";

const country = z.enum(Object.keys(countries) as [string, ...string[]], "Choose the country");
const groups = z.pipe(
  z.pipe(
    z._default(z.string().check(z.maxLength(1_000, "Use at most 1,000 characters")), ""),
    z.transform((text) => [...new Set(text.split(",").map((part) => part.trim()).filter(Boolean))]),
  ),
  z.array(singleLine(64)).check(z.maxLength(30, "A site can be in at most 30 groups")),
);

const siteFields = {
  name: singleLine(64, "Give the site a name"),
  country,
  timeZone: z.string().check(z.refine(isTimeZone, "Choose the time zone")),
  streetAddress: optionalSingleLine(200),
  groups,
};

export const CreateSite = z.strictObject(siteFields);
export const UpdateSite = z.strictObject({ siteId: z.uuid(), version: rowVersion, ...siteFields });
export const DeleteSite = z.strictObject({ siteId: z.uuid() });
export const GetSite = z.object({ siteId: z.uuid() });
export const ListOptions = z.object({});

const filter = {
  search: queryParam(searchTerm(200)),
  country: queryParam(z.union([country, z.array(country)])),
};

export const ExportSites = z.object(filter);
export const ListSites = z.object({ ...filter, ...listParams });
