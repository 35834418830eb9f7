import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { memberships, notificationSubscriptions } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { setNotificationSubscription } from "@/lib/notifications/commands";
import { listSiteNotifications, getNotificationSummary } from "@/lib/notifications/queries";
import { deleteSite } from "@/lib/sites/commands";
import { connectAsOwner, listAuditEntries, latestAuditEntry, newMember, newSite, newSuperUser, type TestOrg, countLockWaits } from "@/lib/testing/fixtures";
import { roleNames } from "@/lib/shared/roles";

const subscriptionRows = ({ id }: TestOrg) => withTenant({ orgId: id, sites: "all" }, (tx) => tx.select().from(notificationSubscriptions));
const subscribedSiteNames = async (...args: Parameters<typeof listSiteNotifications>) =>
  (await listSiteNotifications(...args)).rows.filter(({ on }) => on).map(({ name }) => name);

describe("ACC-26: setNotification", () => {
  test("saves each switch, lists it and writes an audit entry", async () => {
    const superUser = await newSuperUser();
    const [berlin, kiel] = [await newSite(superUser.org, "Berlin Mitte"), await newSite(superUser.org, "Kiel")];
    expect(await getNotificationSummary(superUser, {})).toEqual({ organization: false, firstSite: null, sites: 0 });
    await setNotificationSubscription(superUser, { siteId: "", on: "true" });
    await setNotificationSubscription(superUser, { siteId: kiel.id, on: "true" });
    await setNotificationSubscription(superUser, { siteId: berlin.id, on: "true" });
    expect(await getNotificationSummary(superUser, {})).toEqual({ organization: true, firstSite: "Berlin Mitte", sites: 2 });
    expect(await latestAuditEntry(superUser)).toMatchObject({
      name: "notifications.changed",
      message: "Changed email notifications for Berlin Mitte",
      siteId: berlin.id,
      change: { before: { on: false }, after: { on: true } },
    });
    await setNotificationSubscription(superUser, { siteId: null, on: "false" });
    await setNotificationSubscription(superUser, { siteId: berlin.id, on: false });
    expect(await getNotificationSummary(superUser, {})).toEqual({ organization: false, firstSite: "Kiel", sites: 1 });
    expect(await subscribedSiteNames(superUser, {})).toEqual(["Kiel"]);
  });

  test("repeating a choice changes nothing and writes no second audit entry", async () => {
    const superUser = await newSuperUser();
    for (const on of [true, true, false, false]) await setNotificationSubscription(superUser, { siteId: null, on });
    expect(await listAuditEntries(superUser)).toHaveLength(2);
  });

  test("30 identical requests in parallel leave one row, or none after switching off", async () => {
    const superUser = await newSuperUser();
    const site = await newSite(superUser.org);
    for (const siteId of [null, site.id]) {
      await Promise.all(Array.from({ length: 30 }, () => setNotificationSubscription(superUser, { siteId, on: true })));
      expect((await subscriptionRows(superUser.org)).filter((row) => row.siteId === siteId)).toHaveLength(1);
      await Promise.all(Array.from({ length: 30 }, () => setNotificationSubscription(superUser, { siteId, on: false })));
    }
    expect(await subscriptionRows(superUser.org)).toEqual([]);
    expect(await listAuditEntries(superUser)).toHaveLength(4);
  });

  test.each(roleNames)("TEN-5: %s changes their own subscription only", async (role) => {
    const superUser = await newSuperUser();
    const member = await newMember(superUser.org, role);
    await setNotificationSubscription(member, { siteId: null, on: true });
    expect((await getNotificationSummary(member, {})).organization).toBe(true);
    expect((await getNotificationSummary(superUser, {})).organization).toBe(false);
  });

  test("TEN-3, ADM-7: not_found for another organization's site, a site out of scope, a role that cannot read sites, and a deleted site", async () => {
    const superUser = await newSuperUser();
    const [own, outOfScope] = [await newSite(superUser.org, "Own"), await newSite(superUser.org, "Hidden")];
    const scoped = await newMember(superUser.org, "observer", [own.id]);
    const reporting = await newMember(superUser.org, "reporting");
    const stranger = await newSuperUser();
    await deleteSite(superUser, { siteId: (await newSite(superUser.org, "Gone")).id });
    for (const [who, siteId] of [[scoped, outOfScope.id], [reporting, own.id], [stranger, own.id], [superUser, superUser.orgId]] as const) {
      await expect(setNotificationSubscription(who, { siteId, on: true })).rejects.toMatchObject({ code: "not_found" });
    }
    await setNotificationSubscription(scoped, { siteId: own.id, on: true });
    expect((await subscriptionRows(superUser.org)).map(({ siteId }) => siteId)).toEqual([own.id]);
    expect((await listSiteNotifications(scoped, {})).rows).toEqual([{ id: own.id, name: "Own", on: true }]);
    await expect(listSiteNotifications(reporting, {})).rejects.toMatchObject({ code: "forbidden" });
  });

  test("TEN-8: rejects fields that the form does not have", async () => {
    const superUser = await newSuperUser();
    const other = await newMember(superUser.org, "observer");
    const extra = { membershipId: other.membershipId, organizationId: superUser.orgId, chosenAt: "2020-01-01" };
    for (const [field, value] of Object.entries(extra)) {
      await expect(setNotificationSubscription(superUser, { siteId: null, on: true, [field]: value }), field).rejects.toMatchObject({ code: "invalid" });
    }
    await expect(setNotificationSubscription(superUser, { siteId: "nonsense", on: true })).rejects.toMatchObject({ code: "invalid" });
  });

  test("subscriptions are deleted with their site and with the membership, also under concurrency", async () => {
    const superUser = await newSuperUser();
    const member = await newMember(superUser.org, "observer");
    for (let round = 0; round < 8; round += 1) {
      const site = await newSite(superUser.org);
      const outcomes = await Promise.allSettled([
        setNotificationSubscription(member, { siteId: site.id, on: true }),
        deleteSite(superUser, { siteId: site.id }),
        setNotificationSubscription(superUser, { siteId: site.id, on: true }),
      ]);
      for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "not_found" });
      expect(await subscriptionRows(superUser.org)).toEqual([]);
    }
    await setNotificationSubscription(member, { siteId: null, on: true });
    const { membershipId } = member;
    if (membershipId) await withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) => tx.delete(memberships).where(eq(memberships.id, membershipId)));
    expect(await subscriptionRows(superUser.org)).toEqual([]);
    await expect(setNotificationSubscription(member, { siteId: null, on: true })).rejects.toMatchObject({ code: "not_found" });
  });

  test("ACC-26: not_found when the membership is deleted while a subscription is being saved, and no row is left", async () => {
    const superUser = await newSuperUser();
    const [site, owner] = [await newSite(superUser.org), connectAsOwner()];
    for (const siteId of [null, site.id]) {
      const member = await newMember(superUser.org, "observer");
      let saved: Promise<unknown> = Promise.resolve();
      await withTenant({ orgId: superUser.orgId, sites: "all" }, async (tx) => {
        await tx.delete(memberships).where(eq(memberships.id, member.membershipId ?? ""));
        let isSettled = false;
        saved = setNotificationSubscription(member, { siteId, on: true }).catch((error: unknown) => error).finally(() => (isSettled = true));
        while (!isSettled && (await countLockWaits(owner)) === 0);
      });
      expect(await saved).toMatchObject({ code: "not_found" });
    }
    expect(await subscriptionRows(superUser.org)).toEqual([]);
    await owner.end();
  });
});

test("X-8: the list of sites can be searched and has 50 rows per page", async () => {
  const superUser = await newSuperUser();
  for (let at = 0; at < 60; at += 1) await newSite(superUser.org, `Depot ${String(at).padStart(2, "0")}`);
  const { rows, next, previous } = await listSiteNotifications(superUser, {});
  expect([rows.length, rows[0]?.name, previous]).toEqual([50, "Depot 00", undefined]);
  const second = await listSiteNotifications(superUser, { after: next });
  expect(second.rows.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, at) => `Depot ${at + 50}`));
  expect((await listSiteNotifications(superUser, { before: second.previous })).rows).toEqual(rows);
  expect((await listSiteNotifications(superUser, { search: "depot 5" })).rows).toHaveLength(15);
  expect((await listSiteNotifications(superUser, { search: "\0", after: "nonsense" })).rows).toHaveLength(50);
});
