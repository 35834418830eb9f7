import type { Permission } from "./access";

type Entry = { key: string; label: string; path: string; icon: "users" | "scroll-text" | "map-pin" | "house"; permission: Permission };

/** The pages of an organization that are built, in the order of the left menu; what is not built is absent. */
export const organizationPages: readonly Entry[] = [
  { key: "administrators", label: "Administrators", path: "administrators", icon: "users", permission: "administrator.read" },
  { key: "audit-log", label: "Audit Logs", path: "audit-log", icon: "scroll-text", permission: "audit.read" },
  { key: "sites", label: "Site Configuration", path: "sites", icon: "map-pin", permission: "site.read" },
];
