import * as z from "zod/mini";
import { coordinatesText as writeCoordinates, isOnEarth, parseCoordinates, readCoordinates } from "@/lib/shared/coordinates";
import { splitList } from "@/lib/shared/typed-text";
import { currentTimeZoneName, isTimeZone } from "@/lib/shared/time-zone-id";
import { notEmpty } from "@/lib/shared/selection";
import { countryCode, siteListFilter, siteSelection } from "@/lib/shared/site-selection";
import { rowVersion } from "@/lib/shared/form-schemas";
import { boundedArray, boundedText, queryParam, rowId, singleLine, listParams, optionalSingleLine, searchTerm } from "@/lib/shared/text-schemas";

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
const boundsMessage = "Latitude goes from -90 to 90, longitude from -180 to 180";

/** Coordinates as people type them, in one of the usual notations; empty text is none. */
export const coordinatesInput = z.pipe(
  z._default(boundedText(100, { tooLong: coordinatesMessage }), ""),
  z.transform((typed: string, context): Coordinates | undefined => {
    if (typed.trim() === "") return undefined;
    const read = readCoordinates(typed);
    if (read && isOnEarth(read)) return { lat: read.latitude, lng: read.longitude };
    context.issues.push({ code: "custom", message: read ? boundsMessage : coordinatesMessage, input: typed });
    return z.NEVER;
  }),
);

/** Coordinates as a form shows them. */
export const coordinatesText = ({ lat, lng }: Coordinates): string => writeCoordinates({ latitude: lat, longitude: lng });

/** The coordinates that are typed as an address; undefined for any other address. */
export function coordinatesOfAddress(address: string): Coordinates | undefined {
  const read = parseCoordinates(address);
  return read ? { lat: read.latitude, lng: read.longitude } : undefined;
}

/** What is wrong with coordinates that are typed as an address; undefined for any other address. */
export function addressProblem(address: string): string | undefined {
  const read = readCoordinates(address);
  return read && !isOnEarth(read) ? boundsMessage : undefined;
}

/** The fields of a site. */
export const siteFields = {
  name: singleLine(64, "Give the site a name"),
  country: countryCode,
  timeZone: boundedText(42, { tooLong: "Choose the time zone" }).check(z.refine(isTimeZone, { error: "Choose the time zone", abort: true }), z.overwrite(currentTimeZoneName)),
  streetAddress: optionalSingleLine(200),
  groups,
};

export const CreateSite = z.strictObject({ ...siteFields, latlng: coordinatesInput }).check(({ value: { streetAddress }, issues }) => {
  const message = addressProblem(streetAddress);
  if (message) issues.push({ code: "custom", message, path: ["streetAddress"], input: streetAddress });
});
export const UpdateSite = z.strictObject({ siteId: rowId(), version: rowVersion, ...siteFields });
export const DeleteSite = z.strictObject({ siteId: rowId() });
export const GetSiteDeletionImpact = z.object({ siteId: rowId() });
export const GetSite = z.object({ siteId: rowId() });

/** A site group: one of the options, or by its name, which counts where both are given. */
const groupChoice = { group: z.optional(rowId("Choose a site group")), groupName: optionalSingleLine(200) };
const groupChosen = z.refine<{ group?: string; groupName: string }>(({ group, groupName }) => group !== undefined || groupName !== "", {
  error: "Choose a site group",
  path: ["group"],
});

export const SelectSites = z.strictObject(siteSelection).check(notEmpty);
export const AddSelectedToGroup = z.strictObject({ ...siteSelection, ...groupChoice }).check(notEmpty, groupChosen);
export const RemoveSelectedFromGroup = z.strictObject({ ...siteSelection, ...groupChoice }).check(notEmpty, groupChosen);

/** The options of a picker: those chosen, then the first by name that match the search. */
export const FindChoices = z.object({
  search: queryParam(searchTerm(200)),
  chosen: queryParam(boundedArray(rowId(), 2_000)),
});

export const ExportSites = z.object({ ...siteListFilter, sort: listParams.sort });
/** `findGroup` narrows the groups that the filter offers. */
export const ListSites = z.object({ ...siteListFilter, ...listParams, findGroup: queryParam(searchTerm(200)) });
