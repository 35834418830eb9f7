import { defineArea } from "../shared/define-area.ts";

export const organizationDeletion = defineArea({
  name: "organization-deletion",
  permissions: { "organization.delete": { allows: "delete the organization", roles: ["super_user"] } },
  events: { "organization.deleted": { text: "Deleted organization", noteSeparator: ": " } },
  flashMessages: { "organization-deleted": "Organization deleted" },
  functions: { "record_member_events(text, text, inet, text)": ["app"] },
});
