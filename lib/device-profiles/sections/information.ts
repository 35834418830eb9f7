import { textField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";
import { templateName } from "@/lib/templates/schema";

export const information = defineSection({
  id: "information",
  title: "Information",
  description: "The name of the profile. Its device type never changes.",
  fields: { name: textField({ label: "Name", schema: templateName, maxLength: 64, required: true }) },
});
