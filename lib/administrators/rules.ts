import type { Actor } from "@/lib/access/actor";
import { type administratorStatuses, tooManyPicked } from "@/lib/administrators/schema";
import { type Permission, rolePermissions } from "@/lib/shared/permissions";
import { type Role, roles, type ScopeKind } from "@/lib/shared/roles";
import { AppError, StaleVersionError } from "@/lib/shared/app-error";
import { formatDateTime } from "@/lib/shared/format-date-time";
import type { FormValues } from "@/lib/shared/form-state";
import { isTimeZone } from "@/lib/shared/time-zone-id";
import { parseDateInput, startOfDay, toDateInputValue } from "@/lib/shared/time-zone";

export type AdministratorStatus = (typeof administratorStatuses)[number];

export type SiteAccess = { scope: ScopeKind; names: readonly string[]; count: number };

const millisecondsPerDay = 86_400_000;
const listFormat = new Intl.ListFormat("en-GB", { type: "conjunction" });
const scopeNouns = { sites: ["site", "sites"], groups: ["site group", "site groups"] } as const;

/** Site access as a phrase: "the sites Hamburg, Kiel and 4 more". */
export function accessSummary({ scope, names, count }: SiteAccess): string {
  if (scope === "all") return "all sites";
  if (count === 0) return "no sites";
  const more = count > names.length ? [`${count - names.length} more`] : [];
  return `the ${scopeNouns[scope][count === 1 ? 0 : 1]} ${listFormat.format([...names, ...more])}`;
}

