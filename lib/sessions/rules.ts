import type { UserGroup } from "@/db/schema";
import { isOver, isPartner, type Periods, periodOf } from "@/lib/password-ages/rules";
import type { Role, ScopeKind } from "@/lib/vocabulary/access";
import { type Due, dues, type Method } from "@/lib/vocabulary/entrance";

export type SessionPolicy = { sessionMinutes: number | null; idleMinutes: number | null };

/** Seconds since a session began, was last used and was last reauthenticated, by the database clock. */
export type SessionAge = { sinceSignIn: number; sinceUse: number; sinceReauthentication: number };

export type HeldMembership = SessionPolicy & {
  id: string;
  orgId: string;
  orgName: string;
  role: Role;
  scope: ScopeKind;
  sites: string[];
  /** Whether an administrator ended the member's sessions after this one began. */
  signedOut: boolean;
  twoFactorRequired: boolean;
  passwordExpiryDays: number | null;
  partner: boolean;
};

type SessionLimits = { sessionMinutes: number; idleMinutes: number };

/** The strictest limits of several policies, in minutes; unset values use the installation's defaults. */
export function limitsOf(policies: readonly SessionPolicy[], defaults: SessionLimits): SessionLimits {
  const strictest = (values: (number | null)[], fallback: number) => {
    const set = values.map((minutes) => minutes ?? fallback).filter((minutes) => minutes > 0);
    return set.length > 0 ? Math.min(...set) : values.length > 0 ? 0 : fallback;
  };
  return {
    sessionMinutes: strictest(policies.map((policy) => policy.sessionMinutes), defaults.sessionMinutes),
    idleMinutes: strictest(policies.map((policy) => policy.idleMinutes), defaults.idleMinutes),
  };
}

/**
 * The limits of a session in one organization or outside of any. The absolute limit is that of the organization in use;
 * the idle limit is the strictest of all memberships, because use in any organization counts as activity.
 */
export function limitsIn(orgId: string | undefined, memberships: readonly HeldMembership[], defaults: SessionLimits): SessionLimits {
  const relevant = orgId ? memberships.filter((membership) => membership.orgId === orgId) : memberships;
  return { ...limitsOf(relevant, defaults), idleMinutes: limitsOf(memberships, defaults).idleMinutes };
}

/** Whether a session is within these limits; an idle limit of 0 means no limit. */
export function isCurrent(age: Pick<SessionAge, "sinceSignIn" | "sinceUse">, limits: SessionLimits): boolean {
  const isIdle = limits.idleMinutes > 0 && age.sinceUse > limits.idleMinutes * 60;
  return !isIdle && age.sinceSignIn <= limits.sessionMinutes * 60;
}

/** Whether the session was ended for this organization, or for any when no organization is given. */
export const isSignedOutOf = (orgId: string | undefined, memberships: readonly HeldMembership[]): boolean =>
  memberships.some((membership) => membership.signedOut && (orgId === undefined || membership.orgId === orgId));

/** Whether a session is usable in at least one of the organizations, or within the defaults without memberships. */
export function isLive(age: Pick<SessionAge, "sinceSignIn" | "sinceUse">, endedIn: readonly string[], memberships: readonly HeldMembership[], defaults: SessionLimits) {
  if (memberships.length === 0) return isCurrent(age, defaults);
  return memberships.some(({ orgId }) => !endedIn.includes(orgId) && isCurrent(age, limitsIn(orgId, memberships, defaults)));
}

const methodLabels: Record<Method, string> = {
  password: "password",
  link: "mailed link",
  google: "Google",
  code: "authenticator code",
  recovery: "recovery code",
  passkey: "passkey",
};
const listFormat = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** Formats authentication methods: "password and authenticator code". */
export const methodsInWords = (methods: readonly Method[]): string => listFormat.format(methods.map((method) => methodLabels[method]));

/** The highest number of failed attempts that is shown. */
export const mostFailed = 99;

/** Formats a number of failed attempts. */
export function triesInWords(count: number): string {
  if (count > mostFailed) return `More than ${mostFailed} failed tries`;
  return count === 1 ? "1 failed try" : `${count} failed tries`;
}

const recentAuthSeconds = 600;

/** Whether the session was authenticated within the last ten minutes. */
export const isFresh = ({ sinceReauthentication }: Pick<SessionAge, "sinceReauthentication">): boolean => sinceReauthentication <= recentAuthSeconds;

type SessionState = {
  account: { userGroup: UserGroup; analyticsAllowed: "yes" | "no" | null; twoFactor: boolean; passwordAgeDays: number | null };
  loginTermsAccepted: boolean;
  memberships: readonly HeldMembership[];
};

/** The steps that a signed-in person must complete before anything else, in order. */
export function duesOf({ account, loginTermsAccepted, memberships }: SessionState, periods: Periods): Due[] {
  const isPending: Record<Due, boolean> = {
    notice: isPartner(account, memberships) && !loginTermsAccepted,
    password: isOver(account.passwordAgeDays, periodOf(account, memberships, periods)),
    privacy: account.analyticsAllowed === null,
    two_factor: !account.twoFactor && memberships.some(({ twoFactorRequired }) => twoFactorRequired),
  };
  return dues.filter((step) => isPending[step]);
}
