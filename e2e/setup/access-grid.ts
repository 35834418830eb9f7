import { globSync, readFileSync } from "node:fs";
import { demoMultiOrgMember, demoPeople, type DemoScope } from "../../db/seed/people.ts";
import { projectPath } from "../../scripts/start/paths.ts";
import type { DemoAction, DemoTarget, OrgRoute } from "../../lib/shared/define-area.ts";
import { allSitesPermissions, type Permission, rolePermissions } from "../../lib/shared/permissions.ts";
import { type KeyOf, mergedPart } from "../../lib/shared/registry.ts";
import type { Role } from "../../lib/shared/roles.ts";
import { harbourlineMembers, tidewaterMembers } from "./demo-members.ts";
import type { Fields, Form } from "./http-client.ts";

export type OrgName = "Tidewater Retail" | "Harbourline Logistics";
export type Member = { email: string; organization: OrgName; role: Role; scope: DemoScope };

/** All demo members. */
export const members: readonly Member[] = [...demoPeople, { ...demoMultiOrgMember, organization: "Harbourline Logistics" }];

export const superUserOf: Record<OrgName, string> = {
  "Tidewater Retail": tidewaterMembers.superUser,
  "Harbourline Logistics": harbourlineMembers.superUser,
};

/** Site groups that only some members have access to. */
export const sharedGroups: Record<OrgName, readonly string[]> = {
  "Tidewater Retail": ["DACH", "Large stores"],
  "Harbourline Logistics": ["Harbourline Ports"],
};

/** A member of each organization that no test changes. */
export const unchangedMembers: Record<OrgName, string> = {
  "Tidewater Retail": tidewaterMembers.reporting,
  "Harbourline Logistics": harbourlineMembers.observer,
};

/** Whether a role and its scope hold a permission, computed independently of the code under test. */
export const holdsPermission = ({ role, scope }: Member, permission: Permission) =>
  rolePermissions[role].includes(permission) && (scope === "all" || !allSitesPermissions.includes(permission));

export const seesGroups = ({ scope }: Member, groups: readonly string[]) =>
  scope === "all" || ("groups" in scope && scope.groups.some((group) => groups.includes(group)));

/** Every page and download of an organization by its file, with its permission. */
export const pages: Record<string, { at: string; permission: Permission }> = Object.fromEntries([
  ...Object.entries(mergedPart("pages")).map(([route, page]) => gridEntry(route, "page.tsx", page)),
  ...Object.entries(mergedPart("downloads")).map(([route, page]) => gridEntry(route, "route.ts", page)),
]);

function gridEntry(route: string, file: string, { permission, path = route }: OrgRoute) {
  return [`${route}/${file}`.replace(/^\//, ""), { at: path, permission: permission as Permission }] as const;
}

export type Target = KeyOf<"demoTargets">;
export type GridAction = DemoAction & { permission: Permission; target?: Target };

/** Every action of an organization by its name. */
export const actions = mergedPart("actions") as Record<string, GridAction>;
export const targets: Record<Target, DemoTarget> = mergedPart("demoTargets");

/** The values for the form of an action; `{word}` is the given word and `{first}` the first option of the form. */
export const formValues = ({ fields = {} }: GridAction, word: string, form?: Form): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value.replace("{word}", word).replace("{first}", () => form?.options.get(name)?.[0] ?? "")]),
  );

/** The page that shows the effect of an action. */
export const resultPage = ({ showsResults, target, page, shownOn = page }: GridAction) =>
  showsResults && target ? `${targets[target].list}/[${target}]` : shownOn;

const organization = projectPath("app", "(portal)", "orgs", "[orgId]");

/** The existing pages and downloads, by their files. */
export const existingPages = () => globSync("**/{page.tsx,route.ts}", { cwd: organization }).sort();

/** The names of the existing actions. */
export const existingActions = () =>
  globSync("**/actions.ts", { cwd: organization })
    .flatMap((file) => [...readFileSync(`${organization}/${file}`, "utf8").matchAll(/^export const (\w+)/gm)])
    .map(([, name = ""]) => name)
    .sort();
