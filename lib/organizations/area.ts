import { defineArea } from "../shared/define-area.ts";
import { roleNames } from "../shared/roles.ts";

export const organizations = defineArea({
  name: "organizations",
  permissions: { "organization.read": { allows: "see the organization", roles: roleNames } },
  events: {
    "organization.created": "Added organization {subject}",
    "organization.accessed": "Accessed organization {subject}",
  },
  flashMessages: { "organization-created": "Organization and its Primary Site created" },
  commands: [{ label: "Create Organization", path: "/orgs/new" }],
  functions: {
    "create_organization(uuid, text, uuid, uuid, text, text, text)": ["auth"],
    "lock_orgs_for_deletion(uuid[])": ["auth"],
    "delete_organization(uuid)": ["app", "auth"],
  },
  tables: { organizations: { app: "select, insert, update", worker: "select, update (updated_at)", auth: "select" } },
  accountPages: ["/orgs", "/orgs/new"],
  screenshots: [
    { name: "organization-new", path: "/orgs/new" },
    { name: "organization-new-error", path: "/orgs/new", press: "Create Organization" },
  ],
});
