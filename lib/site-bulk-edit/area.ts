import { defineArea } from "../shared/define-area.ts";

const form = "sites/change-settings?section=site-proxy&ids=[site]";

export const siteBulkEdit = defineArea({
  name: "site-bulk-edit",
  pages: { "sites/change-settings": { permission: "site.update" } },
  actions: {
    changeSelectedSitesAction: {
      permission: "site.update",
      page: form,
      button: "Show Changes",
      fields: { "change.proxy.url": "true", "proxy.url": "https://{word}.example.com" },
      confirmedBy: "Apply to 1 Site",
      target: "site",
      effect: "changed",
      showsResults: true,
    },
  },
  screenshots: [
    { name: "sites-change-settings", path: "/orgs/[org]/sites/change-settings?section=site-proxy&all=true" },
    { name: "sites-change-settings-error", path: "/orgs/[org]/sites/change-settings?section=site-proxy&all=true", press: "Show Changes" },
  ],
});
