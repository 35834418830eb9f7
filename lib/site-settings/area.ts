import { defineArea } from "../shared/define-area.ts";

export const siteSettings = defineArea({
  name: "site-settings",
  constraints: {
    site_secrets_site_same_org: { message: "Site not found", code: "not_found" },
    sites_rf_template_same_org: { field: "rfTemplate", message: "This RF template no longer exists" },
  },
  silentConstraints: { site_secrets_key: "upserted" },
  pages: { "sites/[siteId]": { permission: "site.read", path: "sites/[site]" } },
  actions: {
    updateSiteSettingsAction: {
      permission: "site.update",
      page: "sites/[site]",
      button: "Save",
      fields: { streetAddress: "{word}" },
      target: "site",
      effect: "changed",
    },
    cloneSiteAction: {
      permission: "site.create",
      page: "sites/[site]?dialog=clone",
      button: "Clone Site",
      fields: { name: "{word}" },
      target: "site",
      effect: "added",
      shownOn: "sites",
    },
  },
  flashMessages: { "site-cloned": "Site cloned" },
  tables: { site_secrets: { app: "select, insert, update, delete", worker: "select, update" } },
  organizationRows: { site_secrets: "a part of the sites" },
  screenshots: [{ name: "site-clone", path: "/orgs/[org]/sites/[site]?dialog=clone", viewportOnly: true }],
});
