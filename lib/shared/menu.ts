import type { Permission } from "./permissions.ts";
import { type EntryOf, listedPart } from "./registry.ts";

type MenuIcon = EntryOf<"menu">["icon"];
type MenuEntry = { label: string; path: string; icon: MenuIcon; permission: Permission; covers?: readonly string[] };
type MenuCommand = { label: string; path: string; permission?: Permission };

/** The pages of an organization in the order of the side menu. */
export const organizationPages: readonly MenuEntry[] = listedPart("menu");

/** The actions that the command palette offers. */
export const menuCommands: readonly MenuCommand[] = listedPart("commands");

/** The path of a page below the organization, or of one outside of it when it begins with a slash. */
export const pagePath = (orgId: string, path: string): string => (path.startsWith("/") ? path : `${homePath(orgId)}/${path}`.replace(/\/$/, ""));

/** The first page of an organization, its overview. */
export const homePath = (orgId: string): string => `/orgs/${orgId}`;
