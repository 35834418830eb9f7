import type { TenantScope } from "@/db/tenant-transaction";
import { allSitesPermissions, type Permission, rolePermissions } from "@/lib/shared/permissions";
import type { ActorKind, Role } from "@/lib/shared/roles";
import { AppError } from "@/lib/shared/app-error";

/** A role over the whole organization or over some of its sites. */
export type Grant = { role: Role; sites: "all" | readonly string[] };

/** Metadata of a request for the audit log. */
export type RequestMetadata = { ipAddress: string | null; userAgent: string | null; requestId: string | null };

export type Actor = {
  kind: ActorKind;
  id: string;
  name: string;
  email: string | null;
  orgId: string;
  membershipId: string | null;
  /** The session in which an account acts. */
  sessionId?: string;
  grants: readonly Grant[];
  origin: RequestMetadata;
  /** Who views the organization with somebody else's grants: may only read, and no more than this actor may. */
  viewer?: Actor;
};

function grantsWith(actor: Actor, permission: Permission): readonly Grant[] {
  if (actor.kind === "staff" && !permission.endsWith(".read")) return [];
  if (actor.viewer && !(permission.endsWith(".read") && can(actor.viewer, permission))) return [];
  return actor.grants.filter(
    ({ role, sites }) =>
      rolePermissions[role].includes(permission) && (sites === "all" || !allSitesPermissions.includes(permission)),
  );
}

/** The actor who views the organization with the grants of somebody else, without any site that they cannot see themselves. */
export function viewAs(viewer: Actor, grants: readonly Grant[]): Actor {
  const own = viewer.grants.some(({ sites }) => sites === "all") ? "all" : viewer.grants.flatMap(({ sites }) => sites);
  const limited = ({ role, sites }: Grant): Grant => {
    if (own === "all") return { role, sites };
    return { role, sites: sites === "all" ? own : sites.filter((site) => own.includes(site)) };
  };
  return { ...viewer, membershipId: null, grants: grants.map(limited), viewer };
}

/** Whether the actor has a permission on any site; decides what a page offers, not what an operation may do. */
export const can = (actor: Actor, permission: Permission) => grantsWith(actor, permission).length > 0;

/** Returns the row scope that the permission gives the actor, or throws `forbidden`. */
export function authorize(actor: Actor, permission: Permission): TenantScope {
  const grants = grantsWith(actor, permission);
  if (grants.length === 0) throw new AppError("forbidden", "Your role doesn’t allow this");
  const allSites = grants.some(({ sites }) => sites === "all");
  const accountId = actor.kind === "account" ? actor.id : undefined;
  const staff = actor.kind === "staff" ? ({ actor: "staff" } as const) : undefined;
  return { orgId: actor.orgId, accountId, ...staff, sites: allSites ? "all" : grants.flatMap(({ sites }) => sites) };
}

/** The error for a change while the organization is viewed as somebody else. */
export const viewOnlyError = () => new AppError("forbidden", "You are viewing as another administrator, so nothing can be changed. Exit the view first");

/** The error for a change by support staff. */
export const staffReadsOnlyError = () => new AppError("forbidden", "Support staff can view this organization, but not change it");
