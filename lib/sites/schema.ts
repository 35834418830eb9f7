import { z } from "zod";
import { countries, isTimeZone } from "@/lib/vocabulary/places";
import { line, optionalLine, searched } from "@/lib/vocabulary/text";

const country = z.enum(Object.keys(countries) as [string, ...string[]], "Choose the country");
const name = line(64, "Give the site a name");
const groups = z
  .string()
  .max(1_000, "Use at most 1,000 characters")
  .default("")
  .transform((text) => [...new Set(text.split(",").map((part) => part.trim()).filter(Boolean))])
  .pipe(z.array(line(64)).max(30, "A site can be in at most 30 groups"));

const facts = {
  name,
  country,
  timeZone: z.string().refine(isTimeZone, "Choose the time zone"),
  address: optionalLine(200).default(""),
  groups,
};

export const CreateSite = z.strictObject(facts);

export const UpdateSite = z.strictObject({
  siteId: z.uuid(),
  /** The save this one was made from; a later one by somebody else refuses it. */
  version: z.coerce.number().int().positive(),
  ...facts,
});

export const DeleteSite = z.strictObject({ siteId: z.uuid() });
export const GetSite = z.object({ siteId: z.uuid() });

export const ExportSites = z.object({
  search: searched(200).optional().catch(undefined),
  country: z.union([country, z.array(country)]).optional().catch(undefined),
});

export const ListSites = ExportSites.extend({
  sort: z.string().max(40).optional().catch(undefined),
  after: z.string().max(600).optional().catch(undefined),
  before: z.string().max(600).optional().catch(undefined),
});
