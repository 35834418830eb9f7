import * as z from "zod/mini";
import { countries } from "@/lib/shared/countries";
import { textField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { optionalWithVariables } from "@/lib/templates/fields";
import { templateName } from "@/lib/templates/schema";

const message = "Enter the two letters of a country, like DE";
const countryCode = optionalWithVariables(64, z.string().check(z.refine((text) => Object.hasOwn(countries, text), message)));

export const information = defineSection({
  id: "information",
  title: "Information",
  description: "The name of the template, and the country whose radio rules apply.",
  fields: {
    name: textField({ label: "Name", schema: templateName, maxLength: 64, required: true }),
    country_code: textField({
      label: "Country code",
      hint: "Empty means the country of each site. Two letters, or a site variable like {{country}}.",
      schema: countryCode,
      maxLength: 64,
    }),
  },
});
