import { type Permission, type Role, roles } from "./roles";

type MenuEntry = { key: string; label: string; path: string; icon: "users" | "scroll-text" | "map-pin" | "house"; permission: Permission };

/** The pages of an organization in the order of the side menu. */
export const organizationPages: readonly MenuEntry[] = [
  { key: "administrators", label: "Administrators", path: "administrators", icon: "users", permission: "administrator.read" },
  { key: "audit-log", label: "Audit Logs", path: "audit-log", icon: "scroll-text", permission: "audit.read" },
  { key: "sites", label: "Site Configuration", path: "sites", icon: "map-pin", permission: "site.read" },
];

/** Returns the start page of a role in an organization: the sites, else its first page, else the organization's page. */
export function homePath(orgId: string, role: Role): string {
  const allowed = organizationPages.filter(({ permission }) => roles[role].permissions.includes(permission));
  const first = allowed.find(({ key }) => key === "sites") ?? allowed[0];
  return first ? `/orgs/${orgId}/${first.path}` : `/orgs/${orgId}`;
}
