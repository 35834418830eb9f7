import { single, textField } from "@/lib/shared/settings/fields";
import { type SettingsDocument, textAt } from "@/lib/shared/settings/document";
import { defineSection } from "@/lib/shared/settings/section";
import { addressProblem, type Coordinates, coordinates, coordinatesInput, coordinatesOfAddress, coordinatesText, siteFields } from "@/lib/sites/schema";

const shownPlace = (place: Coordinates | undefined) => (place ? coordinatesText(place) : "");

/** The coordinates that were typed as a new address; undefined where the coordinates themselves were changed. */
function typedAsAddress(typed: Coordinates | undefined, address: unknown, before: SettingsDocument): Coordinates | undefined {
  const isChanged = shownPlace(typed) !== shownPlace(before.latlng as Coordinates | undefined);
  if (isChanged || typeof address !== "string" || address === textAt(before, "streetAddress")) return undefined;
  return coordinatesOfAddress(address);
}

const latlng = single<Coordinates>({
  label: "Coordinates",
  control: { kind: "own" },
  value: coordinates,
  form: coordinatesInput,
  format: shownPlace,
})("latlng");

const streetAddress = textField({ label: "Street address", schema: siteFields.streetAddress, maxLength: 200 })("streetAddress");

export const location = defineSection({
  id: "location",
  title: "Location",
  description: "Where people find the site, and where it stands on the map. Coordinates can be typed instead of an address.",
  fields: {
    streetAddress: { ...streetAddress, control: { kind: "own" } },
    latlng: {
      ...latlng,
      toDocument: (typed, { values, document }) => ({ latlng: typedAsAddress(typed as Coordinates | undefined, values.streetAddress, document) ?? typed }),
    },
  },
  check({ streetAddress }) {
    const problem = typeof streetAddress === "string" ? addressProblem(streetAddress) : undefined;
    return problem ? { streetAddress: problem } : undefined;
  },
});
