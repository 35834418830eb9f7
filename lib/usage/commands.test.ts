import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { usageEvents } from "@/db/schema";
import { asVisitor } from "@/db/second-door";
import { allowAnalysis, choosePrivacy, recordUsage } from "@/lib/usage/commands";
import { jobs } from "@/lib/sessions/jobs";
import { signedInAs } from "@/lib/testing/visitors";
import { entriesOf, newMember, newOrg, newPerson } from "@/lib/testing/world";

const sites = { page: "/orgs/[orgId]/sites", secondsAgo: 2 } as const;
const account = { page: "/account", secondsAgo: 0 } as const;

const pagesOf = async (accountId: string) => {
  const rows = await asVisitor({ accountId }, (tx) => tx.select().from(usageEvents).orderBy(usageEvents.occurredAt));
  return rows.map(({ page }) => page);
};
const decide = (accountId: string, analytics: "yes" | "no") =>
  asVisitor({ accountId }, (tx) => allowAnalysis(tx, accountId, analytics));

describe("ACC-28: which pages a person opened", () => {
  test("is kept for one who allows it: page, account and time, and nothing else", async () => {
    const { id } = await newPerson({ analyticsAllowed: "yes" });
    await recordUsage(id, [account, sites]);
    expect(await pagesOf(id)).toEqual(["/orgs/[orgId]/sites", "/account"]);
    const rows = await asVisitor({ accountId: id }, (tx) => tx.select({ all: sql`to_jsonb(usage_events)` }).from(usageEvents));
    for (const { all } of rows) expect(Object.keys(all as object).sort()).toEqual(["account_id", "id", "occurred_at", "page"]);
    const [age] = await asVisitor({ accountId: id }, (tx) =>
      tx.execute<{ seconds: number }>(sql`select extract(epoch from max(occurred_at) - min(occurred_at))::float8 as seconds from usage_events`),
    );
    expect(age?.seconds).toBeCloseTo(2);
  });

  test.each(["no", null] as const)("is not kept for one whose choice is %s", async (analyticsAllowed) => {
    const { id } = await newPerson({ analyticsAllowed });
    await recordUsage(id, [account, sites]);
    expect(await pagesOf(id)).toEqual([]);
  });

  test("is kept of nobody else in the same breath", async () => {
    const [one, other] = [await newPerson({ analyticsAllowed: "yes" }), await newPerson({ analyticsAllowed: "yes" })];
    await recordUsage(one.id, [sites]);
    expect(await pagesOf(other.id)).toEqual([]);
  });

  test("is forgotten when it is no longer allowed, and stays empty for what was still to be written", async () => {
    const { id } = await newPerson({ analyticsAllowed: "yes" });
    await recordUsage(id, [sites, account]);
    await decide(id, "no");
    expect(await pagesOf(id)).toEqual([]);
    await recordUsage(id, [sites]);
    expect(await pagesOf(id)).toEqual([]);
    await decide(id, "yes");
    await recordUsage(id, [account]);
    expect(await pagesOf(id)).toEqual(["/account"]);
  });

  test("leaves not one row when the no comes in the middle of 40 processes writing", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await newPerson({ analyticsAllowed: "yes" });
      const writings = Array.from({ length: 40 }, (_, turn) => (turn === 20 ? decide(id, "no") : recordUsage(id, [sites, account])));
      await Promise.all(writings);
      expect(await pagesOf(id)).toEqual([]);
    }
  });

  test("is forgotten after 90 days", async () => {
    const { id } = await newPerson({ analyticsAllowed: "yes" });
    await recordUsage(id, [{ ...account, secondsAgo: 91 * 86_400 }, { ...sites, secondsAgo: 89 * 86_400 }]);
    expect(await pagesOf(id)).toHaveLength(2);
    await jobs.find(({ name }) => name === "session.tidy")?.perform({});
    expect(await pagesOf(id)).toEqual(["/orgs/[orgId]/sites"]);
  });
});

describe("ACC-28: the choice of one who was never asked", () => {
  test.each(["yes", "no"] as const)("%s is kept, with an entry in every organization's log", async (analytics) => {
    const person = await newPerson();
    const [org, other] = [await newOrg(), await newOrg()];
    for (const one of [org, other]) await newMember(one, "observer", "all", person);
    await choosePrivacy(await signedInAs(person), { analytics });
    expect((await signedInAs(person)).account.analyticsAllowed).toBe(analytics);
    for (const { id: orgId } of [org, other]) {
      const chosen = (await entriesOf({ orgId })).find(({ name }) => name === "privacy.chosen");
      expect(chosen).toMatchObject({ message: "Change privacy choice", change: { after: { usageAnalysis: analytics } } });
    }
  });

  test("X-4: is one of two, and not anything else", async () => {
    const who = await signedInAs(await newPerson());
    for (const asked of [{}, { analytics: "" }, { analytics: "true" }]) {
      await expect(choosePrivacy(who, asked)).rejects.toMatchObject({ code: "invalid", fields: { analytics: ["Choose one of the two"] } });
    }
    await expect(choosePrivacy(who, { analytics: "yes", region: "global" })).rejects.toMatchObject({ code: "invalid" });
  });
});
