import type { Actor } from "@/lib/access/actor";
import { type Permission, type Role, roleFacts, type ScopeKind } from "@/lib/vocabulary/access";
import { Fault, Overtaken } from "@/lib/vocabulary/fault";
import type { FormValues } from "@/lib/vocabulary/result";

export const statuses = ["active", "accepted", "invited", "expired", "suspended"] as const;
export type Status = (typeof statuses)[number];

export type Reach = { scope: ScopeKind; names: readonly string[]; count: number };

const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });
const named = { sites: ["site", "sites"], groups: ["site group", "site groups"] } as const;

/** Site access in a few words, naming as many places as were handed in: "the sites Hamburg, Kiel and 4 more". */
export function accessWords({ scope, names, count }: Reach): string {
  if (scope === "all") return "all sites";
  if (count === 0) return "no sites";
  const more = count > names.length ? [`${count - names.length} more`] : [];
  return `the ${named[scope][count === 1 ? 0 : 1]} ${lists.format([...names, ...more])}`;
}

/** The same at the beginning of a cell. */
export function accessCell(reach: Reach): string {
  const words = accessWords(reach).replace(/^the sites? (?!groups? )/, "").replace(/^the site groups? /, "Groups: ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type Wanted = { role: Role; scope: ScopeKind };

/** Whether somebody's own grants cover what they are about to give: nobody grants wider than their own (TEN-7). */
export function mayGrant(actor: Pick<Actor, "grants">, permission: Permission, { role, scope }: Wanted): boolean {
  return actor.grants.some((own) => {
    if (!roleFacts[own.role].may.includes(permission)) return false;
    const everyPermission = roleFacts[role].may.every((given) => roleFacts[own.role].may.includes(given));
    // A group may hold sites that the giver does not see, so giving one takes all sites.
    return everyPermission && (own.sites === "all" || (scope === "sites" && !roleFacts[role].alwaysAllSites));
  });
}

export const widerThanOwn = () => new Fault("forbidden", "Nobody gives a role or site access wider than their own");

export const ownAccess = () =>
  new Fault("forbidden", "Nobody changes their own access. Ask another Super User of the organization");

export const ownSessions = () => new Fault("forbidden", "Nobody ends their own sessions here. My Account lists them");

export const ownReset = () => new Fault("forbidden", "Nobody starts their own reset here. My Account changes your password");

export const notJoined = () => new Fault("conflict", "This invitation was not taken up yet, so there is no account behind it");

export const lastSuperUser = () =>
  new Fault("conflict", "An organization keeps at least one Super User. Make somebody else Super User first");

type Facts = Reach & { role: Role };

type Access = Wanted & { id: string; sites: string[]; groups: string[]; version: number };

/** What a form about somebody's access begins with. */
export const formOf = ({ id, role, scope, sites, groups, version }: Access): FormValues => ({
  administratorId: id,
  role,
  scope,
  sites,
  groups,
  version: String(version),
});

/** Tells the second of two people who saved who was first and what stands now. */
export const savedMeanwhile = (now: Access, by = "Somebody") =>
  new Overtaken(`${by} saved this access after it was opened here`, by, formOf(now));

type Person = { id: string; name: string; email: string };

/** How a person is called in the audit log. */
export const labelOf = ({ id, name, email }: Person) => ({ id, label: `${name} (${email})` });

/** What the audit log shows of a person's access. */
export const shown = (facts: Person & Facts) => ({
  name: facts.name,
  email: facts.email,
  role: roleFacts[facts.role].label,
  siteAccess: accessWords(facts),
});

const millisecondsADay = 86_400_000;

/** How many whole days ago a password was changed (PWD-6). */
export const daysSince = (changedAt: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - changedAt.getTime()) / millisecondsADay));
