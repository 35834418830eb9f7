import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { memberships, notificationChoices } from "@/db/schema";
import { withinScope } from "@/db/tenancy";
import { setNotification } from "@/lib/notifications/commands";
import { listNotified, notificationChoice } from "@/lib/notifications/queries";
import { deleteSite } from "@/lib/sites/commands";
import { asOwner, entriesOf, lastEntry, newMember, newSite, newSuperUser, type Org, waitingForLocks } from "@/lib/testing/world";
import { roles } from "@/lib/vocabulary/access";

const rowsIn = ({ id }: Org) => withinScope({ orgId: id, sites: "all" }, (tx) => tx.select().from(notificationChoices));
const onFor = async (...asked: Parameters<typeof listNotified>) =>
  (await listNotified(...asked)).rows.filter(({ on }) => on).map(({ name }) => name);

describe("ACC-26: setNotification", () => {
  test("is saved as toggled, shown, and on the record", async () => {
    const boss = await newSuperUser();
    const [berlin, kiel] = [await newSite(boss.org, "Berlin Mitte"), await newSite(boss.org, "Kiel")];
    expect(await notificationChoice(boss, {})).toEqual({ organization: false, firstSite: null, sites: 0 });
    await setNotification(boss, { siteId: "", on: "true" });
    await setNotification(boss, { siteId: kiel.id, on: "true" });
    await setNotification(boss, { siteId: berlin.id, on: "true" });
    expect(await notificationChoice(boss, {})).toEqual({ organization: true, firstSite: "Berlin Mitte", sites: 2 });
    expect(await lastEntry(boss)).toMatchObject({
      name: "notifications.changed",
      message: "Change email notifications for Berlin Mitte",
      siteId: berlin.id,
      change: { before: { on: false }, after: { on: true } },
    });
    await setNotification(boss, { siteId: null, on: "false" });
    await setNotification(boss, { siteId: berlin.id, on: false });
    expect(await notificationChoice(boss, {})).toEqual({ organization: false, firstSite: "Kiel", sites: 1 });
    expect(await onFor(boss, {})).toEqual(["Kiel"]);
  });

  test("said twice is said once, and the second leaves no entry", async () => {
    const boss = await newSuperUser();
    for (const on of [true, true, false, false]) await setNotification(boss, { siteId: null, on });
    expect(await entriesOf(boss)).toHaveLength(2);
  });

  test("of 30 at once, one row is left, or none", async () => {
    const boss = await newSuperUser();
    const site = await newSite(boss.org);
    for (const siteId of [null, site.id]) {
      await Promise.all(Array.from({ length: 30 }, () => setNotification(boss, { siteId, on: true })));
      expect((await rowsIn(boss.org)).filter((row) => row.siteId === siteId)).toHaveLength(1);
      await Promise.all(Array.from({ length: 30 }, () => setNotification(boss, { siteId, on: false })));
    }
    expect(await rowsIn(boss.org)).toEqual([]);
    expect(await entriesOf(boss)).toHaveLength(4);
  });

  test.each(roles)("TEN-5: %s chooses for themselves, and for nobody else", async (role) => {
    const boss = await newSuperUser();
    const member = await newMember(boss.org, role);
    await setNotification(member, { siteId: null, on: true });
    expect((await notificationChoice(member, {})).organization).toBe(true);
    expect((await notificationChoice(boss, {})).organization).toBe(false);
  });

  test("TEN-3, ADM-7: a site of others, out of scope, of a role that reads none, or gone is not there", async () => {
    const boss = await newSuperUser();
    const [own, hidden] = [await newSite(boss.org, "Own"), await newSite(boss.org, "Hidden")];
    const scoped = await newMember(boss.org, "observer", [own.id]);
    const reporting = await newMember(boss.org, "reporting");
    const stranger = await newSuperUser();
    await deleteSite(boss, { siteId: (await newSite(boss.org, "Gone")).id });
    for (const [who, siteId] of [[scoped, hidden.id], [reporting, own.id], [stranger, own.id], [boss, boss.orgId]] as const) {
      await expect(setNotification(who, { siteId, on: true })).rejects.toMatchObject({ code: "not_found" });
    }
    await setNotification(scoped, { siteId: own.id, on: true });
    expect((await rowsIn(boss.org)).map(({ siteId }) => siteId)).toEqual([own.id]);
    expect((await listNotified(scoped, {})).rows).toEqual([{ id: own.id, name: "Own", on: true }]);
    await expect(listNotified(reporting, {})).rejects.toMatchObject({ code: "forbidden" });
  });

  test("TEN-8: takes nothing that the form does not have", async () => {
    const boss = await newSuperUser();
    const other = await newMember(boss.org, "observer");
    const extra = { membershipId: other.membershipId, organizationId: boss.orgId, chosenAt: "2020-01-01" };
    for (const [field, value] of Object.entries(extra)) {
      await expect(setNotification(boss, { siteId: null, on: true, [field]: value }), field).rejects.toMatchObject({ code: "invalid" });
    }
    await expect(setNotification(boss, { siteId: "nonsense", on: true })).rejects.toMatchObject({ code: "invalid" });
  });

  test("choices vanish with their site and with the membership, also when both happen at once", async () => {
    const boss = await newSuperUser();
    const member = await newMember(boss.org, "observer");
    for (let round = 0; round < 8; round += 1) {
      const site = await newSite(boss.org);
      const outcomes = await Promise.allSettled([
        setNotification(member, { siteId: site.id, on: true }),
        deleteSite(boss, { siteId: site.id }),
        setNotification(boss, { siteId: site.id, on: true }),
      ]);
      for (const one of outcomes) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "not_found" });
      expect(await rowsIn(boss.org)).toEqual([]);
    }
    await setNotification(member, { siteId: null, on: true });
    const { membershipId } = member;
    if (membershipId) await withinScope({ orgId: boss.orgId, sites: "all" }, (tx) => tx.delete(memberships).where(eq(memberships.id, membershipId)));
    expect(await rowsIn(boss.org)).toEqual([]);
    await expect(setNotification(member, { siteId: null, on: true })).rejects.toMatchObject({ code: "not_found" });
  });

  test("ACC-26: access that is revoked while a choice is saved takes it along, and the member is told that it is gone", async () => {
    const boss = await newSuperUser();
    const [site, owner] = [await newSite(boss.org), asOwner()];
    for (const siteId of [null, site.id]) {
      const member = await newMember(boss.org, "observer");
      let saved: Promise<unknown> = Promise.resolve();
      await withinScope({ orgId: boss.orgId, sites: "all" }, async (tx) => {
        await tx.delete(memberships).where(eq(memberships.id, member.membershipId ?? ""));
        let over = false;
        saved = setNotification(member, { siteId, on: true }).catch((fault: unknown) => fault).finally(() => (over = true));
        while (!over && (await waitingForLocks(owner)) === 0);
      });
      expect(await saved).toMatchObject({ code: "not_found" });
    }
    expect(await rowsIn(boss.org)).toEqual([]);
    await owner.end();
  });
});

test("X-8: the sites to choose from are searched and come 50 at a time", async () => {
  const boss = await newSuperUser();
  for (let at = 0; at < 60; at += 1) await newSite(boss.org, `Depot ${String(at).padStart(2, "0")}`);
  const { rows, next, previous } = await listNotified(boss, {});
  expect([rows.length, rows[0]?.name, previous]).toEqual([50, "Depot 00", undefined]);
  const second = await listNotified(boss, { after: next });
  expect(second.rows.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, at) => `Depot ${at + 50}`));
  expect((await listNotified(boss, { before: second.previous })).rows).toEqual(rows);
  expect((await listNotified(boss, { search: "pot 5" })).rows).toHaveLength(10);
  expect((await listNotified(boss, { search: "\0", after: "nonsense" })).rows).toHaveLength(50);
});
