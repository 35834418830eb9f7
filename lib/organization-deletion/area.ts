import { defineArea } from "../shared/define-area.ts";

export const organizationDeletion = defineArea({
  name: "organization-deletion",
  permissions: { "organization.delete": { allows: "delete the organization", roles: ["super_user"] } },
  events: { "organization.deleted": { text: "Deleted organization", noteSeparator: ": " } },
  flashMessages: { "organization-deleted": "Organization deleted" },
  actions: {
    deleteOrganizationAction: {
      permission: "organization.delete",
      page: "settings?dialog=delete-organization",
      button: "Delete Organization",
      fields: { name: "{word}" },
      effect: "none",
      refusedOnly: true,
    },
  },
  screenshots: [{ name: "organization-delete", path: "/orgs/[org]/settings?dialog=delete-organization", viewportOnly: true }],
  functions: { "record_member_events(text, text, inet, text)": ["app"] },
});
