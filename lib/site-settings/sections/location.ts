import { optionalForm, single, textField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { coordinates, coordinatesInput, coordinatesText, siteFields } from "@/lib/sites/schema";

export const location = defineSection({
  id: "location",
  title: "Location",
  description: "Where people find the site, and where it stands on the map.",
  fields: {
    streetAddress: textField({ label: "Street address", schema: siteFields.streetAddress, maxLength: 200 }),
    latlng: single<{ lat: number; lng: number }>({
      label: "Coordinates",
      hint: "Latitude and longitude, like 54.3233, 10.1228.",
      control: { kind: "text", maxLength: 60 },
      value: coordinates,
      form: optionalForm(coordinatesInput),
      format: (place) => (place ? coordinatesText(place) : ""),
    }),
  },
});
