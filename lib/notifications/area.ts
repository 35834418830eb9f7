import { defineArea } from "../shared/define-area.ts";

export const notifications = defineArea({
  name: "notifications",
  events: { "notifications.changed": "Changed email notifications" },
  constraints: {
    notification_subscriptions_membership_same_org: { message: "Administrator not found", code: "not_found" },
    notification_subscriptions_site_same_org: { message: "Site not found", code: "not_found" },
  },
  silentConstraints: {
    notification_subscriptions_key: "subscribing twice is ignored",
  },
  tables: { notification_subscriptions: { app: "select, insert, update, delete", worker: "select", auth: "select" } },
  organizationRows: { notification_subscriptions: "a part of the administrators" },
  screenshots: [
    { name: "account-notifications", path: "/account?dialog=notifications", viewportOnly: true },
    { name: "account-notifications-search", path: "/account?dialog=notifications&search=nowhere", viewportOnly: true },
  ],
});
