import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { UserGroup } from "@/db/schema";
import { type Clock, demandOf, endsOf, isForfeit, isOver, isPartner, periodOf, stages, stagesDue } from "@/lib/password-ages/rules";

const group = fc.constantFrom<UserGroup>("customer", "partner", "public");
const days = fc.integer({ min: 1, max: 3_650 });
const periods = fc.record({ customer: fc.option(days), partner: fc.option(days), public: fc.option(days) });
const membership = fc.record({
  passwordExpiryDays: fc.option(fc.integer({ min: 1, max: 365 })),
  partner: fc.boolean(),
  orgName: fc.string(),
});
const held = fc.array(membership, { maxLength: 5 });
const age = fc.double({ min: 0, max: 5_000, noNaN: true });
const grace = fc.integer({ min: 0, max: 400 });
const clock: fc.Arbitrary<Clock> = fc.record({ ageDays: age, sinceTold: fc.option(age), sinceReinstated: fc.option(age) });

describe("PWD-1: how long a password lasts", () => {
  test("no other period is shorter than the one that holds, and another membership never makes it longer", () => {
    fc.assert(
      fc.property(group, held, membership, periods, (userGroup, some, more, own) => {
        const period = periodOf({ userGroup }, some, own);
        const asked = some.flatMap(({ passwordExpiryDays }) => passwordExpiryDays ?? []);
        const byGroup = own[isPartner({ userGroup }, some) ? "partner" : userGroup];
        expect(period).toBe([...asked, ...(byGroup === null ? [] : [byGroup])].sort((a, b) => a - b)[0] ?? null);
        const stricter = periodOf({ userGroup }, [...some, { ...more, partner: false }], own);
        expect(stricter ?? Infinity).toBeLessThanOrEqual(period ?? Infinity);
      }),
    );
  });

  test("whoever asks is named where there is a period, and nobody where there is none", () => {
    fc.assert(
      fc.property(group, held, periods, (userGroup, some, own) => {
        const period = periodOf({ userGroup }, some, own);
        const demand = demandOf({ userGroup }, some, own, "Northern Networks");
        expect(demand === null).toBe(period === null);
        if (demand) expect(demand.every).toMatch(new RegExp(`^${period} days?$`));
      }),
    );
  });

  test("an organization that asks for the shortest period asks its members, else the operator asks the group", () => {
    const own = { customer: null, partner: 365, public: 90 };
    const strict = { passwordExpiryDays: 30, partner: true, orgName: "Tidewater Retail" };
    expect(demandOf({ userGroup: "customer" }, [strict], own, "Signalbox")).toEqual({ by: "Tidewater Retail", whom: "its members", every: "30 days" });
    const lax = { ...strict, passwordExpiryDays: null };
    expect(demandOf({ userGroup: "customer" }, [lax], own, "Signalbox")).toEqual({ by: "Signalbox", whom: "its partners", every: "365 days" });
    expect(demandOf({ userGroup: "public" }, [], own, "Signalbox")).toMatchObject({ whom: "everybody with an account", every: "90 days" });
    expect(demandOf({ userGroup: "customer" }, [], own, "Signalbox")).toBeNull();
  });
});

describe("PWD-2: which reminder is due", () => {
  test("with 365 days: 30, 14, 7 and 1 day before, and at the end", () => {
    const urgent = (left: number) => stagesDue(365 - left, 365).at(-1);
    expect([31, 30.01, 30, 14.5, 14, 7, 6, 1.5, 1, 0.2, 0, -1, -400].map(urgent)).toEqual([
      undefined, undefined, 30, 30, 14, 7, 7, 7, 1, 1, 0, 0, 0,
    ]);
  });

  test("with a short period none is due on the day of the change", () => {
    expect(stagesDue(0, 30)).toEqual([]);
    expect(stagesDue(0, 7)).toEqual([]);
    expect(stagesDue(0, 1)).toEqual([]);
    expect(stagesDue(16, 30)).toEqual([14]);
  });

  test("what is due stays due until the password is changed, and the end is always told", () => {
    fc.assert(
      fc.property(age, age, days, (one, other, period) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        const [before, after] = [stagesDue(early, period), stagesDue(late, period)];
        expect(after.slice(0, before.length)).toEqual(before);
        expect(after.includes(0)).toBe(isOver(late, period));
        expect(after).toEqual(stages.filter((stage) => after.includes(stage)));
      }),
    );
  });
});

describe("PWD-3: when the grace is used up", () => {
  test("never before the end, the notice of it, or the reinstatement is a whole grace ago", () => {
    fc.assert(
      fc.property(clock, days, grace, (at, period, graceDays) => {
        const isLate = [at.ageDays - period, at.sinceTold, at.sinceReinstated ?? Infinity].every((since) => since !== null && since >= graceDays);
        expect(isForfeit(at, period, graceDays)).toBe(isLate);
      }),
    );
  });

  test("on the moment that was announced, and not a minute before", () => {
    fc.assert(
      fc.property(clock, days, grace, fc.double({ min: 0, max: 1_000, noNaN: true }), (at, period, graceDays, later) => {
        const now = new Date("2026-11-21T12:00:00Z");
        const told = { ...at, sinceTold: at.sinceTold ?? 0 };
        const { endsAt, suspendedAt } = endsOf(at, period, graceDays, now);
        expect(suspendedAt.getTime()).toBeGreaterThanOrEqual(Math.floor(endsAt.getTime() + graceDays * 86_400_000) - 1);
        const then = { ageDays: told.ageDays + later, sinceTold: told.sinceTold + later, sinceReinstated: told.sinceReinstated === null ? null : told.sinceReinstated + later };
        const left = suspendedAt.getTime() - now.getTime() - later * 86_400_000;
        if (at.ageDays >= period && Math.abs(left) > 60_000) expect(isForfeit(then, period, graceDays)).toBe(left < 0);
      }),
    );
  });
});
