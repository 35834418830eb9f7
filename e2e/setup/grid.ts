import { globSync, readFileSync } from "node:fs";
import { demoMultiOrgMember, demoPeople, type DemoScope } from "../../db/seed/people.ts";
import { projectPath } from "../../scripts/start/paths.ts";
import type { DemoAction, DemoTarget, OrgRoute } from "../../lib/shared/define-area.ts";
import { allSitesPermissions, type Permission, rolePermissions } from "../../lib/shared/permissions.ts";
import { type KeyOf, mergedPart } from "../../lib/shared/registry.ts";
import type { Role } from "../../lib/shared/roles.ts";
import type { Fields, Form } from "../browser.ts";

export type OrgName = "Tidewater Retail" | "Harbourline Logistics";
export type Member = { email: string; organization: OrgName; role: Role; scope: DemoScope };

/** Everybody who holds a role somewhere in the demo world. */
export const members: readonly Member[] = [...demoPeople, { ...demoMultiOrgMember, organization: "Harbourline Logistics" }];

export const superUserOf: Record<OrgName, string> = {
  "Tidewater Retail": "mara.okafor@tidewater.example",
  "Harbourline Logistics": "ada.harbourline@harbourline.example",
};

/** Groups of sites that some scoped people hold and others do not. */
export const sharedGroups: Record<OrgName, readonly string[]> = {
  "Tidewater Retail": ["DACH", "Large stores"],
  "Harbourline Logistics": ["Harbourline Ports"],
};

/** Somebody of each organization whom no test means to change. */
export const bystanders: Record<OrgName, string> = {
  "Tidewater Retail": "aiko.tanaka@tidewater.example",
  "Harbourline Logistics": "clara.harbourline@harbourline.example",
};

/** Whether a role and its scope hold a permission, computed independently of the code under test. */
export const mayDo = ({ role, scope }: Member, permission: Permission) =>
  rolePermissions[role].includes(permission) && (scope === "all" || !allSitesPermissions.includes(permission));

export const seesGroups = ({ scope }: Member, groups: readonly string[]) =>
  scope === "all" || ("groups" in scope && scope.groups.some((group) => groups.includes(group)));

/** Every page and download of an organization by its file, and the permission that opens it. */
export const pages: Record<string, { at: string; permission: Permission }> = Object.fromEntries([
  ...Object.entries(mergedPart("pages")).map(([route, page]) => gridEntry(route, "page.tsx", page)),
  ...Object.entries(mergedPart("downloads")).map(([route, page]) => gridEntry(route, "route.ts", page)),
]);

function gridEntry(route: string, file: string, { permission, path = route }: OrgRoute) {
  return [`${route}/${file}`.replace(/^\//, ""), { at: path, permission: permission as Permission }] as const;
}

export type Target = KeyOf<"demoTargets">;
export type Write = DemoAction & { permission: Permission; target?: Target };

/** Every change that can be made inside an organization by the name of its action. */
export const writes = mergedPart("actions") as Record<string, Write>;
export const targets: Record<Target, DemoTarget> = mergedPart("demoTargets");

/** The values for the form of a change, with a new word; `{first}` is the first option that the form offers. */
export const fieldsOf = ({ fields = {} }: Write, word: string, form?: Form): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value.replace("{word}", word).replace("{first}", () => form?.options.get(name)?.[0] ?? "")]),
  );

/** The page on which the effect of a change shows. */
export const pageOfTarget = ({ showsResults, target, page }: Write) =>
  showsResults && target ? `${targets[target].list}/[${target}]` : page;

const organization = projectPath("app", "(portal)", "orgs", "[orgId]");

/** The pages and downloads that are there, by their files. */
export const builtPages = () => globSync("**/{page.tsx,route.ts}", { cwd: organization }).sort();

/** The names of the actions that are there. */
export const builtActions = () =>
  globSync("**/actions.ts", { cwd: organization })
    .flatMap((file) => [...readFileSync(`${organization}/${file}`, "utf8").matchAll(/^export const (\w+)/gm)])
    .map(([, name = ""]) => name)
    .sort();
