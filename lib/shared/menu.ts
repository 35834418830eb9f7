import { type Permission, rolePermissions } from "./permissions.ts";
import { type EntryOf, listedPart } from "./registry.ts";
import type { Role } from "./roles.ts";

type MenuIcon = EntryOf<"menu">["icon"];
type MenuEntry = { label: string; path: string; icon: MenuIcon; permission: Permission };
type MenuCommand = { label: string; path: string; permission?: Permission };

/** The pages of an organization in the order of the side menu. */
export const organizationPages: readonly MenuEntry[] = listedPart("menu");

/** The actions that the command palette offers. */
export const menuCommands: readonly MenuCommand[] = listedPart("commands");

/** Returns the start page of a role in an organization: the sites, else its first page, else the organization's page. */
export function homePath(orgId: string, role: Role): string {
  const allowed = organizationPages.filter(({ permission }) => rolePermissions[role].includes(permission));
  const first = allowed.find(({ path }) => path === "sites") ?? allowed[0];
  return first ? `/orgs/${orgId}/${first.path}` : `/orgs/${orgId}`;
}
