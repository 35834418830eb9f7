import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import type { Actor } from "@/lib/access/actor";
import { touchSession } from "@/lib/sessions/commands";
import type { Present } from "@/lib/sessions/queries";
import type { HeldMembership } from "@/lib/sessions/rules";
import { countsAsActivity } from "@/lib/web/request";
import { signedIn } from "@/lib/web/session";
import { requestOrigin } from "@/lib/web/visitor";

const touchAfterSeconds = 60;

export type Here = { actor: Actor; who: Present; membership: HeldMembership };

/** Returns the signed-in account as an actor of the organization, "stranger" for non-members, null when signed out. */
export const currentActor = cache(async (orgId: string): Promise<Here | "stranger" | null> => {
  const session = await signedIn(orgId);
  if (!session) return null;
  const membership = session.memberships.find(({ orgId: id }) => id === orgId);
  if (!membership) return "stranger";
  await noteUse(session, orgId);
  return { actor: await actorOf(session, membership), who: session, membership };
});

/** Updates the last activity of a session; prefetches and polls do not count. */
export async function noteUse(session: Present, orgId: string | null) {
  const isNewOrg = orgId !== null && orgId !== session.account.lastOrganizationId;
  if (!isNewOrg && session.age.sinceUse < touchAfterSeconds) return;
  if (countsAsActivity(await headers())) await touchSession(session, orgId, await requestOrigin());
}

/** Returns an account as the actor of one of its memberships. */
export async function actorOf({ account }: Present, { id, orgId, role, scope, sites }: HeldMembership): Promise<Actor> {
  return {
    kind: "account",
    id: account.id,
    name: `${account.firstName} ${account.lastName}`,
    email: account.email,
    orgId,
    membershipId: id,
    grants: [{ role, sites: scope === "all" ? "all" : sites }],
    origin: await requestOrigin(),
  };
}
