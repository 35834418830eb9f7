import { globSync, readFileSync } from "node:fs";
import { demoMultiOrgMember, demoPeople, type DemoScope } from "../../db/seed/people.ts";
import { projectPath } from "../../scripts/start/paths.ts";
import { allSitesPermissions, type Permission, type Role, roles } from "../../lib/shared/roles.ts";
import type { Fields } from "../browser.ts";

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

/** What the written table says, worked out a second time and apart from the code that obeys it. */
export const mayDo = ({ role, scope }: Member, permission: Permission | null) =>
  permission === null ||
  (roles[role].permissions.includes(permission) && (scope === "all" || !allSitesPermissions.includes(permission)));

export const seesGroups = ({ scope }: Member, groups: readonly string[]) =>
  scope === "all" || ("groups" in scope && scope.groups.some((group) => groups.includes(group)));

/** Every page and download of an organization by its file, and the permission that opens it. */
export const pages: Record<string, { at: string; permission: Permission | null }> = {
  "page.tsx": { at: "", permission: null },
  "find/route.ts": { at: "find?q=a", permission: null },
  "sites/page.tsx": { at: "sites", permission: "site.read" },
  "sites/download/route.ts": { at: "sites/download", permission: "site.read" },
  "sites/new/page.tsx": { at: "sites/new", permission: "site.create" },
  "sites/[siteId]/page.tsx": { at: "sites/[site]", permission: "site.read" },
  "administrators/page.tsx": { at: "administrators", permission: "administrator.read" },
  "administrators/download/route.ts": { at: "administrators/download", permission: "administrator.read" },
  "administrators/invite/page.tsx": { at: "administrators/invite", permission: "administrator.invite" },
  "administrators/[administratorId]/page.tsx": { at: "administrators/[member]", permission: "administrator.read" },
  "audit-log/page.tsx": { at: "audit-log", permission: "audit.read" },
  "audit-log/download/route.ts": { at: "audit-log/download", permission: "audit.export" },
};

export type Target = "site" | "invitation" | "member";

export type Write = {
  permission: Permission;
  /** The page that offers it, and the words of its button. */
  at: string;
  button: string;
  fields?: (word: string) => Fields;
  target?: Target;
  /** How one sees that it happened: a new row, a changed field, a row that is gone, or by its answer alone. */
  effect: "added" | "changed" | "gone" | "none";
};

const site = (word: string): Fields => ({
  name: word,
  country: "DE",
  timeZone: "Europe/Berlin",
  address: "Grid Street 1",
});
const person = (word: string): Fields => ({
  email: `${word}@example.test`,
  firstName: "Gert",
  lastName: "Ridder",
  role: "observer",
  scope: "all",
});

/** Every change that can be made inside an organization by the name of its action. */
export const writes: Record<string, Write> = {
  createSiteAction: {
    permission: "site.create",
    at: "sites/new",
    button: "Create Site",
    fields: site,
    effect: "added",
  },
  updateSiteAction: {
    permission: "site.update",
    at: "sites/[site]",
    button: "Save",
    fields: (word) => ({ address: word }),
    target: "site",
    effect: "changed",
  },
  deleteSiteAction: {
    permission: "site.delete",
    at: "sites/[site]?dialog=delete",
    button: "Delete Site",
    target: "site",
    effect: "gone",
  },
  inviteAdministratorAction: {
    permission: "administrator.invite",
    at: "administrators/invite",
    button: "Invite",
    fields: person,
    effect: "added",
  },
  resendInvitationAction: {
    permission: "administrator.invite",
    at: "administrators/[invitation]?dialog=resend",
    button: "Resend Invitation",
    target: "invitation",
    effect: "none",
  },
  cancelInvitationAction: {
    permission: "administrator.invite",
    at: "administrators/[invitation]?dialog=cancel",
    button: "Cancel Invitation",
    target: "invitation",
    effect: "gone",
  },
  updateAdministratorAction: {
    permission: "administrator.update",
    at: "administrators/[invitation]",
    button: "Save",
    fields: () => ({ role: "helpdesk", scope: "all" }),
    target: "invitation",
    effect: "changed",
  },
  endMemberSessionsAction: {
    permission: "administrator.update",
    at: "administrators/[member]?dialog=sessions",
    button: "End Sessions",
    target: "member",
    effect: "none",
  },
  startResetAction: {
    permission: "administrator.update",
    at: "administrators/[member]?dialog=reset",
    button: "Send Password Reset",
    target: "member",
    effect: "none",
  },
  revokeAccessAction: {
    permission: "administrator.revoke",
    at: "administrators/[member]?dialog=revoke",
    button: "Revoke Access",
    target: "member",
    effect: "gone",
  },
};

const organization = projectPath("app", "(portal)", "orgs", "[orgId]");

/** The pages and downloads that are there, by their files. */
export const builtPages = () => globSync("**/{page.tsx,route.ts}", { cwd: organization }).sort();

/** The names of the actions that are there. */
export const builtActions = () =>
  globSync("**/actions.ts", { cwd: organization })
    .flatMap((file) => [...readFileSync(`${organization}/${file}`, "utf8").matchAll(/^export const (\w+)/gm)])
    .map(([, name = ""]) => name)
    .sort();
