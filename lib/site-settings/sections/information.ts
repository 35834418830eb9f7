import { single, textField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { siteFields } from "@/lib/sites/schema";

export const information = defineSection({
  id: "information",
  title: "Information",
  description: "The site’s name, country and time zone. The site ID never changes.",
  fields: {
    name: textField({ label: "Site Name", schema: siteFields.name, maxLength: 64, required: true }),
    country: single<string>({ label: "Country", control: { kind: "own" }, value: siteFields.country, form: siteFields.country, format: (country = "") => country }),
    timeZone: single<string>({ label: "Time Zone", control: { kind: "own" }, value: siteFields.timeZone, form: siteFields.timeZone, format: (zone = "") => zone }),
  },
});
