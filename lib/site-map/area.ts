import { defineArea } from "../shared/define-area.ts";

export const siteMap = defineArea({
  name: "site-map",
  screenshots: [{ name: "sites-map", path: "/orgs/[org]/sites?view=map", viewportOnly: true }],
});
