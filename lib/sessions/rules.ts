import { AppError } from "@/lib/shared/app-error";
import type { UserGroup } from "@/db/schema";
import { isPasswordExpired, isPartner, type ExpiryPeriods, expiryPeriod } from "@/lib/password-expiry/rules";
import type { Role, ScopeKind } from "@/lib/shared/roles";
import type { UnmetPasswordRules } from "@/lib/shared/password-rules";
import { type PendingStep, pendingSteps, type AuthMethod } from "@/lib/shared/login-flow";

export type SessionPolicy = { sessionMinutes: number | null; idleMinutes: number | null };

/** Seconds since a session began, was last used and was last reauthenticated, by the database clock. */
export type SessionAge = { sinceSignIn: number; sinceUse: number; sinceReauthentication: number };

export type SessionMembership = SessionPolicy & {
  id: string;
  orgId: string;
  orgName: string;
  role: Role;
  scope: ScopeKind;
  sites: string[];
  /** Whether this session began before an administrator, or a timeout that held then, ended the member's sessions. */
  sessionsRevoked: boolean;
  /** Whether an inactivity timeout that held then has ended this session, in every organization. */
  idleSessionEnded: boolean;
  twoFactorRequired: boolean;
  passwordExpiryDays: number | null;
  passwordMinLength: number | null;
  passwordNeedsSpecial: boolean;
  partner: boolean;
};

type SessionLimits = { sessionMinutes: number; idleMinutes: number };

/** The strictest limits of several policies, in minutes; unset values use the installation's defaults. */
export function strictestLimits(policies: readonly SessionPolicy[], defaults: SessionLimits): SessionLimits {
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
export function sessionLimits(orgId: string | undefined, memberships: readonly SessionMembership[], defaults: SessionLimits): SessionLimits {
  const relevant = orgId ? memberships.filter((membership) => membership.orgId === orgId) : memberships;
  return { ...strictestLimits(relevant, defaults), idleMinutes: strictestLimits(memberships, defaults).idleMinutes };
}

/** Whether a session is within these limits; an idle limit of 0 means no limit. */
export function isWithinLimits(age: Pick<SessionAge, "sinceSignIn" | "sinceUse">, limits: SessionLimits): boolean {
  const isIdle = limits.idleMinutes > 0 && age.sinceUse > limits.idleMinutes * 60;
  return !isIdle && age.sinceSignIn <= limits.sessionMinutes * 60;
}

/** Whether the session was ended for this organization, or for any when no organization is given. */
export const isRevokedForOrg = (orgId: string | undefined, memberships: readonly SessionMembership[]): boolean =>
  memberships.some(({ sessionsRevoked, idleSessionEnded, orgId: id }) => idleSessionEnded || (sessionsRevoked && (orgId === undefined || id === orgId)));

/** Whether a session is usable in at least one of the organizations, or within the defaults without memberships. */
export function isUsableAnywhere(age: Pick<SessionAge, "sinceSignIn" | "sinceUse">, endedIn: readonly string[], memberships: readonly SessionMembership[], defaults: SessionLimits) {
  if (memberships.length === 0) return isWithinLimits(age, defaults);
  return memberships.some(({ orgId }) => !endedIn.includes(orgId) && isWithinLimits(age, sessionLimits(orgId, memberships, defaults)));
}

const methodLabels: Record<AuthMethod, string> = {
  password: "password",
  link: "mailed link",
  google: "Google",
  code: "authenticator code",
  recovery: "recovery code",
  passkey: "passkey",
};
const listFormat = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** Formats authentication methods: "password and authenticator code". */
export const describeMethods = (methods: readonly AuthMethod[]): string => listFormat.format(methods.map((method) => methodLabels[method]));

/** The highest number of failed attempts that is shown. */
export const maxFailedCount = 99;

/** Formats a number of failed attempts. */
export function describeFailedAttempts(count: number): string {
  if (count > maxFailedCount) return `More than ${maxFailedCount} failed attempts`;
  return count === 1 ? "1 failed attempt" : `${count} failed attempts`;
}

const recentAuthSeconds = 600;

/** Whether the session was authenticated within the last ten minutes. */
export const hasRecentAuth = ({ sinceReauthentication }: Pick<SessionAge, "sinceReauthentication">): boolean => sinceReauthentication <= recentAuthSeconds;

/** The error for an action that needs a recent authentication. */
export const needsRecentAuthError = () => new AppError("unauthenticated", "Confirm it’s you first: open this page again");

type SessionState = {
  account: { userGroup: UserGroup; analyticsAllowed: "yes" | "no" | null; twoFactor: boolean; passwordAgeDays: number | null };
  loginTermsAccepted: boolean;
  unmetPasswordRules: UnmetPasswordRules | null;
  memberships: readonly SessionMembership[];
};

/** The organizations whose rules the password with which the session began does not meet; none once they ask for less. */
export function orgsWithUnmetRules({ unmetPasswordRules: unmet, memberships }: Pick<SessionState, "unmetPasswordRules" | "memberships">): SessionMembership[] {
  if (!unmet) return [];
  const { minLength = Infinity, special } = unmet;
  return memberships.filter(({ passwordMinLength, passwordNeedsSpecial }) => (passwordMinLength ?? 0) >= minLength || (passwordNeedsSpecial && special));
}

/** The steps that a signed-in person must complete before anything else, in order. */
export function outstandingSteps(session: SessionState, periods: ExpiryPeriods): PendingStep[] {
  const { account, loginTermsAccepted, memberships } = session;
  const isExpired = isPasswordExpired(account.passwordAgeDays, expiryPeriod(account, memberships, periods));
  const isPending: Record<PendingStep, boolean> = {
    notice: isPartner(account, memberships) && !loginTermsAccepted,
    password: isExpired || orgsWithUnmetRules(session).length > 0,
    privacy: account.analyticsAllowed === null,
    two_factor: !account.twoFactor && memberships.some(({ twoFactorRequired }) => twoFactorRequired),
  };
  return pendingSteps.filter((step) => isPending[step]);
}
