import { defineArea } from "../shared/define-area.ts";

export const settings = defineArea({
  name: "settings",
  permissions: {
    "settings.read": { allows: "see the organization’s settings", roles: ["super_user", "network_admin", "super_observer"] },
    "settings.update": { allows: "change the organization’s settings", roles: ["super_user"], needsAllSites: true },
  },
  events: {
    "settings.updated": "Changed {fields} in {subject}",
  },
  silentConstraints: { organization_secrets_key: "upserted" },
  flashMessages: { "settings-saved": "Settings saved" },
  menu: { label: "Settings", path: "settings", icon: "settings", permission: "settings.read", covers: ["firewall"] },
  tables: { organization_secrets: { app: "select, insert, update, delete", worker: "select, update" } },
  organizationRows: { organization_secrets: "a part of the settings" },
  pages: { settings: { permission: "settings.read" } },
  actions: {
    updateSettingsAction: {
      permission: "settings.update",
      page: "settings",
      button: "Save",
      fields: { "cradlepoint.cp_api_id": "{word}" },
      effect: "changed",
    },
  },
  screenshots: [
    { name: "settings", path: "/orgs/[org]/settings" },
    { name: "settings-top", path: "/orgs/[org]/settings", viewportOnly: true },
  ],
});
