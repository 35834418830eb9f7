import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import type { Actor } from "@/lib/access/actor";
import { updateLastSeen } from "@/lib/sessions/commands";
import type { AuthSession } from "@/lib/sessions/queries";
import type { SessionMembership } from "@/lib/sessions/rules";
import { countsAsActivity } from "@/lib/web/request";
import { activeSession } from "@/lib/web/session";
import { requestMetadata } from "@/lib/web/request-metadata";

const touchAfterSeconds = 60;

export type OrgContext = { actor: Actor; session: AuthSession; membership: SessionMembership };

/** Returns the signed-in account as an actor of the organization, "non-member" for non-members, null when signed out. */
export const currentActor = cache(async (orgId: string): Promise<OrgContext | "non-member" | null> => {
  const session = await activeSession(orgId);
  if (!session) return null;
  const membership = session.memberships.find(({ orgId: id }) => id === orgId);
  if (!membership) return "non-member";
  await recordActivity(session, orgId);
  return { actor: await actorOf(session, membership), session: session, membership };
});

/** Updates the last activity of a session; prefetches and polls do not count. */
export async function recordActivity(session: AuthSession, orgId: string | null) {
  const isNewOrg = orgId !== null && orgId !== session.account.lastOrganizationId;
  if (!isNewOrg && session.age.sinceUse < touchAfterSeconds) return;
  if (countsAsActivity(await headers())) await updateLastSeen(session, orgId, await requestMetadata());
}

/** Returns an account as the actor of one of its memberships. */
export async function actorOf({ account }: AuthSession, { id, orgId, role, scope, sites }: SessionMembership): Promise<Actor> {
  return {
    kind: "account",
    id: account.id,
    name: `${account.firstName} ${account.lastName}`,
    email: account.email,
    orgId,
    membershipId: id,
    grants: [{ role, sites: scope === "all" ? "all" : sites }],
    origin: await requestMetadata(),
  };
}
