import { defineArea } from "../shared/define-area.ts";

export const accessReview = defineArea({
  name: "access-review",
  permissions: {
    "access.review": { allows: "see the effective access of administrators", roles: ["super_user", "super_observer"] },
    "access.view_as": { allows: "view the organization as another administrator", roles: ["super_user"] },
  },
  events: { "administrator.viewed_as": "Viewed the organization as {subject}" },
  flashMessages: { "view-ended": "You are viewing as yourself again" },
  pages: {
    "administrators/[administratorId]/access": { permission: "access.review", path: "administrators/[member]/access" },
  },
  screenshots: [{ name: "administrator-access", path: "/orgs/[org]/administrators/[administrator]/access" }],
});
