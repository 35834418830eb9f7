import type { RowScope } from "@/db/tenancy";
import { type ActorKind, needsAllSites, type Permission, type Role, roleFacts } from "@/lib/vocabulary/access";
import { Fault } from "@/lib/vocabulary/fault";

/** A role over the whole organization or over some of its sites. */
export type Grant = { role: Role; sites: "all" | readonly string[] };

/** Metadata of a request for the audit log. */
export type Origin = { address: string | null; browser: string | null; requestId: string | null };

export type Actor = {
  kind: ActorKind;
  id: string;
  name: string;
  email: string | null;
  orgId: string;
  membershipId: string | null;
  grants: readonly Grant[];
  origin: Origin;
};

const grantsWith = (actor: Actor, permission: Permission) =>
  actor.grants.filter(
    ({ role, sites }) =>
      roleFacts[role].may.includes(permission) && (sites === "all" || !needsAllSites.includes(permission)),
  );

/** Whether the actor has a permission on any site; decides what a page offers, not what an operation may do. */
export const can = (actor: Actor, permission: Permission) => grantsWith(actor, permission).length > 0;

/** Returns the row scope that the permission gives the actor, or throws `forbidden`. */
export function authorize(actor: Actor, permission: Permission): RowScope {
  const grants = grantsWith(actor, permission);
  if (grants.length === 0) throw new Fault("forbidden", "Your role does not allow this");
  const allSites = grants.some(({ sites }) => sites === "all");
  return { orgId: actor.orgId, sites: allSites ? "all" : grants.flatMap(({ sites }) => sites) };
}
