import type { RowScope } from "@/db/tenancy";
import { type ActorKind, needsAllSites, type Permission, type Role, roleFacts } from "@/lib/vocabulary/access";
import { Fault } from "@/lib/vocabulary/fault";

/** A role, held over the whole organization or over some of its sites. */
export type Grant = { role: Role; sites: "all" | readonly string[] };

/** Where a request came from, as far as the audit log tells it. */
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

const grantsOf = (actor: Actor, permission: Permission) =>
  actor.grants.filter(
    ({ role, sites }) =>
      roleFacts[role].may.includes(permission) && (sites === "all" || !needsAllSites.includes(permission)),
  );

/** Whether the actor holds a permission anywhere in the organization; for what a page offers, never for what it does. */
export const can = (actor: Actor, permission: Permission) => grantsOf(actor, permission).length > 0;

/** May the actor do this at all, and if so: the rows it may do it to. */
export function authorize(actor: Actor, permission: Permission): RowScope {
  const held = grantsOf(actor, permission);
  if (held.length === 0) throw new Fault("forbidden", "Your role does not allow this");
  const everywhere = held.some(({ sites }) => sites === "all");
  return { orgId: actor.orgId, sites: everywhere ? "all" : held.flatMap(({ sites }) => sites) };
}
