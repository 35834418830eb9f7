import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { withAuthScope } from "@/db/auth-access";
import { accounts, memberships } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { areas } from "@/lib/areas";
import { createSite, updateSite } from "@/lib/sites/commands";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { dismissFirstSteps } from "@/lib/overview/commands";
import { getOverview, overviewParts } from "@/lib/overview/queries";
import type { Area } from "@/lib/shared/define-area";
import { latestAuditEntry, newAccount, newMember, newOrg, newSite, newSuperUser } from "@/lib/testing/fixtures";

const zone = "Europe/Berlin";
const overviewOf = (actor: Actor) => getOverview(actor, { zone });
const stepsOf = async (actor: Actor) => (await overviewOf(actor)).steps.map(({ name, done, path }) => ({ name, done, path }));
const countsOf = async (actor: Actor) => Object.fromEntries((await overviewOf(actor)).counts.map(({ label, count }) => [label, count]));
const turnOnTwoFactor = ({ id }: Actor) => withAuthScope({ accountId: id }, (tx) => tx.update(accounts).set({ twoFactorEnabledAt: sql`now()` }).where(eq(accounts.id, id)));
const invite = (actor: Actor, email: string) => inviteAdministrator(actor, { email, firstName: "Omar", role: "observer", scope: "all", hours: "24" });

test("each card and first step in a manifest is read by its area, and no area reads others", async () => {
  const { cards, firstSteps } = await overviewParts();
  const declared = (part: "overviewCards" | "firstSteps") => areas.flatMap((area: Area) => Object.keys(area[part] ?? {})).toSorted();
  expect(Object.keys(cards).toSorted()).toEqual(declared("overviewCards"));
  expect(Object.keys(firstSteps).toSorted()).toEqual(declared("firstSteps"));
});

describe("OVW-1: the first steps follow the facts", () => {
  test("OVW-1: each step is done once its task is, and all disappear when the last is done", async () => {
    const owner = await newSuperUser();
    const site = await newSite(owner.org, "Primary Site");
    const at = (first: boolean, colleague: boolean) => [
      { name: "first-site", done: first, path: `sites/${site.id}` },
      { name: "invite-colleague", done: colleague, path: "administrators/invite" },
      { name: "two-factor", done: false, path: "/account/two-factor" },
    ];
    expect(await stepsOf(owner)).toEqual(at(false, false));
    const values = { siteId: site.id, name: "Harbour", country: "DE", timeZone: zone, streetAddress: "", groups: "", version: "1" };
    await updateSite(owner, values);
    expect(await stepsOf(owner)).toEqual(at(false, false));
    await updateSite(owner, { ...values, streetAddress: "Quay 1", version: "2" });
    expect(await stepsOf(owner)).toEqual(at(true, false));
    await invite(owner, `${owner.orgId}@example.test`);
    expect(await stepsOf(owner)).toEqual(at(true, true));
    await turnOnTwoFactor(owner);
    expect(await stepsOf(owner)).toEqual([]);
  });

  test("OVW-1: with several sites the step leads to their list", async () => {
    const owner = await newSuperUser();
    await newSite(owner.org, "Primary Site");
    await createSite(owner, { name: "Second", country: "DE", timeZone: zone, streetAddress: "", groups: "" });
    expect((await stepsOf(owner))[0]).toEqual({ name: "first-site", done: false, path: "sites" });
  });

  test("OVW-1: a role is offered only what it may do", async () => {
    const owner = await newSuperUser();
    const offered = async (role: Parameters<typeof newMember>[1]) => (await stepsOf(await newMember(owner.org, role))).map(({ name }) => name);
    expect(await offered("network_admin")).toEqual(["first-site", "two-factor"]);
    expect(await offered("observer")).toEqual(["two-factor"]);
    expect(await offered("reporting")).toEqual(["two-factor"]);
  });
});

