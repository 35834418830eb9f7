import { expect, test } from "vitest";
import { type SessionMembership, isWithinLimits, sessionLimits, strictestLimits, type SessionPolicy, describeFailedAttempts } from "@/lib/sessions/rules";

const defaults = { sessionMinutes: 24 * 60, idleMinutes: 60 };
const policy = (sessionMinutes: number | null, idleMinutes: number | null): SessionPolicy => ({ sessionMinutes, idleMinutes });

test.each([
  ["no organization", [], defaults],
  ["no policy", [policy(null, null)], defaults],
  ["one policy", [policy(120, 10)], { sessionMinutes: 120, idleMinutes: 10 }],
  ["the strictest of several", [policy(120, 30), policy(600, 10)], { sessionMinutes: 120, idleMinutes: 10 }],
  ["a policy longer than the defaults", [policy(20_160, 480)], { sessionMinutes: 20_160, idleMinutes: 480 }],
  ["no idle limit at all", [policy(120, 0)], { sessionMinutes: 120, idleMinutes: 0 }],
  ["no idle limit in one organization, one in another", [policy(120, 0), policy(null, 15)], { sessionMinutes: 120, idleMinutes: 15 }],
  ["no idle limit in one organization, the default in another", [policy(120, 0), policy(null, null)], { sessionMinutes: 120, idleMinutes: 60 }],
])("ACC-14: limits with %s: %o", (_, policies, limits) => {
  expect(strictestLimits(policies, defaults)).toEqual(limits);
});

test("SES-3: the absolute limit ends a session regardless of its use", () => {
  const limits = { sessionMinutes: 120, idleMinutes: 10 };
  expect(isWithinLimits({ sinceSignIn: 120 * 60, sinceUse: 0 }, limits)).toBe(true);
  expect(isWithinLimits({ sinceSignIn: 120 * 60 + 1, sinceUse: 0 }, limits)).toBe(false);
});

test("SES-4: the idle limit ends an unused session; 0 means no limit", () => {
  const limits = { sessionMinutes: 120, idleMinutes: 10 };
  expect(isWithinLimits({ sinceSignIn: 700, sinceUse: 600 }, limits)).toBe(true);
  expect(isWithinLimits({ sinceSignIn: 700, sinceUse: 601 }, limits)).toBe(false);
  expect(isWithinLimits({ sinceSignIn: 7_000, sinceUse: 7_000 }, { ...limits, idleMinutes: 0 })).toBe(true);
});

const membershipIn = (orgId: string, sessionMinutes: number | null, idleMinutes: number | null): SessionMembership => ({
  ...policy(sessionMinutes, idleMinutes),
  id: orgId,
  orgId,
  orgName: orgId,
  role: "observer",
  scope: "all",
  sites: [], sessionsRevoked: false, idleSessionEnded: false, twoFactorRequired: false, passwordExpiryDays: null, passwordMinLength: null, passwordNeedsSpecial: false, partner: false,
});

test("SES-4: the strictest idle limit applies in every organization", () => {
  const memberships = [membershipIn("strict", 120, 10), membershipIn("easy", 600, 0)];
  const idleAge = { sinceSignIn: 700, sinceUse: 601 };
  for (const orgId of ["strict", "easy", "other", undefined]) {
    expect(isWithinLimits(idleAge, sessionLimits(orgId, memberships, defaults))).toBe(false);
    expect(isWithinLimits({ ...idleAge, sinceUse: 600 }, sessionLimits(orgId, memberships, defaults))).toBe(true);
  }
});

test("SES-3: the absolute limit is that of the organization in use, outside of any the strictest", () => {
  const memberships = [membershipIn("strict", 120, 10), membershipIn("easy", 600, 0)];
  const minutesIn = (orgId?: string) => sessionLimits(orgId, memberships, defaults).sessionMinutes;
  expect([minutesIn("strict"), minutesIn("easy"), minutesIn()]).toEqual([120, 600, 120]);
});

test.each([
  [1, "1 failed attempt"],
  [2, "2 failed attempts"],
  [99, "99 failed attempts"],
  [100, "More than 99 failed attempts"],
])("SES-8: %i failed attempts are shown as %s", (count, words) => {
  expect(describeFailedAttempts(count)).toBe(words);
});
