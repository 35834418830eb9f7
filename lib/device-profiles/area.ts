import { defineArea } from "../shared/define-area.ts";

export const deviceProfiles = defineArea({
  name: "device-profiles",
  events: {
    "device_profile.created": "Created device profile {subject}",
    "device_profile.updated": "Changed {fields} of device profile {subject}",
    "device_profile.deleted": "Deleted device profile {subject}",
    "device_profile.exported": "Exported {subject}",
  },
  constraints: { device_profiles_name_key: { field: "name", message: "A device profile with this name already exists" } },
  flashMessages: {
    "device-profile-created": "Device profile created",
    "device-profile-saved": "Device profile saved",
    "device-profile-cloned": "Device profile cloned",
    "device-profile-deleted": "Device profile deleted",
  },
  commands: [
    { label: "Device Profiles", path: "device-profiles", permission: "template.read" },
    { label: "Create Device Profile", path: "device-profiles/new", permission: "template.update" },
  ],
  pages: {
    "device-profiles": { permission: "template.read" },
    "device-profiles/new": { permission: "template.update" },
    "device-profiles/[templateId]": { permission: "template.read", path: "device-profiles/[deviceProfile]" },
  },
  downloads: { "device-profiles/download": { permission: "template.read" } },
  actions: {
    createDeviceProfileAction: { permission: "template.update", page: "device-profiles/new", button: "Create Device Profile", fields: { name: "{word}" }, effect: "added" },
    updateDeviceProfileAction: { permission: "template.update", page: "device-profiles/[deviceProfile]", button: "Save", fields: { name: "{word}" }, target: "deviceProfile", effect: "changed" },
    cloneDeviceProfileAction: { permission: "template.update", page: "device-profiles/[deviceProfile]?dialog=clone", button: "Clone Device Profile", fields: { name: "{word}" }, shownOn: "device-profiles", target: "deviceProfile", effect: "added" },
    deleteDeviceProfileAction: { permission: "template.update", page: "device-profiles/[deviceProfile]?dialog=delete", button: "Delete Device Profile", target: "deviceProfile", effect: "deleted" },
  },
  demoTargets: { deviceProfile: { list: "device-profiles", createdBy: "createDeviceProfileAction", deletedBy: "deleteDeviceProfileAction" } },
  screenshots: [
    { name: "device-profiles", path: "/orgs/[org]/device-profiles" },
    { name: "device-profiles-empty", path: "/orgs/[org]/device-profiles?search=nothing" },
    { name: "device-profile", path: "/orgs/[org]/device-profiles/[deviceProfile]" },
    { name: "device-profile-clone", path: "/orgs/[org]/device-profiles/[deviceProfile]?dialog=clone", viewportOnly: true },
    { name: "device-profile-delete", path: "/orgs/[org]/device-profiles/[deviceProfile]?dialog=delete", viewportOnly: true },
    { name: "device-profile-new", path: "/orgs/[org]/device-profiles/new" },
  ],
  tables: { device_profiles: { app: "select, insert, update, delete", worker: "select" } },
  organizationRows: { device_profiles: [{ one: "device profile" }] },
});
