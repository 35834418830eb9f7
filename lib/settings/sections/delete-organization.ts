import { defineSection } from "@/lib/shared/settings/section";

export const deleteOrganization = defineSection({
  id: "delete-organization",
  title: "Delete Organization",
  description: "Removes the organization with everything in it, for ever.",
});
