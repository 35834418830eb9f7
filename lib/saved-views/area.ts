import { defineArea } from "../shared/define-area.ts";

export const savedViews = defineArea({
  name: "saved-views",
  events: {
    "saved_view.created": "Saved view {subject}",
    "saved_view.renamed": "Renamed view {subject}",
    "saved_view.deleted": "Deleted view {subject}",
  },
  constraints: {
    saved_views_name_key: { field: "name", message: "You already have a view with this name" },
    saved_views_membership_same_org: { message: "Organization not found", code: "not_found" },
  },
  flashMessages: {
    "view-saved": "View saved",
    "view-renamed": "View renamed",
    "view-deleted": "View deleted",
  },
  tables: { saved_views: { app: "select, insert, update, delete", auth: "select" } },
  organizationRows: { saved_views: "a part of the administrators" },
  screenshots: [
    { name: "views-save", path: "/orgs/[org]/sites?dialog=save-view", viewportOnly: true },
    { name: "views-manage", path: "/orgs/[org]/sites?dialog=views", viewportOnly: true },
  ],
});
