import { defineArea } from "../shared/define-area.ts";

export const search = defineArea({
  name: "search",
  downloads: { find: { permission: "organization.read", path: "find?q=a" } },
  screenshots: [{ name: "find-page", path: "/orgs/[org]/find?q=ber" }],
});
