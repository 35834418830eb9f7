import { defineArea } from "../shared/define-area.ts";

export const effectiveSettings = defineArea({
  name: "effective-settings",
  pages: { "sites/[siteId]/effective": { permission: "site.read", path: "sites/[site]/effective" } },
  downloads: { "sites/[siteId]/effective/download": { permission: "site.read", path: "sites/[site]/effective/download" } },
  screenshots: [
    { name: "site-effective", path: "/orgs/[org]/sites/[site]/effective" },
    { name: "site-effective-empty", path: "/orgs/[org]/sites/[site]/effective?search=nothing-of-this-name", viewportOnly: true },
  ],
});
