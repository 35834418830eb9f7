import { defineArea } from "../shared/define-area.ts";

export const mobileSdk = defineArea({
  name: "mobile-sdk",
  permissions: {
    "sdk_key.read": { allows: "see the keys of the mobile SDK", roles: ["super_user", "network_admin", "super_observer"] },
    "sdk_key.create": { allows: "create keys of the mobile SDK", roles: ["super_user"] },
    "sdk_key.revoke": { allows: "revoke keys of the mobile SDK", roles: ["super_user"] },
  },
  events: {
    "sdk_key.created": "Added SDK key {subject}",
    "sdk_key.revoked": "Revoked SDK key {subject}",
    "sdk_key.exported": "Exported {subject}",
  },
  constraints: { sdk_keys_name_key: { field: "name", message: "An SDK key with this name already exists" } },
  flashMessages: {
    "sdk-key-created": "SDK key created",
    "sdk-key-revoked": "SDK key revoked",
  },
  menu: { label: "Mobile SDK", path: "mobile-sdk", icon: "smartphone", permission: "sdk_key.read" },
  commands: [{ label: "Create SDK Key", path: "mobile-sdk/new", permission: "sdk_key.create" }],
  tables: { sdk_keys: { app: "select, insert, delete", auth: "select" } },
  organizationRows: { sdk_keys: [{ one: "SDK key" }] },
  pages: {
    "mobile-sdk": { permission: "sdk_key.read" },
    "mobile-sdk/new": { permission: "sdk_key.create" },
    "mobile-sdk/[sdkKeyId]": { permission: "sdk_key.read", path: "mobile-sdk/[sdkKey]" },
  },
  downloads: { "mobile-sdk/download": { permission: "sdk_key.read" } },
  actions: {
    createSdkKeyAction: { permission: "sdk_key.create", page: "mobile-sdk/new", button: "Create SDK Key", fields: { name: "{word}" }, effect: "added" },
    revokeSdkKeyAction: { permission: "sdk_key.revoke", page: "mobile-sdk/[sdkKey]?dialog=revoke", button: "Revoke SDK Key", target: "sdkKey", effect: "deleted" },
  },
  demoTargets: { sdkKey: { list: "mobile-sdk", createdBy: "createSdkKeyAction", deletedBy: "revokeSdkKeyAction" } },
  screenshots: [
    { name: "mobile-sdk", path: "/orgs/[org]/mobile-sdk" },
    { name: "mobile-sdk-empty", path: "/orgs/[org]/mobile-sdk?search=nothing" },
    { name: "sdk-key", path: "/orgs/[org]/mobile-sdk/[sdkKey]" },
    { name: "sdk-key-revoke", path: "/orgs/[org]/mobile-sdk/[sdkKey]?dialog=revoke", viewportOnly: true },
    { name: "sdk-key-new", path: "/orgs/[org]/mobile-sdk/new" },
    { name: "sdk-key-new-error", path: "/orgs/[org]/mobile-sdk/new", press: "Create SDK Key" },
  ],
});
