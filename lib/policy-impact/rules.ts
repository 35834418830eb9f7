import { valueAt, type SettingsDocument } from "@/lib/shared/settings/document";
import type { ChangeImpact } from "@/lib/shared/form-state";
import { countText } from "@/lib/shared/count-text";
import { minPasswordLength } from "@/lib/shared/password-rules";

/** What an organization demands of passwords and sessions; null where it demands nothing of its own. */
export type Policy = {
  twoFactorRequired: boolean;
  minLength: number | null;
  needsSpecial: boolean;
  expiryDays: number | null;
  sessionMinutes: number | null;
  idleMinutes: number | null;
};

const numberAt = (document: SettingsDocument, path: string) => (valueAt(document, path) as number | undefined) ?? null;

/** The policy that settings state, as the columns of the organization have it. */
export function policyOf(document: SettingsDocument): Policy {
  const isEnabled = valueAt(document, "password_policy.enabled") === true;
  const demands = (name: string) => isEnabled && valueAt(document, `password_policy.${name}`) === true;
  const limit = (name: string) => (isEnabled ? numberAt(document, `password_policy.${name}`) : null);
  return {
    twoFactorRequired: demands("requires_two_factor_auth"),
    minLength: limit("min_length"),
    needsSpecial: demands("requires_special_char"),
    expiryDays: limit("expiry_in_days"),
    sessionMinutes: numberAt(document, "session_expiry"),
    idleMinutes: numberAt(document, "ui_idle_timeout"),
  };
}

type SessionLimits = { sessionMinutes: number; idleMinutes: number };

/** Whether a policy demands more than another in any respect; where it sets no session limits, the defaults count. */
export function isStricter(next: Policy, present: Policy, defaults: SessionLimits): boolean {
  const idle = ({ idleMinutes }: Policy) => (idleMinutes ?? defaults.idleMinutes) || Infinity;
  return (
    (next.twoFactorRequired && !present.twoFactorRequired) ||
    (next.needsSpecial && !present.needsSpecial) ||
    Math.max(next.minLength ?? 0, minPasswordLength) > Math.max(present.minLength ?? 0, minPasswordLength) ||
    (next.expiryDays ?? Infinity) < (present.expiryDays ?? Infinity) ||
    (next.sessionMinutes ?? defaults.sessionMinutes) < (present.sessionMinutes ?? defaults.sessionMinutes) ||
    idle(next) < idle(present)
  );
}

/** How a stricter policy touches one member. */
export type MemberImpact = {
  isSuperUser: boolean;
  mustSetUpTwoFactor: boolean;
  passwordIsChecked: boolean;
  passwordExpired: boolean;
  endedSessions: number;
  ownSessionEnds: boolean;
};

/** How many members a stricter policy touches, and how it touches the one who makes the change. */
export type PolicyImpact = {
  twoFactor: number;
  twoFactorSuperUsers: number;
  checkedPasswords: number;
  expiredPasswords: number;
  endedSessions: number;
  /** Members other than the one who makes the change. */
  others: number;
  own: MemberImpact | null;
};

/** What a password must have, as the end of a sentence: "at least 14 characters and a special character". */
export function passwordDemands({ minLength, needsSpecial }: Policy): string {
  return [`at least ${Math.max(minLength ?? 0, minPasswordLength)} characters`, ...(needsSpecial ? ["a special character"] : [])].join(" and ");
}

const oneOf = (count: number, one: string, many: string) => (count === 1 ? one : many);

function superUsersAmong({ twoFactor, twoFactorSuperUsers }: PolicyImpact): string {
  if (twoFactorSuperUsers === 0) return "";
  return twoFactor === 1 ? ", a Super User" : `, ${countText(twoFactorSuperUsers, "of them a Super User", "of them Super Users")}`;
}

function effectsOn(impact: PolicyImpact, policy: Policy): string[] {
  const { twoFactor, endedSessions, checkedPasswords, expiredPasswords, own } = impact;
  const yours = own?.ownSessionEnds ? oneOf(endedSessions, ": yours", ", yours among them") : "";
  return [
    ...(twoFactor > 0 ? [`${countText(twoFactor, "member")} must set up two-factor authentication at their next request${superUsersAmong(impact)}.`] : []),
    ...(endedSessions > 0 ? [`${countText(endedSessions, "open session ends", "open sessions end")} at once${yours}.`] : []),
    ...(checkedPasswords > 0
      ? [`Passwords can’t be checked now: ${countText(checkedPasswords, "member")} must choose a new one at their next sign-in, unless theirs has ${passwordDemands(policy)}.`]
      : []),
    ...(expiredPasswords > 0
      ? [`${countText(expiredPasswords, "password has expired: its owner chooses a new one", "passwords have expired: their owners choose new ones")} at the next request.`]
      : []),
  ];
}

function warningsFor({ own }: PolicyImpact): string[] {
  if (!own) return [];
  return [
    ...(own.ownSessionEnds ? ["You’ll be signed out and must sign in again."] : []),
    ...(own.mustSetUpTwoFactor ? ["You must set up two-factor authentication yourself before you can do anything else. Have an authenticator app ready."] : []),
    ...(own.passwordExpired ? ["Your own password will have expired. You choose a new one before you can do anything else."] : []),
    ...(own.passwordIsChecked && !own.passwordExpired ? ["Your own password is checked at your next sign-in."] : []),
  ];
}

/** The impact in words; null when nobody is touched. */
export function describeImpact(impact: PolicyImpact, policy: Policy): ChangeImpact | null {
  const effects = effectsOn(impact, policy);
  return effects.length > 0 ? { effects, warnings: warningsFor(impact), others: impact.others } : null;
}

/** What a member is told by email about each effect; empty for what does not touch them. */
export function memberEffects(member: MemberImpact, policy: Policy) {
  const { mustSetUpTwoFactor, endedSessions, passwordIsChecked, passwordExpired } = member;
  const when = (isTouched: boolean, text: string) => (isTouched ? text : "");
  return {
    twoFactor: when(mustSetUpTwoFactor, "Two-factor authentication is required. You set it up when you next open the portal; it takes two minutes, with any authenticator app."),
    sessions: when(endedSessions > 0, "Sessions end sooner than before, so you were signed out. Sign in again to continue."),
    password: when(passwordIsChecked, `A password must have ${passwordDemands(policy)}. If yours doesn’t, you choose a new one at your next sign-in.`),
    expiry: when(passwordExpired, `A password is valid for ${countText(policy.expiryDays ?? 0, "day")}. Yours is older, so you choose a new one when you next open the portal.`),
  };
}
