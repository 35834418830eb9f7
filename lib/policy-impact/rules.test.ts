import { expect, test } from "vitest";
import { describeImpact, isStricter, type MemberImpact, memberEffects, type Policy, type PolicyImpact, policyOf } from "@/lib/policy-impact/rules";

const none: Policy = { twoFactorRequired: false, minLength: null, needsSpecial: false, expiryDays: null, sessionMinutes: null, idleMinutes: null };
const defaults = { sessionMinutes: 24 * 60, idleMinutes: 60 };

test("ORG-2: a password policy counts while it is enabled", () => {
  const rules = { min_length: 14, requires_special_char: true, requires_two_factor_auth: true, expiry_in_days: 90 };
  expect(policyOf({ password_policy: rules, session_expiry: 120, ui_idle_timeout: 0 })).toEqual({ ...none, sessionMinutes: 120, idleMinutes: 0 });
  expect(policyOf({ password_policy: { enabled: true, ...rules } })).toEqual({ ...none, twoFactorRequired: true, minLength: 14, needsSpecial: true, expiryDays: 90 });
  expect(policyOf({})).toEqual(none);
});

test.each<[string, Partial<Policy>, Partial<Policy>]>([
  ["two-factor authentication", {}, { twoFactorRequired: true }],
  ["special characters", {}, { needsSpecial: true }],
  ["a length beyond that of every password", {}, { minLength: 9 }],
  ["a longer length", { minLength: 12 }, { minLength: 13 }],
  ["an expiry", {}, { expiryDays: 365 }],
  ["a shorter expiry", { expiryDays: 90 }, { expiryDays: 30 }],
  ["a session timeout below the default", {}, { sessionMinutes: 600 }],
  ["the default instead of a longer session timeout", { sessionMinutes: 20_160 }, {}],
  ["an inactivity timeout where there was none", { idleMinutes: 0 }, { idleMinutes: 480 }],
  ["the default instead of no inactivity timeout", { idleMinutes: 0 }, {}],
])("ORG-2, ORG-3: %s is stricter, and the way back is not", (_, before, after) => {
  expect(isStricter({ ...none, ...after }, { ...none, ...before }, defaults)).toBe(true);
  expect(isStricter({ ...none, ...before }, { ...none, ...after }, defaults)).toBe(false);
});

test("ORG-2: a minimum that every password has, and the same policy, are not stricter", () => {
  expect(isStricter({ ...none, minLength: 8 }, none, defaults)).toBe(false);
  expect(isStricter({ ...none, sessionMinutes: 1_440, idleMinutes: 60 }, none, defaults)).toBe(false);
});

const nobody: PolicyImpact = { twoFactor: 0, twoFactorSuperUsers: 0, checkedPasswords: 0, expiredPasswords: 0, endedSessions: 0, others: 0, own: null };
const untouched: MemberImpact = { isSuperUser: true, mustSetUpTwoFactor: false, passwordIsChecked: false, passwordExpired: false, endedSessions: 0, ownSessionEnds: false };
const effects = (impact: Partial<PolicyImpact>, policy: Partial<Policy> = {}) => describeImpact({ ...nobody, ...impact }, { ...none, ...policy })?.effects;

test("ORG-2, ORG-3: the impact is said in numbers", () => {
  expect(describeImpact(nobody, none)).toBeNull();
  expect(effects({ twoFactor: 4, twoFactorSuperUsers: 2 })).toEqual(["4 members must set up two-factor authentication at their next request, 2 of them Super Users."]);
  expect(effects({ twoFactor: 4, twoFactorSuperUsers: 1 })).toEqual(["4 members must set up two-factor authentication at their next request, 1 of them a Super User."]);
  expect(effects({ twoFactor: 1, twoFactorSuperUsers: 1 })).toEqual(["1 member must set up two-factor authentication at their next request, a Super User."]);
  expect(effects({ twoFactor: 1_240 })).toEqual(["1,240 members must set up two-factor authentication at their next request."]);
  expect(effects({ endedSessions: 11, own: { ...untouched, endedSessions: 2, ownSessionEnds: true } })).toEqual(["11 open sessions end at once, yours among them."]);
  expect(effects({ endedSessions: 1, own: { ...untouched, endedSessions: 1, ownSessionEnds: true } })).toEqual(["1 open session ends at once: yours."]);
  expect(effects({ checkedPasswords: 9 }, { minLength: 14, needsSpecial: true })).toEqual([
    "Passwords can’t be checked now: 9 members must choose a new one at their next sign-in, unless theirs has at least 14 characters and a special character.",
  ]);
  expect(effects({ expiredPasswords: 3 })).toEqual(["3 passwords have expired: their owners choose new ones at the next request."]);
  expect(effects({ expiredPasswords: 1 })).toEqual(["1 password has expired: its owner chooses a new one at the next request."]);
});

test("ORG-2, ORG-3: whoever would lock themselves out is told so", () => {
  const own = { ...untouched, mustSetUpTwoFactor: true, passwordIsChecked: true, passwordExpired: true, endedSessions: 1, ownSessionEnds: true };
  const impact = describeImpact({ ...nobody, twoFactor: 1, own }, none);
  expect(impact?.warnings).toEqual([
    "You’ll be signed out and must sign in again.",
    "You must set up two-factor authentication yourself before you can do anything else. Have an authenticator app ready.",
    "Your own password will have expired. You choose a new one before you can do anything else.",
  ]);
  expect(describeImpact({ ...nobody, checkedPasswords: 1, own: { ...untouched, passwordIsChecked: true } }, none)?.warnings).toEqual(["Your own password is checked at your next sign-in."]);
  expect(describeImpact({ ...nobody, endedSessions: 1, own: { ...untouched, endedSessions: 1 } }, none)?.warnings).toEqual([]);
});

test("ORG-2: a member is told only what touches them", () => {
  expect(memberEffects({ ...untouched, passwordIsChecked: true }, { ...none, minLength: 12 })).toEqual({
    twoFactor: "",
    sessions: "",
    password: "A password must have at least 12 characters. If yours doesn’t, you choose a new one at your next sign-in.",
    expiry: "",
  });
  expect(memberEffects({ ...untouched, passwordExpired: true }, { ...none, expiryDays: 1 }).expiry).toContain("valid for 1 day.");
});
