import * as z from "zod/mini";
import { countries } from "@/lib/shared/countries";
import { splitList } from "@/lib/shared/typed-text";
import { currentTimeZoneName, isTimeZone } from "@/lib/shared/time-zone-id";
import { notEmpty, selection } from "@/lib/shared/selection";
import { rowVersion } from "@/lib/shared/form-schemas";
import { boundedArray, boundedText, filterParam, filterValues, queryParam, rowId, singleLine, listParams, optionalSingleLine, searchTerm } from "@/lib/shared/text-schemas";

const country = z.enum(Object.keys(countries) as [string, ...string[]], "Choose the country");
/** How many groups a site can have. */
export const maxGroups = 30;

const groups = z.pipe(
  z.pipe(
    z._default(boundedText(1_000, { tooLong: "Use at most 1,000 characters" }), ""),
    z.transform((text) => [...new Set(splitList(text))]),
  ),
  boundedArray(singleLine(64), maxGroups, `A site can be in at most ${maxGroups} groups`),
);

/** How long the notes of a site can be, in characters. */
export const maxNotesLength = 2_000;

export type Coordinates = { lat: number; lng: number };

const [maxLatitude, maxLongitude] = [90, 180];

/** Latitude and longitude in degrees (WGS 84). */
export const coordinates = z.strictObject({
  lat: z.number().check(z.minimum(-maxLatitude), z.maximum(maxLatitude)),
  lng: z.number().check(z.minimum(-maxLongitude), z.maximum(maxLongitude)),
});

const coordinatesMessage = "Enter latitude and longitude, like 54.3233, 10.1228";

/** Coordinates as people type them: "54.3233, 10.1228". */
export const coordinatesInput: z.ZodMiniType<Coordinates, string> = z.pipe(
  z.pipe(
    boundedText(60, { tooLong: coordinatesMessage }).check(z.regex(/^\s*-?\d{1,3}(?:\.\d{1,10})?\s*,\s*-?\d{1,3}(?:\.\d{1,10})?\s*$/, { error: coordinatesMessage, abort: true })),
    z.transform((text: string) => {
      const [lat = Number.NaN, lng = Number.NaN] = text.split(",").map(Number);
      return { lat, lng };
    }),
  ),
  coordinates,
);

/** Coordinates as a form shows them. */
export const coordinatesText = ({ lat, lng }: Coordinates): string => `${lat}, ${lng}`;

/** The fields of a site. */
export const siteFields = {
  name: singleLine(64, "Give the site a name"),
  country,
  timeZone: boundedText(42, { tooLong: "Choose the time zone" }).check(z.refine(isTimeZone, { error: "Choose the time zone", abort: true }), z.overwrite(currentTimeZoneName)),
  streetAddress: optionalSingleLine(200),
  groups,
};

export const CreateSite = z.strictObject(siteFields);
export const UpdateSite = z.strictObject({ siteId: rowId(), version: rowVersion, ...siteFields });
export const DeleteSite = z.strictObject({ siteId: rowId() });
export const GetSiteDeletionImpact = z.object({ siteId: rowId() });
export const GetSite = z.object({ siteId: rowId() });

const maxFilterGroups = 50;

/** Which sites: those selected, or all that the filter of the list shows. */
const selected = {
  ...selection,
  search: z._default(searchTerm(200), ""),
  countries: filterValues(country, Object.keys(countries).length),
  inGroups: filterValues(rowId(), maxFilterGroups),
};

/** A site group: one of the options, or by its name, which counts where both are given. */
const groupChoice = { group: z.optional(rowId("Choose a site group")), groupName: optionalSingleLine(200) };
const groupChosen = z.refine<{ group?: string; groupName: string }>(({ group, groupName }) => group !== undefined || groupName !== "", {
  error: "Choose a site group",
  path: ["group"],
});

export const SelectSites = z.strictObject(selected).check(notEmpty);
export const AddSelectedToGroup = z.strictObject({ ...selected, ...groupChoice }).check(notEmpty, groupChosen);
export const RemoveSelectedFromGroup = z.strictObject({ ...selected, ...groupChoice }).check(notEmpty, groupChosen);

/** The options of a picker: those chosen, then the first by name that match the search. */
export const FindChoices = z.object({
  search: queryParam(searchTerm(200)),
  chosen: queryParam(boundedArray(rowId(), 2_000)),
});

const filter = {
  search: queryParam(searchTerm(200)),
  country: filterParam(country, Object.keys(countries).length),
  group: filterParam(rowId(), maxFilterGroups),
};

export const ExportSites = z.object({ ...filter, sort: listParams.sort });
/** `findGroup` narrows the groups that the filter offers. */
export const ListSites = z.object({ ...filter, ...listParams, findGroup: queryParam(searchTerm(200)) });
