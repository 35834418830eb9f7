import type { Actor } from "@/lib/access/actor";
import { type Permission, type Role, roleFacts, type ScopeKind } from "@/lib/vocabulary/access";
import { Fault, Overtaken } from "@/lib/vocabulary/fault";
import type { FormValues } from "@/lib/vocabulary/result";

export const statuses = ["active", "accepted", "invited", "expired", "suspended"] as const;
export type Status = (typeof statuses)[number];

export type Reach = { scope: ScopeKind; names: readonly string[]; count: number };

const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });
const named = { sites: ["site", "sites"], groups: ["site group", "site groups"] } as const;

/** Site access as a phrase: "the sites Hamburg, Kiel and 4 more". */
export function accessWords({ scope, names, count }: Reach): string {
  if (scope === "all") return "all sites";
  if (count === 0) return "no sites";
  const more = count > names.length ? [`${count - names.length} more`] : [];
  return `the ${named[scope][count === 1 ? 0 : 1]} ${lists.format([...names, ...more])}`;
}

/** Site access for a table cell: "Hamburg, Kiel and 4 more". */
export function accessCell(access: Reach): string {
  const text = accessWords(access).replace(/^the sites? (?!groups? )/, "").replace(/^the site groups? /, "Groups: ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Wanted = { role: Role; scope: ScopeKind };

/** Whether one of the actor's own grants covers the requested role and scope. */
export function mayGrant(actor: Pick<Actor, "grants">, permission: Permission, { role, scope }: Wanted): boolean {
  return actor.grants.some((own) => {
    if (!roleFacts[own.role].may.includes(permission)) return false;
    const coversRole = roleFacts[role].may.every((given) => roleFacts[own.role].may.includes(given));
    // A group may contain sites that the actor cannot see, so granting a group requires all sites.
    return coversRole && (own.sites === "all" || (scope === "sites" && !roleFacts[role].alwaysAllSites));
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

/** Initial values of the access form. */
export const formOf = ({ id, role, scope, sites, groups, version }: Access): FormValues => ({
  administratorId: id,
  role,
  scope,
  sites,
  groups,
  version: String(version),
});

/** The error for a concurrent edit: who saved first, and the current values. */
export const savedMeanwhile = (current: Access, by = "Somebody") =>
  new Overtaken(`${by} saved this access after it was opened here`, by, formOf(current));

type Person = { id: string; name: string; email: string };

/** The subject of an audit entry about an administrator. */
export const labelOf = ({ id, name, email }: Person) => ({ id, label: `${name} (${email})` });

/** The values that the audit log compares before and after a change. */
export const shown = (administrator: Person & Facts) => ({
  name: administrator.name,
  email: administrator.email,
  role: roleFacts[administrator.role].label,
  siteAccess: accessWords(administrator),
});

const millisecondsADay = 86_400_000;

/** Whole days since a password change. */
export const daysSince = (changedAt: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - changedAt.getTime()) / millisecondsADay));
