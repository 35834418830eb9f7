import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { organizations, type UserGroup } from "@/db/schema";
import { asVisitor, asWorker } from "@/db/second-door";
import { withinScope } from "@/db/tenancy";
import { clockOf } from "@/lib/password-ages/queries";
import { periodOf, stages } from "@/lib/password-ages/rules";
import { newMember, newOrg, newPerson } from "@/lib/testing/world";

const day = 86_400_000;
const start = "00000000-0000-0000-0000-000000000000";
const days = fc.option(fc.integer({ min: 1, max: 800 }));
const life = fc.record({
  userGroup: fc.constantFrom<UserGroup>("customer", "partner", "public"),
  ageDays: fc.integer({ min: 0, max: 900 }).map((whole) => whole + 0.5),
  held: fc.array(fc.record({ passwordExpiryDays: fc.option(fc.integer({ min: 1, max: 365 })), partner: fc.boolean() }), { maxLength: 2 }),
});

async function lived({ userGroup, ageDays, held }: { userGroup: UserGroup; ageDays: number; held: readonly { passwordExpiryDays: number | null; partner: boolean }[] }) {
  const person = await newPerson({ userGroup, passwordChangedAt: new Date(Date.now() - ageDays * day) });
  for (const { passwordExpiryDays, partner } of held) {
    const org = await newOrg();
    const facts = { passwordExpiryDays, partnerSince: partner ? new Date() : null };
    await withinScope({ orgId: org.id, sites: "all" }, (tx) => tx.update(organizations).set(facts));
    await newMember(org, "observer", "all", person);
  }
  return person;
}

test("PWD-1, PWD-2: the database looks for the same people as the rules do", async () => {
  const lives = fc.sample(life, { numRuns: 60, seed: 1896 });
  const people = await Promise.all(lives.map(lived));
  const chosen = fc.sample(fc.record({ customer: days, partner: days, public: days }), { numRuns: 12, seed: 1896 });
  for (const periods of chosen) {
    const rows = await asWorker((tx) =>
      tx.execute<{ id: string }>(
        sql`select id from accounts_with_old_passwords(${start}, 1000, ${periods.customer}, ${periods.partner}, ${periods.public}) id`,
      ),
    );
    const found = new Set(rows.map(({ id }) => id));
    const expected = lives.map(({ ageDays, ...facts }) => {
      const period = periodOf(facts, facts.held, periods);
      return period !== null && period - ageDays <= stages[0];
    });
    expect(people.map(({ id }) => found.has(id))).toEqual(expected);
  }
});

test("PWD-3: an account without a password has none that ages", async () => {
  const { id } = await newPerson();
  expect(await asVisitor({ accountId: id }, (tx) => clockOf(tx, id))).toBeUndefined();
});
