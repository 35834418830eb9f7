import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UserGroup } from "@/db/schema";
import { type PasswordAge, expiryReason, expiryDates, isGraceExceeded, isPasswordExpired, isPartner, expiryPeriod, reminderDays, dueReminders } from "@/lib/password-expiry/rules";

const group = fc.constantFrom<UserGroup>("customer", "partner", "public");
const days = fc.integer({ min: 1, max: 3_650 });
const periods = fc.record({ customer: fc.option(days), partner: fc.option(days), public: fc.option(days) });
const membership = fc.record({
  passwordExpiryDays: fc.option(fc.integer({ min: 1, max: 365 })),
  partner: fc.boolean(),
  orgName: fc.string(),
});
const memberships = fc.array(membership, { maxLength: 5 });
const age = fc.double({ min: 0, max: 5_000, noNaN: true });
const grace = fc.integer({ min: 0, max: 400 });
const passwordAge: fc.Arbitrary<PasswordAge> = fc.record({ ageDays: age, daysSinceNotified: fc.option(age), daysSinceReinstated: fc.option(age) });

describe("PWD-1: the expiry period", () => {
  test("the shortest period applies, and another membership never extends it", () => {
    fc.assert(
      fc.property(group, memberships, membership, periods, (userGroup, list, extra, limits) => {
        const period = expiryPeriod({ userGroup }, list, limits);
        const required = list.flatMap(({ passwordExpiryDays }) => passwordExpiryDays ?? []);
        const byGroup = limits[isPartner({ userGroup }, list) ? "partner" : userGroup];
        expect(period).toBe([...required, ...(byGroup === null ? [] : [byGroup])].sort((a, b) => a - b)[0] ?? null);
        const stricter = expiryPeriod({ userGroup }, [...list, { ...extra, partner: false }], limits);
        expect(stricter ?? Infinity).toBeLessThanOrEqual(period ?? Infinity);
      }),
    );
  });

  test("a reason exists exactly when there is a period", () => {
    fc.assert(
      fc.property(group, memberships, periods, (userGroup, list, limits) => {
        const period = expiryPeriod({ userGroup }, list, limits);
        const reason = expiryReason({ userGroup }, list, limits, "Northern Networks");
        expect(reason === null).toBe(period === null);
        if (reason) expect(reason.every).toMatch(new RegExp(`^${period} days?$`));
      }),
    );
  });

  test("the reason names the organization with the shortest period, else the operator and the group", () => {
    const limits = { customer: null, partner: 365, public: 90 };
    const strict = { passwordExpiryDays: 30, partner: true, orgName: "Tidewater Retail" };
    expect(expiryReason({ userGroup: "customer" }, [strict], limits, "Signalbox")).toEqual({ by: "Tidewater Retail", whom: "its members", every: "30 days" });
    const lax = { ...strict, passwordExpiryDays: null };
    expect(expiryReason({ userGroup: "customer" }, [lax], limits, "Signalbox")).toEqual({ by: "Signalbox", whom: "its partners", every: "365 days" });
    expect(expiryReason({ userGroup: "public" }, [], limits, "Signalbox")).toMatchObject({ whom: "everyone with an account", every: "90 days" });
    expect(expiryReason({ userGroup: "customer" }, [], limits, "Signalbox")).toBeNull();
  });
});

describe("PWD-2: due reminders", () => {
  test("with 365 days: 30, 14, 7 and 1 day before expiry, and at expiry", () => {
    const mostUrgent = (left: number) => dueReminders(365 - left, 365).at(-1);
    expect([31, 30.01, 30, 14.5, 14, 7, 6, 1.5, 1, 0.2, 0, -1, -400].map(mostUrgent)).toEqual([
      undefined, undefined, 30, 30, 14, 7, 7, 7, 1, 1, 0, 0, 0,
    ]);
  });

  test("with a short period no reminder is due on the day of the change", () => {
    expect(dueReminders(0, 30)).toEqual([]);
    expect(dueReminders(0, 7)).toEqual([]);
    expect(dueReminders(0, 1)).toEqual([]);
    expect(dueReminders(16, 30)).toEqual([14]);
  });

  test("a due reminder stays due until the password changes, and expiry always has one", () => {
    fc.assert(
      fc.property(age, age, days, (one, other, period) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        const [before, after] = [dueReminders(early, period), dueReminders(late, period)];
        expect(after.slice(0, before.length)).toEqual(before);
        expect(after.includes(0)).toBe(isPasswordExpired(late, period));
        expect(after).toEqual(reminderDays.filter((stage) => after.includes(stage)));
      }),
    );
  });
});

describe("PWD-3: the end of the grace period", () => {
  test("a full grace period after expiry, the expiry email and the reinstatement", () => {
    fc.assert(
      fc.property(passwordAge, days, grace, (at, period, graceDays) => {
        const isLate = [at.ageDays - period, at.daysSinceNotified, at.daysSinceReinstated ?? Infinity].every((since) => since !== null && since >= graceDays);
        expect(isGraceExceeded(at, period, graceDays)).toBe(isLate);
      }),
    );
  });

  test("at the announced time, not a minute earlier", () => {
    fc.assert(
      fc.property(passwordAge, days, grace, fc.double({ min: 0, max: 1_000, noNaN: true }), (at, period, graceDays, later) => {
        const now = new Date("2026-11-21T12:00:00Z");
        const notified = { ...at, daysSinceNotified: at.daysSinceNotified ?? 0 };
        const { endsAt, suspendedAt } = expiryDates(at, period, graceDays, now);
        expect(suspendedAt.getTime()).toBeGreaterThanOrEqual(Math.floor(endsAt.getTime() + graceDays * 86_400_000) - 1);
        const atLater = { ageDays: notified.ageDays + later, daysSinceNotified: notified.daysSinceNotified + later, daysSinceReinstated: notified.daysSinceReinstated === null ? null : notified.daysSinceReinstated + later };
        const left = suspendedAt.getTime() - now.getTime() - later * 86_400_000;
        if (at.ageDays >= period && Math.abs(left) > 60_000) expect(isGraceExceeded(atLater, period, graceDays)).toBe(left < 0);
      }),
    );
  });
});
