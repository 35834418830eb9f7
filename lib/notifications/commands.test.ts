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
    const boss = await newSuperUser();
    const [berlin, kiel] = [await newSite(boss.org, "Berlin Mitte"), await newSite(boss.org, "Kiel")];
    expect(await getNotificationSummary(boss, {})).toEqual({ organization: false, firstSite: null, sites: 0 });
    await setNotificationSubscription(boss, { siteId: "", on: "true" });
    await setNotificationSubscription(boss, { siteId: kiel.id, on: "true" });
    await setNotificationSubscription(boss, { siteId: berlin.id, on: "true" });
    expect(await getNotificationSummary(boss, {})).toEqual({ organization: true, firstSite: "Berlin Mitte", sites: 2 });
    expect(await latestAuditEntry(boss)).toMatchObject({
      name: "notifications.changed",
      message: "Change email notifications for Berlin Mitte",
      siteId: berlin.id,
      change: { before: { on: false }, after: { on: true } },
    });
    await setNotificationSubscription(boss, { siteId: null, on: "false" });
    await setNotificationSubscription(boss, { siteId: berlin.id, on: false });
    expect(await getNotificationSummary(boss, {})).toEqual({ organization: false, firstSite: "Kiel", sites: 1 });
    expect(await subscribedSiteNames(boss, {})).toEqual(["Kiel"]);
  });

  test("repeating a choice changes nothing and writes no second audit entry", async () => {
    const boss = await newSuperUser();
    for (const on of [true, true, false, false]) await setNotificationSubscription(boss, { siteId: null, on });
    expect(await listAuditEntries(boss)).toHaveLength(2);
  });

  test("30 identical requests in parallel leave one row, or none after switching off", async () => {
    const boss = await newSuperUser();
    const site = await newSite(boss.org);
    for (const siteId of [null, site.id]) {
      await Promise.all(Array.from({ length: 30 }, () => setNotificationSubscription(boss, { siteId, on: true })));
      expect((await subscriptionRows(boss.org)).filter((row) => row.siteId === siteId)).toHaveLength(1);
      await Promise.all(Array.from({ length: 30 }, () => setNotificationSubscription(boss, { siteId, on: false })));
    }
    expect(await subscriptionRows(boss.org)).toEqual([]);
    expect(await listAuditEntries(boss)).toHaveLength(4);
  });

  test.each(roleNames)("TEN-5: %s changes their own subscription only", async (role) => {
    const boss = await newSuperUser();
    const member = await newMember(boss.org, role);
    await setNotificationSubscription(member, { siteId: null, on: true });
    expect((await getNotificationSummary(member, {})).organization).toBe(true);
    expect((await getNotificationSummary(boss, {})).organization).toBe(false);
  });

  test("TEN-3, ADM-7: not_found for another organization's site, a site out of scope, a role that cannot read sites, and a deleted site", async () => {
    const boss = await newSuperUser();
    const [own, outOfScope] = [await newSite(boss.org, "Own"), await newSite(boss.org, "Hidden")];
    const scoped = await newMember(boss.org, "observer", [own.id]);
    const reporting = await newMember(boss.org, "reporting");
    const stranger = await newSuperUser();
    await deleteSite(boss, { siteId: (await newSite(boss.org, "Gone")).id });
    for (const [who, siteId] of [[scoped, outOfScope.id], [reporting, own.id], [stranger, own.id], [boss, boss.orgId]] as const) {
      await expect(setNotificationSubscription(who, { siteId, on: true })).rejects.toMatchObject({ code: "not_found" });
    }
    await setNotificationSubscription(scoped, { siteId: own.id, on: true });
    expect((await subscriptionRows(boss.org)).map(({ siteId }) => siteId)).toEqual([own.id]);
    expect((await listSiteNotifications(scoped, {})).rows).toEqual([{ id: own.id, name: "Own", on: true }]);
    await expect(listSiteNotifications(reporting, {})).rejects.toMatchObject({ code: "forbidden" });
  });

  test("TEN-8: rejects fields that the form does not have", async () => {
    const boss = await newSuperUser();
    const other = await newMember(boss.org, "observer");
    const extra = { membershipId: other.membershipId, organizationId: boss.orgId, chosenAt: "2020-01-01" };
    for (const [field, value] of Object.entries(extra)) {
      await expect(setNotificationSubscription(boss, { siteId: null, on: true, [field]: value }), field).rejects.toMatchObject({ code: "invalid" });
    }
    await expect(setNotificationSubscription(boss, { siteId: "nonsense", on: true })).rejects.toMatchObject({ code: "invalid" });
  });

  test("subscriptions are deleted with their site and with the membership, also under concurrency", async () => {
    const boss = await newSuperUser();
    const member = await newMember(boss.org, "observer");
    for (let round = 0; round < 8; round += 1) {
      const site = await newSite(boss.org);
      const outcomes = await Promise.allSettled([
        setNotificationSubscription(member, { siteId: site.id, on: true }),
        deleteSite(boss, { siteId: site.id }),
        setNotificationSubscription(boss, { siteId: site.id, on: true }),
      ]);
      for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "not_found" });
      expect(await subscriptionRows(boss.org)).toEqual([]);
    }
    await setNotificationSubscription(member, { siteId: null, on: true });
    const { membershipId } = member;
    if (membershipId) await withTenant({ orgId: boss.orgId, sites: "all" }, (tx) => tx.delete(memberships).where(eq(memberships.id, membershipId)));
    expect(await subscriptionRows(boss.org)).toEqual([]);
    await expect(setNotificationSubscription(member, { siteId: null, on: true })).rejects.toMatchObject({ code: "not_found" });
  });

  test("ACC-26: not_found when the membership is deleted while a subscription is being saved, and no row is left", async () => {
    const boss = await newSuperUser();
    const [site, owner] = [await newSite(boss.org), connectAsOwner()];
    for (const siteId of [null, site.id]) {
      const member = await newMember(boss.org, "observer");
      let saved: Promise<unknown> = Promise.resolve();
      await withTenant({ orgId: boss.orgId, sites: "all" }, async (tx) => {
        await tx.delete(memberships).where(eq(memberships.id, member.membershipId ?? ""));
        let isSettled = false;
        saved = setNotificationSubscription(member, { siteId, on: true }).catch((error: unknown) => error).finally(() => (isSettled = true));
        while (!isSettled && (await countLockWaits(owner)) === 0);
      });
      expect(await saved).toMatchObject({ code: "not_found" });
    }
    expect(await subscriptionRows(boss.org)).toEqual([]);
    await owner.end();
  });
});

test("X-8: the list of sites can be searched and has 50 rows per page", async () => {
  const boss = await newSuperUser();
  for (let at = 0; at < 60; at += 1) await newSite(boss.org, `Depot ${String(at).padStart(2, "0")}`);
  const { rows, next, previous } = await listSiteNotifications(boss, {});
  expect([rows.length, rows[0]?.name, previous]).toEqual([50, "Depot 00", undefined]);
  const second = await listSiteNotifications(boss, { after: next });
  expect(second.rows.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, at) => `Depot ${at + 50}`));
  expect((await listSiteNotifications(boss, { before: second.previous })).rows).toEqual(rows);
  expect((await listSiteNotifications(boss, { search: "depot 5" })).rows).toHaveLength(15);
  expect((await listSiteNotifications(boss, { search: "\0", after: "nonsense" })).rows).toHaveLength(50);
});
