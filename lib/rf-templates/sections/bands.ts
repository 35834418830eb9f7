import { defineSection } from "@/lib/shared/settings/section";
import { bandFields, powerRangeErrors } from "@/lib/templates/bands";

const radios = [
  { path: "band_24", band: "24", title: "2.4 GHz", description: "The radio of the 2.4 GHz band." },
  { path: "band_5", band: "5", title: "5 GHz", description: "The radio of the 5 GHz band." },
  { path: "band_5_on_24_radio", band: "5", title: "5 GHz on the dual-band radio", description: "The dual-band radio while it runs on 5 GHz." },
  { path: "band_6", band: "6", title: "6 GHz", description: "The radio of the 6 GHz band." },
] as const;

export const bandSections = radios.map(({ path, band, title, description }) =>
  defineSection({ id: path.replaceAll("_", "-"), title, description, fields: bandFields(path, band), check: powerRangeErrors([path]) }),
);
