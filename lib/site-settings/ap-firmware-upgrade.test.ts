import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { valueAt } from "@/lib/shared/settings/document";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { SiteDocument } from "@/lib/site-settings/schema";
import { newSite, newSuperUser } from "@/lib/testing/fixtures";

const [enabled, version, versions, time, day] = ["enabled", "version", "custom_versions", "time_of_day", "day_of_week"].map((name) => `auto_upgrade.${name}`) as [string, string, string, string, string];

async function newSiteOf() {
  const actor = await newSuperUser();
  const { id } = await newSite(actor.org);
  return { actor, id };
}

async function save(actor: Actor, siteId: string, typed: Record<string, unknown>) {
  return updateSiteSettings.fromRaw(actor, { ...siteSettingsFormValues(await getSiteSettings(actor, { siteId })), ...typed });
}

const storedOf = async (actor: Actor, siteId: string) => valueAt((await getSiteSettings(actor, { siteId })).document, "auto_upgrade");

describe("SIT-7: AP Firmware Upgrade", () => {
  test("SIT-7: is off, to production, on Sundays at two, until it is changed", async () => {
    const { actor, id } = await newSiteOf();
    const values = siteSettingsFormValues(await getSiteSettings(actor, { siteId: id }));
    expect([enabled, version, versions, time, day].map((name) => values[name])).toEqual(["", "stable", "", "02:00", "sun"]);
    expect(await storedOf(actor, id)).toBeUndefined();
  });

  test("SIT-7: stores what is chosen under the names of the published API", async () => {
    const { actor, id } = await newSiteOf();
    await save(actor, id, { [enabled]: "true", [version]: "custom", [versions]: "ap41 0.12.27452\nAP45 0.15.31960", [time]: "any", [day]: "any" });
    expect(await storedOf(actor, id)).toEqual({ enabled: true, version: "custom", custom_versions: { AP41: "0.12.27452", AP45: "0.15.31960" }, time_of_day: "any", day_of_week: "any" });
  });

  test("SIT-7: takes a document of the published API, and none beyond its limits", () => {
    const published = { enabled: false, version: "beta", custom_versions: { AP21: "stable", AP41: "0.1.5135", AP61: "0.1.7215" }, time_of_day: "12:00", day_of_week: "sun" };
    const accepts = (change: object) => SiteDocument.safeParse({ auto_upgrade: { ...published, ...change } }).success;
    expect(accepts({})).toBe(true);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`AP${index}`, "1"]));
    const wrong = [{ custom_versions: many }, { custom_versions: { AP41: "1 2" } }, { custom_versions: { AP41: "1", ap41: "2" } }, { custom_versions: [] }, { custom_versions: { AP41: "x".repeat(65) } }, { time_of_day: "2pm" }, { day_of_week: "Sunday" }, { version: "rc2" }];
    for (const change of wrong) expect([change, accepts(change)]).toEqual([change, false]);
  });

  test.each([
    ["AP41 9.9", "Line 1: AP41 has no version 9.9"],
    ["AP41 0.12.27452\nAP99 1", "Line 2: there is no model AP99"],
    ["AP41", "Line 1: enter a model and a version, like AP41 0.14.29633"],
    ["", "Select a version for at least one model"],
  ])("SIT-7: refuses %j beside the field", async (typed, message) => {
    const { actor, id } = await newSiteOf();
    await expect(save(actor, id, { [enabled]: "true", [version]: "custom", [versions]: typed })).rejects.toMatchObject({ code: "invalid", fields: { [versions]: [message] } });
    expect(await storedOf(actor, id)).toBeUndefined();
  });

  test.each([[time, "25:00", "Enter a time, like 02:00"], [day, "someday", "Choose one"], [version, "latest", "Choose one"]])("SIT-7: refuses %s %s", async (field, value, message) => {
    const { actor, id } = await newSiteOf();
    await expect(save(actor, id, { [field]: value })).rejects.toMatchObject({ code: "invalid", fields: { [field]: [message] } });
  });

  test("SIT-7: versions that are stored and no longer listed survive a save, and new ones must be listed", async () => {
    const { actor, id } = await newSiteOf();
    const stored = { enabled: true, version: "custom", custom_versions: { AP21: "stable", AP41: "0.1.5135" } };
    await withTenant({ orgId: actor.orgId, sites: "all" }, (tx) => tx.update(sites).set({ settings: { auto_upgrade: stored } }).where(eq(sites.id, id)));
    await save(actor, id, { notes: "Nothing else" });
    expect(await storedOf(actor, id)).toEqual(stored);
    await expect(save(actor, id, { [versions]: "AP21 stable\nAP41 0.1.5136" })).rejects.toMatchObject({ fields: { [versions]: ["Line 2: AP41 has no version 0.1.5136"] } });
    await save(actor, id, { [versions]: "AP45 0.15.31960\nAP21 stable" });
    expect(await storedOf(actor, id)).toEqual({ ...stored, custom_versions: { AP21: "stable", AP45: "0.15.31960" } });
  });

  test("SIT-7: a schedule counts from the save that changes it: whether, when and in which zone, not to which version", async () => {
    const { actor, id } = await newSiteOf();
    const scheduledAt = async () => (await getSiteSettings(actor, { siteId: id })).upgradeScheduledAt?.getTime() ?? 0;
    await save(actor, id, { [version]: "beta", notes: "Not the schedule" });
    const moments = [await scheduledAt()];
    expect(moments).toEqual([0]);
    for (const typed of [{ [enabled]: "true" }, { [time]: "03:30" }, { [day]: "any" }, { timeZone: "Asia/Kathmandu" }]) {
      await save(actor, id, typed);
      moments.push(await scheduledAt());
      expect(moments.at(-1)).toBeGreaterThan(moments.at(-2) ?? 0);
      await save(actor, id, { [version]: moments.length % 2 === 0 ? "stable" : "beta" });
      expect(await scheduledAt()).toBe(moments.at(-1));
    }
  });
});