/** Site access for a table cell: "Hamburg, Kiel and 4 more". */
export function accessLabel(access: SiteAccess): string {
  const text = accessSummary(access).replace(/^the sites? (?!groups? )/, "").replace(/^the site groups? /, "Groups: ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type RoleAndScope = { role: Role; scope: ScopeKind };

/** Whether one of the actor's own grants covers the requested role and scope. */
export function canGrant(actor: Pick<Actor, "grants">, permission: Permission, { role, scope }: RoleAndScope): boolean {
  return actor.grants.some((own) => {
    if (!rolePermissions[own.role].includes(permission)) return false;
    const coversRole = rolePermissions[role].every((given) => rolePermissions[own.role].includes(given));
    // A group may contain sites that the actor cannot see, so granting a group requires all sites.
    return coversRole && (own.sites === "all" || (scope === "sites" && !roles[role].alwaysAllSites));
  });
}

export const exceedsOwnAccessError = () => new AppError("forbidden", "You can’t grant more access than you have");

export const ownAccessError = () =>
  new AppError("forbidden", "You can’t change your own access. Ask another Super User of the organization");

export const ownSessionsError = () => new AppError("forbidden", "You can’t end your own sessions here. Use My Account");

export const ownResetError = () => new AppError("forbidden", "You can’t reset your own password here. Change it in My Account");

export const notJoinedError = () => new AppError("conflict", "This invitation hasn’t been accepted yet, so there is no account");

/** Whether it is a Super User without an end date, of which an organization always keeps one. */
export const isUnlimitedSuperUser = ({ role, accessEndsAt }: { role: Role; accessEndsAt: Date | null }) => role === "super_user" && accessEndsAt === null;

export const lastSuperUserError = () =>
  new AppError("conflict", "An organization needs at least one Super User. Make someone else a Super User first");

export const lastUnlimitedSuperUserError = () =>
  new AppError("conflict", "An organization needs at least one Super User without an end date. Remove someone else’s end date first");

export const accessEndedError = () => new AppError("conflict", "This access has ended. Invite the person again to give them access");

/** The last day with access in a zone, for a date input; empty without an end date. */
export const accessEndDay = (endsAt: Date | null, zone: string): string => (endsAt ? toDateInputValue(lastMoment(endsAt), zone) : "");

/** The last day with access: "3 Mar 2027". */
export const accessEndText = (endsAt: Date, zone = "UTC"): string => formatDateTime(lastMoment(endsAt), { zone, shown: "date" });

/** The moment at which access ends, for an email: "28 Feb 2027, 23:00 UTC". */
export const accessEndMoment = (endsAt: Date | null): string => (endsAt ? `${formatDateTime(endsAt)} UTC` : "No end date");

const lastMoment = (endsAt: Date) => new Date(endsAt.getTime() - 1);

const maxAccessYears = 10;
const accessEndError = (reason: string) => new AppError("invalid", "Check the marked fields", { accessEndsOn: [reason] });

type RequestedEnd = { accessEndsOn?: string; timeZone: string; /** The exact moment instead of a day. */ accessEndsAt?: Date | null };

/**
 * When access ends whose last day was chosen in a time zone, or whose end is given exactly; unchanged without a choice, and while the day is the one that was shown.
 * Throws, beside the field, for a day that is over.
 */
export function chosenAccessEnd(current: Date | null, { accessEndsOn, timeZone, accessEndsAt }: RequestedEnd, now: Date): Date | null {
  if (accessEndsAt !== undefined) return accessEndsAt && possibleEnd(accessEndsAt, now);
  if (!isTimeZone(timeZone)) throw accessEndError("This time zone does not exist");
  if (accessEndsOn === undefined || accessEndsOn === accessEndDay(current, timeZone)) return current;
  if (accessEndsOn === "") return null;
  const day = parseDateInput(accessEndsOn, timeZone);
  if (!day) throw accessEndError("Enter a date, like 2026-11-21");
  return possibleEnd(startOfDay(day, timeZone, 1), now);
}

function possibleEnd(endsAt: Date, now: Date): Date {
  if (endsAt <= now) throw accessEndError("Choose today or a later day");
  if (endsAt > new Date(now.getTime() + maxAccessYears * 366 * millisecondsPerDay)) throw accessEndError(`Choose a day within the next ${maxAccessYears} years`);
  return endsAt;
}

type RoleAndSiteAccess = SiteAccess & { role: Role };

type AccessValues = RoleAndScope & { id: string; sites: string[]; groups: string[]; accessEndsAt: Date | null; version: number };
type CurrentAccess = AccessValues & { labels: Readonly<Record<string, string>> };

/** Initial values of the access form, for a person in this time zone. */
export const accessFormValues = ({ id, role, scope, sites, groups, accessEndsAt, version }: AccessValues, zone: string): FormValues => ({
  administratorId: id,
  role,
  scope,
  sites,
  groups,
  accessEndsOn: accessEndDay(accessEndsAt, zone),
  version: String(version),
});

/** The error for a concurrent edit: who saved first, and the current values with the names of sites and groups. */
export const staleAccessError = (current: CurrentAccess, zone: string, by = "Someone") =>
  new StaleVersionError(`${by} changed this access after you opened it`, by, accessFormValues(current, zone), current.labels);

/** The error for more sites or groups than an administrator can be given, beside the field of the names. */
export const tooManyNamedError = (kind: keyof typeof tooManyPicked) =>
  new AppError("invalid", "Check the marked fields", { [kind === "sites" ? "siteNames" : "groupNames"]: [tooManyPicked[kind]] });

type NamedAdministrator = { id: string; name: string; email: string };

/** The subject of an audit entry about an administrator. */
export const auditSubject = ({ id, name, email }: NamedAdministrator) => ({ id, label: name === email ? email : `${name} (${email})` });

/** The values that the audit log compares before and after a change. */
export const auditValues = (administrator: NamedAdministrator & RoleAndSiteAccess & { accessEndsAt: Date | null }) => ({
  name: administrator.name,
  email: administrator.email,
  role: roles[administrator.role].label,
  siteAccess: accessSummary(administrator),
  accessEnds: accessEndMoment(administrator.accessEndsAt),
});

/** Whole days since a password change. */
export const daysSince = (changedAt: Date, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - changedAt.getTime()) / millisecondsPerDay));
