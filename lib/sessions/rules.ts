import type { UserGroup } from "@/db/schema";
import { isOver, isPartner, type Periods, periodOf } from "@/lib/password-ages/rules";
import type { Role, ScopeKind } from "@/lib/vocabulary/access";
import { type Due, dues, type Method } from "@/lib/vocabulary/entrance";

export type SessionPolicy = { sessionMinutes: number | null; idleMinutes: number | null };

/** How long ago, in seconds on the database's clock, a session began, was last used, and its person last confirmed it. */
export type SessionAge = { sinceSignIn: number; sinceUse: number; sinceConfirmed: number };

export type HeldMembership = SessionPolicy & {
  id: string;
  orgId: string;
  orgName: string;
  role: Role;
  scope: ScopeKind;
  sites: string[];
  /** Whether its sessions were ended since this one began (SES-8). */
  signedOut: boolean;
  twoFactorRequired: boolean;
  passwordExpiryDays: number | null;
  partner: boolean;
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
export function isCurrent(age: Pick<SessionAge, "sinceSignIn" | "sinceUse">, limits: Defaults): boolean {
  const idle = limits.idleMinutes > 0 && age.sinceUse > limits.idleMinutes * 60;
  return !idle && age.sinceSignIn <= limits.sessionMinutes * 60;
}

/** Whether this session was ended for the organization, or outside of any for one of them (SES-8). */
export const isSignedOutOf = (orgId: string | undefined, held: readonly HeldMembership[]): boolean =>
  held.some((membership) => membership.signedOut && (orgId === undefined || membership.orgId === orgId));

/** Whether a session can still be used anywhere: in one of these organizations, or outside of all by whoever has none. */
export function isLive(age: Pick<SessionAge, "sinceSignIn" | "sinceUse">, endedIn: readonly string[], held: readonly HeldMembership[], defaults: Defaults) {
  if (held.length === 0) return isCurrent(age, defaults);
  return held.some(({ orgId }) => !endedIn.includes(orgId) && isCurrent(age, limitsIn(orgId, held, defaults)));
}

const methodWords: Record<Method, string> = {
  password: "password",
  link: "mailed link",
  google: "Google",
  code: "authenticator code",
  recovery: "recovery code",
  passkey: "passkey",
};
const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** How somebody proved who they are, in words: "password and authenticator code". */
export const methodsInWords = (methods: readonly Method[]): string => lists.format(methods.map((method) => methodWords[method]));

/** How many failed tries are counted; of more it is only said that there were more. */
export const mostFailed = 99;

/** Failed tries in words. */
export function triesInWords(count: number): string {
  if (count > mostFailed) return `More than ${mostFailed} failed tries`;
  return count === 1 ? "1 failed try" : `${count} failed tries`;
}

const freshSeconds = 600;

/** Whether the person proved who they are within the last ten minutes (SES-11). */
export const isFresh = ({ sinceConfirmed }: Pick<SessionAge, "sinceConfirmed">): boolean => sinceConfirmed <= freshSeconds;

type Standing = {
  account: { userGroup: UserGroup; analyticsAllowed: "yes" | "no" | null; twoFactor: boolean; passwordAgeDays: number | null };
  noticeAccepted: boolean;
  memberships: readonly HeldMembership[];
};

/** What a signed-in person must do before anything else, in order (ACC-10, ACC-23, PWD-3, PWD-5). */
export function duesOf({ account, noticeAccepted, memberships }: Standing, periods: Periods): Due[] {
  const is: Record<Due, boolean> = {
    notice: isPartner(account, memberships) && !noticeAccepted,
    password: isOver(account.passwordAgeDays, periodOf(account, memberships, periods)),
    privacy: account.analyticsAllowed === null,
    two_factor: !account.twoFactor && memberships.some(({ twoFactorRequired }) => twoFactorRequired),
  };
  return dues.filter((due) => is[due]);
}
