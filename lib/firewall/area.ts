import { defineArea } from "../shared/define-area.ts";

export const firewall = defineArea({
  name: "firewall",
  commands: [{ label: "Firewall Requirements", path: "firewall", permission: "organization.read" }],
  pages: { firewall: { permission: "organization.read" } },
  downloads: { "firewall/download": { permission: "organization.read" } },
  screenshots: [
    { name: "firewall", path: "/orgs/[org]/firewall" },
    { name: "firewall-switches", path: "/orgs/[org]/firewall?instance=europe-01&for=switches" },
    { name: "firewall-unpublished", path: "/orgs/[org]/firewall?instance=federal" },
    { name: "firewall-instance", path: "/orgs/[org]/firewall", open: "Instance", viewportOnly: true },
  ],
});
