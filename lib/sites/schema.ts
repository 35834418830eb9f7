import * as z from "zod/mini";
import { countries, isTimeZone } from "@/lib/vocabulary/places";
import { version } from "@/lib/vocabulary/sent";
import { inAddress, line, listAddress, optionalLine, searched } from "@/lib/vocabulary/text";

const country = z.enum(Object.keys(countries) as [string, ...string[]], "Choose the country");
const groups = z.pipe(
  z.pipe(
    z._default(z.string().check(z.maxLength(1_000, "Use at most 1,000 characters")), ""),
    z.transform((text) => [...new Set(text.split(",").map((part) => part.trim()).filter(Boolean))]),
  ),
  z.array(line(64)).check(z.maxLength(30, "A site can be in at most 30 groups")),
);

const facts = {
  name: line(64, "Give the site a name"),
  country,
  timeZone: z.string().check(z.refine(isTimeZone, "Choose the time zone")),
  address: optionalLine(200),
  groups,
};

export const CreateSite = z.strictObject(facts);
export const UpdateSite = z.strictObject({ siteId: z.uuid(), version, ...facts });
export const DeleteSite = z.strictObject({ siteId: z.uuid() });
export const GetSite = z.object({ siteId: z.uuid() });
export const GetChoices = z.object({});

const filter = {
  search: inAddress(searched(200)),
  country: inAddress(z.union([country, z.array(country)])),
};

export const ExportSites = z.object(filter);
export const ListSites = z.object({ ...filter, ...listAddress });
