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

/** The signed-in person as an actor in this organization; "stranger" when they hold no membership there. */
export const currentActor = cache(async (orgId: string): Promise<Here | "stranger" | null> => {
  const who = await signedIn(orgId);
  if (!who) return null;
  const membership = who.memberships.find((held) => held.orgId === orgId);
  if (!membership) return "stranger";
  await noteUse(who, orgId);
  return { actor: await actorOf(who, membership), who, membership };
});

/** Keeps an active session from idling out; a prefetch or a poll is no activity. */
export async function noteUse(who: Present, orgId: string | null) {
  const isNew = orgId !== null && orgId !== who.account.lastOrganizationId;
  if (!isNew && who.age.sinceUse < touchAfterSeconds) return;
  if (countsAsActivity(await headers())) await touchSession(who, orgId, await requestOrigin());
}

/** A person as the actor of one of their memberships, without taking them to that organization. */
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
