import { defineArea } from "../shared/define-area.ts";

export const organizationImport = defineArea({
  name: "organization-import",
  permissions: {
    "organization.import": { allows: "import the organization", roles: ["super_user"], needsAllSites: true },
  },
  events: { "organization.imported": { text: "Imported a document into {subject}", noteSeparator: ": " } },
  commands: [{ label: "Import Organization", path: "settings/import", permission: "organization.import" }],
  pages: { "settings/import": { permission: "organization.import" } },
  actions: {
    importOrganizationAction: {
      permission: "organization.import",
      page: "settings/import",
      button: "Show Plan",
      fields: { document: "format_version: 1\nsitegroups:\n  - name: {word}\n" },
      confirmedBy: "Apply 1 Change",
      shownOn: "site-groups",
      effect: "added",
      showsResults: true,
    },
  },
  screenshots: [
    { name: "organization-import", path: "/orgs/[org]/settings/import" },
    { name: "organization-import-error", path: "/orgs/[org]/settings/import", press: "Show Plan" },
  ],
});
