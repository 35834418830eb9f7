import { optionalForm, single } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { rowId } from "@/lib/shared/text-schemas";

const template = rowId("Choose an RF template");

export const rfTemplate = defineSection({
  id: "rf-template",
  title: "RF Template",
  description: "The radio settings of this site’s access points.",
  fields: {
    rfTemplate: single<string>({ label: "RF Template", control: { kind: "own" }, value: template, form: optionalForm(template), format: (id = "") => id }),
  },
});
