import { defineArea } from "../shared/define-area.ts";

export const settingsHistory = defineArea({
  name: "settings-history",
  flashMessages: { "settings-restored": "Settings restored", "site-restored": "Site restored" },
  commands: [{ label: "History of the Settings", path: "settings/history", permission: "audit.read" }],
  pages: {
    "settings/history": { permission: "audit.read" },
    "sites/[siteId]/history": { permission: "audit.read", path: "sites/[site]/history" },
  },
  actions: {
    restoreSettingsAction: {
      permission: "settings.update",
      page: "settings/history",
      button: "Restore All",
      shownOn: "settings",
      effect: "none",
    },
    restoreSiteAction: {
      permission: "site.update",
      page: "sites/[site]/history",
      button: "Restore All",
      target: "site",
      shownOn: "sites/[site]",
      effect: "changed",
    },
  },
  screenshots: [
    { name: "settings-history", path: "/orgs/[org]/settings/history" },
    { name: "site-history", path: "/orgs/[org]/sites/[site]/history" },
  ],
});
