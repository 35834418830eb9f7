import { singleLine } from "@/lib/shared/text-schemas";
import { textField } from "@/lib/shared/settings/fields";
import { defineSection } from "@/lib/shared/settings/section";

export const organization = defineSection({
  id: "organization",
  title: "Organization",
  description: "The name appears on every page, at sign-in and in emails. The organization ID never changes.",
  fields: {
    name: textField({ label: "Organization Name", schema: singleLine(64, "Enter a name for the organization"), maxLength: 64, required: true }),
  },
});
