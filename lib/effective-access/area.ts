import { defineArea } from "../shared/define-area.ts";

export const effectiveAccess = defineArea({
  name: "effective-access",
  permissions: {
    "effective_access.read": { allows: "see the effective access of administrators", roles: ["super_user", "super_observer"] },
    "access.view_as": { allows: "view the organization as another administrator", roles: ["super_user"] },
  },
  events: { "administrator.viewed_as": "Viewed the organization as {subject}" },
  flashMessages: { "view-ended": "You are viewing as yourself again" },
  pages: {
    "administrators/[administratorId]/access": { permission: "effective_access.read", path: "administrators/[member]/access" },
  },
  screenshots: [{ name: "administrator-access", path: "/orgs/[org]/administrators/[administrator]/access" }],
});