describe("OVW-1: the first steps are dismissed by each member for one organization", () => {
  test("OVW-1: they are gone for that member only, in that organization only, with one entry however often it is asked", async () => {
    const owner = await newSuperUser();
    const person = await newAccount();
    const colleague = await newMember(owner.org, "super_user", "all", person);
    const elsewhere = await newMember(await newOrg(), "super_user", "all", person);
    await Promise.all(Array.from({ length: 5 }, () => dismissFirstSteps(colleague, {})));
    expect(await stepsOf(colleague)).toEqual([]);
    expect(await stepsOf(owner)).toHaveLength(3);
    expect(await stepsOf(elsewhere)).toHaveLength(3);
    expect(await latestAuditEntry(owner)).toMatchObject({ name: "first_steps.dismissed", message: "Dismissed first steps", actorId: colleague.id });
    const dismissed = (await overviewOf(owner)).activities[0]?.activity.entries.filter(({ message }) => message === "Dismissed first steps");
    expect(dismissed).toHaveLength(1);
  });
});

describe("OVW-2: the cards", () => {
  test("OVW-2: count what their lists show", async () => {
    const owner = await newSuperUser();
    await newSite(owner.org);
    expect(await countsOf(owner)).toEqual({ Administrators: 1, "Without 2FA": 1, "Pending invitations": 0, Sites: 1 });
    await turnOnTwoFactor(owner);
    await invite(owner, `one-${owner.orgId}@example.test`);
    await invite(owner, `two-${owner.orgId}@example.test`);
    const expired = eq(memberships.email, `two-${owner.orgId}@example.test`);
    await withTenant({ orgId: owner.orgId, sites: "all" }, (tx) => tx.update(memberships).set({ expiresAt: sql`now() - interval '1 day'` }).where(expired));
    expect(await countsOf(owner)).toEqual({ Administrators: 3, "Pending invitations": 1, "Expired invitations": 1, Sites: 1 });
  });

  test("OVW-2, TEN-6: show a role what it may see, and of the sites only its own", async () => {
    const owner = await newSuperUser();
    const [mine, other] = [await newSite(owner.org), await newSite(owner.org)];
    await updateSite(owner, { siteId: mine.id, name: "Mine", country: "DE", timeZone: zone, streetAddress: "Quay 1", groups: "", version: "1" });
    await updateSite(owner, { siteId: other.id, name: "Other", country: "DE", timeZone: zone, streetAddress: "Quay 2", groups: "", version: "1" });
    const messages = async (actor: Actor) => (await overviewOf(actor)).activities.map(({ activity: { counts, entries } }) => ({ total: counts.reduce((sum, count) => sum + count, 0), messages: entries.map(({ message }) => message) }));
    const networkAdmin = await newMember(owner.org, "network_admin", [mine.id]);
    expect(await countsOf(networkAdmin)).toMatchObject({ Sites: 1, Administrators: 2 });
    expect(await messages(networkAdmin)).toEqual([{ total: 1, messages: [expect.stringMatching(/of site Mine$/)] }]);
    expect(await messages(owner)).toEqual([{ total: 2, messages: [expect.stringMatching(/of site Other$/), expect.stringMatching(/of site Mine$/)] }]);
    const observer = await newMember(owner.org, "observer", [mine.id]);
    expect([await countsOf(observer), await messages(observer)]).toEqual([{ Sites: 1 }, []]);
    const reporting = await newMember(owner.org, "reporting", [mine.id]);
    expect([await countsOf(reporting), await messages(reporting)]).toEqual([{}, []]);
  });

  test("OVW-2: read a bounded number of rows of a large organization", async () => {
    const owner = await newSuperUser();
    await withTenant({ orgId: owner.orgId, sites: "all" }, (tx) =>
      tx.execute(sql`insert into sites (id, name, country, time_zone) select gen_random_uuid(), 'Store ' || n, 'DE', 'Europe/Berlin' from generate_series(1, 11000) n`),
    );
    expect(await countsOf(owner)).toMatchObject({ Sites: 10_001 });
  });
});

test("INP-3: a time zone that does not exist is refused", async () => {
  const owner = await newSuperUser();
  await expect(getOverview(owner, { zone: "Mars/Base" })).rejects.toMatchObject({ code: "invalid" });
});
