import { sql } from "drizzle-orm";
import fc from "fast-check";
import { NIL } from "uuid";
import { expect, test } from "vitest";
import { organizations, type UserGroup } from "@/db/schema";
import { withAuthScope, withWorkerScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { passwordAgeById } from "@/lib/password-expiry/queries";
import { expiryPeriod, reminderDays } from "@/lib/password-expiry/rules";
import { newMember, newOrg, newAccount } from "@/lib/testing/fixtures";

const dayMs = 86_400_000;
const period = fc.option(fc.integer({ min: 1, max: 800 }));
const passwordCase = fc.record({
  userGroup: fc.constantFrom<UserGroup>("customer", "partner", "public"),
  ageDays: fc.integer({ min: 0, max: 900 }).map((wholeDays) => wholeDays + 0.5),
  memberships: fc.array(fc.record({ passwordExpiryDays: fc.option(fc.integer({ min: 1, max: 365 })), partner: fc.boolean() }), { maxLength: 2 }),
});

async function newAccountFrom({ userGroup, ageDays, memberships }: { userGroup: UserGroup; ageDays: number; memberships: readonly { passwordExpiryDays: number | null; partner: boolean }[] }) {
  const person = await newAccount({ userGroup, passwordChangedAt: new Date(Date.now() - ageDays * dayMs) });
  for (const { passwordExpiryDays, partner } of memberships) {
    const org = await newOrg();
    const settings = passwordExpiryDays === null ? {} : { password_policy: { enabled: true, expiry_in_days: passwordExpiryDays } };
    const facts = { settings, partnerEnabledAt: partner ? new Date() : null };
    await withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set(facts));
    await newMember(org, "observer", "all", person);
  }
  return person;
}

test("PWD-1, PWD-2: the SQL function selects the same accounts as the rules", async () => {
  const cases = fc.sample(passwordCase, { numRuns: 60, seed: 1896 });
  const people = await Promise.all(cases.map(newAccountFrom));
  const periodSets = fc.sample(fc.record({ customer: period, partner: period, public: period }), { numRuns: 12, seed: 1896 });
  for (const periods of periodSets) {
    const rows = await withWorkerScope((tx) =>
      tx.execute<{ id: string }>(
        sql`select id from accounts_with_old_passwords(${NIL}, 1000, ${periods.customer}, ${periods.partner}, ${periods.public}) id`,
      ),
    );
    const found = new Set(rows.map(({ id }) => id));
    const expected = cases.map(({ ageDays, ...facts }) => {
      const period = expiryPeriod(facts, facts.memberships, periods);
      return period !== null && period - ageDays <= reminderDays[0];
    });
    expect(people.map(({ id }) => found.has(id))).toEqual(expected);
  }
});

test("PWD-3: an account without a password has no password age", async () => {
  const { id } = await newAccount();
  expect(await withAuthScope({ accountId: id }, (tx) => passwordAgeById(tx, id))).toBeUndefined();
});
