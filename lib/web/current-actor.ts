import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { findViewedAdministrator } from "@/lib/effective-access/queries";
import { type Actor, can, viewAs, viewOnlyError } from "@/lib/access/actor";
import { updateLastSeen } from "@/lib/sessions/commands";
import type { AuthSession } from "@/lib/sessions/queries";
import type { SessionMembership } from "@/lib/sessions/rules";
import { AppError } from "@/lib/shared/app-error";
import { countsAsActivity } from "@/lib/web/request";
import { activeSession } from "@/lib/web/session";
import { requestMetadata } from "@/lib/web/request-metadata";
import { fullName } from "@/lib/shared/person-name";

const touchAfterSeconds = 60;

export type OrgContext = { actor: Actor; session: AuthSession; membership: SessionMembership; /** The name of the administrator as whom the organization is viewed. */ viewedAs?: string };

/**
 * Returns who acts in the organization: the signed-in account, or its view as another administrator. "non-member" for
 * non-members, null when signed out.
 */
export const currentActor = cache(async (orgId: string): Promise<OrgContext | "non-member" | null> => {
  const own = await currentMember(orgId);
  if (own === null || own === "non-member" || own.session.viewAs?.orgId !== orgId) return own;
  return viewedContext(own, own.session.viewAs.administratorId);
});

/** The context with the role and sites of somebody else, while the account may view as others and that access lasts. */
async function viewedContext(own: OrgContext, administratorId: string): Promise<OrgContext> {
  const viewed = can(own.actor, "access.view_as") ? await findViewedAdministrator(own.actor, { administratorId }) : undefined;
  if (!viewed) return own;
  const { role, scope, sites, name } = viewed;
  const actor = viewAs(own.actor, [{ role, sites: scope === "all" ? "all" : sites }]);
  return { actor, session: own.session, membership: { ...own.membership, role, scope, sites }, viewedAs: name };
}

/** Returns the signed-in account as an actor of the organization, "non-member" for non-members, null when signed out. */
export const currentMember = cache(async (orgId: string): Promise<OrgContext | "non-member" | null> => {
  const session = await activeSession(orgId);
  if (!session) return null;
  const membership = session.memberships.find(({ orgId: id }) => id === orgId);
  if (!membership) return "non-member";
  if (!(await recordActivity(session, orgId))) return null;
  return { actor: await actorOf(session, membership), session: session, membership };
});

/** Updates the last activity of a session, without prefetches and polls; false when the session has ended meanwhile. */
export async function recordActivity(session: AuthSession, orgId: string | null): Promise<boolean> {
  const isNewOrg = orgId !== null && orgId !== session.account.lastOrganizationId;
  if (!isNewOrg && session.age.sinceUse < touchAfterSeconds) return true;
  if (!countsAsActivity(await headers())) return true;
  try {
    await updateLastSeen({ ...session, origin: await requestMetadata() }, { orgId });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") return false;
    throw error;
  }
}

/** Returns an account as the actor of one of its memberships. */
export async function actorOf({ account, sessionId }: AuthSession, { id, orgId, role, scope, sites }: SessionMembership): Promise<Actor> {
  return {
    kind: "account",
    id: account.id,
    name: fullName(account),
    email: account.email,
    orgId,
    membershipId: id,
    sessionId,
    grants: [{ role, sites: scope === "all" ? "all" : sites }],
    origin: await requestMetadata(),
  };
}

/** Returns the account as the actor of the organization that a form names; throws `not_found` for a non-member, `forbidden` while it is viewed as somebody else. */
export async function ownActor(session: AuthSession, orgId: unknown): Promise<Actor> {
  const membership = session.memberships.find((own) => own.orgId === orgId);
  if (!membership) throw new AppError("not_found", "You don’t belong to this organization");
  const current = session.viewAs?.orgId === orgId ? await currentActor(membership.orgId) : null;
  if (current && current !== "non-member" && current.actor.viewer) throw viewOnlyError();
  return actorOf(session, membership);
}
