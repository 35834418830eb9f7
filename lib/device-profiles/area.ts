import { defineArea } from "../shared/define-area.ts";

export const deviceProfiles = defineArea({
  name: "device-profiles",
  constraints: { device_profiles_name_key: { field: "name", message: "A device profile with this name already exists" } },
  tables: { device_profiles: { app: "select, insert, update, delete", worker: "select" } },
  organizationRows: { device_profiles: [{ one: "device profile" }] },
});
