import type { Role, ScopeKind } from "@/lib/vocabulary/access";

export type SessionPolicy = { sessionMinutes: number | null; idleMinutes: number | null };

/** How long ago, in seconds on the database's clock, a session began and was last used. */
export type SessionAge = { sinceSignIn: number; sinceUse: number };

export type HeldMembership = SessionPolicy & {
  id: string;
  orgId: string;
  orgName: string;
  role: Role;
  scope: ScopeKind;
  sites: string[];
};

type Defaults = { sessionMinutes: number; idleMinutes: number };

/** The strictest limits among policies, in minutes; what no policy sets follows the installation (ACC-14). */
export function limitsOf(policies: readonly SessionPolicy[], defaults: Defaults): Defaults {
  const strictest = (own: (number | null)[], fallback: number) => {
    const set = own.map((minutes) => minutes ?? fallback).filter((minutes) => minutes > 0);
    return set.length > 0 ? Math.min(...set) : own.length > 0 ? 0 : fallback;
  };
  return {
    sessionMinutes: strictest(policies.map((policy) => policy.sessionMinutes), defaults.sessionMinutes),
    idleMinutes: strictest(policies.map((policy) => policy.idleMinutes), defaults.idleMinutes),
  };
}

/**
 * The limits of a session in one organization, or outside of any. Use anywhere keeps a session from idling, so the
 * strictest idle limit of all memberships holds everywhere; the absolute one is the organization's in use (SES-4).
 */
export function limitsIn(orgId: string | undefined, held: readonly HeldMembership[], defaults: Defaults): Defaults {
  const concerned = orgId ? held.filter((membership) => membership.orgId === orgId) : held;
  return { ...limitsOf(concerned, defaults), idleMinutes: limitsOf(held, defaults).idleMinutes };
}

/** Whether a session may still be used under these limits; an idle limit of 0 is none (SES-3, SES-4). */
export function isCurrent(age: SessionAge, limits: Defaults): boolean {
  const idle = limits.idleMinutes > 0 && age.sinceUse > limits.idleMinutes * 60;
  return !idle && age.sinceSignIn <= limits.sessionMinutes * 60;
}
