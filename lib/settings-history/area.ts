import { defineArea } from "../shared/define-area.ts";

export const settingsHistory = defineArea({
  name: "settings-history",
  flashMessages: { "settings-restored": "Settings restored" },
  commands: [{ label: "History of the Settings", path: "settings/history", permission: "audit.read" }],
  pages: { "settings/history": { permission: "audit.read" } },
  actions: {
    restoreSettingsAction: {
      permission: "settings.update",
      page: "settings/history",
      button: "Restore All",
      shownOn: "settings",
      effect: "none",
    },
  },
  screenshots: [{ name: "settings-history", path: "/orgs/[org]/settings/history" }],
});
