import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { usageEvents } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { setAnalyticsConsent } from "@/lib/usage-analytics/internal";
import { choosePrivacy, insertPageViews } from "@/lib/usage-analytics/commands";
import { jobs } from "@/lib/sessions/jobs";
import { newAccountContext } from "@/lib/testing/sign-in";
import { listAuditEntries, newMember, newOrg, newAccount } from "@/lib/testing/fixtures";

const sites = { page: "/orgs/[orgId]/sites", secondsAgo: 2 } as const;
const account = { page: "/account", secondsAgo: 0 } as const;

const recordedPages = async (accountId: string) => {
  const rows = await withAuthScope({ accountId }, (tx) => tx.select().from(usageEvents).orderBy(usageEvents.occurredAt));
  return rows.map(({ page }) => page);
};
const setConsent = (accountId: string, analytics: "yes" | "no") =>
  withAuthScope({ accountId }, (tx) => setAnalyticsConsent(tx, accountId, analytics));

describe("ACC-28: recorded page views", () => {
  test("stores page, account and time only, with consent", async () => {
    const { id } = await newAccount({ analyticsAllowed: "yes" });
    await insertPageViews(id, [account, sites]);
    expect(await recordedPages(id)).toEqual(["/orgs/[orgId]/sites", "/account"]);
    const rows = await withAuthScope({ accountId: id }, (tx) => tx.select({ all: sql`to_jsonb(usage_events)` }).from(usageEvents));
    for (const { all } of rows) expect(Object.keys(all as object).sort()).toEqual(["account_id", "id", "occurred_at", "page"]);
    const [age] = await withAuthScope({ accountId: id }, (tx) =>
      tx.execute<{ seconds: number }>(sql`select extract(epoch from max(occurred_at) - min(occurred_at))::float8 as seconds from usage_events`),
    );
    expect(age?.seconds).toBeCloseTo(2);
  });

  test.each(["no", null] as const)("stores nothing when the choice is %s", async (analyticsAllowed) => {
    const { id } = await newAccount({ analyticsAllowed });
    await insertPageViews(id, [account, sites]);
    expect(await recordedPages(id)).toEqual([]);
  });

  test("does not store views for other accounts", async () => {
    const [one, other] = [await newAccount({ analyticsAllowed: "yes" }), await newAccount({ analyticsAllowed: "yes" })];
    await insertPageViews(one.id, [sites]);
    expect(await recordedPages(other.id)).toEqual([]);
  });

  test("refusal deletes all views and prevents further ones", async () => {
    const { id } = await newAccount({ analyticsAllowed: "yes" });
    await insertPageViews(id, [sites, account]);
    await setConsent(id, "no");
    expect(await recordedPages(id)).toEqual([]);
    await insertPageViews(id, [sites]);
    expect(await recordedPages(id)).toEqual([]);
    await setConsent(id, "yes");
    await insertPageViews(id, [account]);
    expect(await recordedPages(id)).toEqual(["/account"]);
  });

  test("a refusal during 40 parallel writes leaves no rows", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await newAccount({ analyticsAllowed: "yes" });
      const writes = Array.from({ length: 40 }, (_, index) => (index === 20 ? setConsent(id, "no") : insertPageViews(id, [sites, account])));
      await Promise.all(writes);
      expect(await recordedPages(id)).toEqual([]);
    }
  });

  test("views are deleted after 90 days", async () => {
    const { id } = await newAccount({ analyticsAllowed: "yes" });
    await insertPageViews(id, [{ ...account, secondsAgo: 91 * 86_400 }, { ...sites, secondsAgo: 89 * 86_400 }]);
    expect(await recordedPages(id)).toHaveLength(2);
    await jobs.find(({ name }) => name === "session.tidy")?.perform({});
    expect(await recordedPages(id)).toEqual(["/orgs/[orgId]/sites"]);
  });
});

describe("ACC-28: the first analytics choice", () => {
  test.each(["yes", "no"] as const)("%s is saved and logged in every organization", async (analytics) => {
    const person = await newAccount();
    const [org, other] = [await newOrg(), await newOrg()];
    for (const one of [org, other]) await newMember(one, "observer", "all", person);
    await choosePrivacy(await newAccountContext(person), { analytics });
    expect((await newAccountContext(person)).account.analyticsAllowed).toBe(analytics);
    for (const { id: orgId } of [org, other]) {
      const chosen = (await listAuditEntries({ orgId })).find(({ name }) => name === "privacy.chosen");
      expect(chosen).toMatchObject({ message: "Changed privacy choice", change: { after: { usageAnalysis: analytics } } });
    }
  });

  test("X-4: accepts only yes or no", async () => {
    const who = await newAccountContext(await newAccount());
    for (const asked of [{}, { analytics: "" }, { analytics: "true" }]) {
      await expect(choosePrivacy.fromRaw(who, asked)).rejects.toMatchObject({ code: "invalid", fields: { analytics: ["Choose one of the two"] } });
    }
    await expect(choosePrivacy.fromRaw(who, { analytics: "yes", region: "global" })).rejects.toMatchObject({ code: "invalid" });
  });
});
