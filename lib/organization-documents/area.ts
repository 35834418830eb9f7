import { defineArea } from "../shared/define-area.ts";

export const organizationDocuments = defineArea({
  name: "organization-documents",
  permissions: {
    "organization.export": { allows: "export the organization", roles: ["super_user", "network_admin", "super_observer"], needsAllSites: true },
  },
  events: { "organization.exported": "Exported organization {subject}" },
  commands: [{ label: "Export Organization", path: "settings/export", permission: "organization.export" }],
  pages: { "settings/export": { permission: "organization.export" } },
  downloads: { "settings/export/document": { permission: "organization.export" } },
  screenshots: [{ name: "organization-export", path: "/orgs/[org]/settings/export" }],
});
