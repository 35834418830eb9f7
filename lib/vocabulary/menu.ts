import { type Permission, type Role, roleFacts } from "./access";

type Entry = { key: string; label: string; path: string; icon: "users" | "scroll-text" | "map-pin" | "house"; permission: Permission };

/** The pages of an organization that are built, in the order of the left menu; what is not built is absent. */
export const organizationPages: readonly Entry[] = [
  { key: "administrators", label: "Administrators", path: "administrators", icon: "users", permission: "administrator.read" },
  { key: "audit-log", label: "Audit Logs", path: "audit-log", icon: "scroll-text", permission: "audit.read" },
  { key: "sites", label: "Site Configuration", path: "sites", icon: "map-pin", permission: "site.read" },
];

/** The page on which a role arrives in an organization: its sites, else its first page, else the one that says what it is. */
export function homeOf(orgId: string, role: Role): string {
  const open = organizationPages.filter(({ permission }) => roleFacts[role].may.includes(permission));
  const first = open.find(({ key }) => key === "sites") ?? open[0];
  return first ? `/orgs/${orgId}/${first.path}` : `/orgs/${orgId}`;
}
