// Node runs this file without a bundler, so imports are relative with file extensions.
import type { Area } from "./define-area.ts";
import { allAreas, type KeyOf, mergedPart } from "./registry.ts";
import { type Role, roleNames } from "./roles.ts";

export type Permission = KeyOf<"permissions">;

const rules = mergedPart("permissions");

export const permissionNames = Object.keys(rules) as Permission[];

const permissionsOf = (role: Role) => permissionNames.filter((name) => rules[name].roles.includes(role));

/** What a permission allows, in words: "create sites". */
export const permissionWords = (permission: Permission): string => rules[permission].allows;

/** The permissions of each role: the only source for pages, actions, API and tests. */
export const rolePermissions = Object.fromEntries(roleNames.map((role) => [role, permissionsOf(role)])) as unknown as Record<Role, readonly Permission[]>;

/** Permissions that need a role over all sites. */
export const allSitesPermissions: readonly Permission[] = permissionNames.filter((name) => rules[name].needsAllSites);

const titleOf = ({ name, menu }: Area) => menu?.label ?? `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("-", " ")}`;

/** What the roles may do, by area: each permission in words, with the roles that hold it. */
export const roleMatrix = allAreas
  .filter(({ permissions }) => permissions)
  .map((area) => ({ title: titleOf(area), permissions: Object.entries(area.permissions ?? {}).map(([name, rule]) => ({ name, ...rule })) }));
