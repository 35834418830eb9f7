import { describe, expect, test } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { latestAuditEntry, listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

/** Saves the page of a site with some fields changed. */
async function save(actor: Actor, siteId: string, typed: Record<string, unknown>) {
  return updateSiteSettings.fromRaw(actor, { ...siteSettingsFormValues(await getSiteSettings(actor, { siteId })), ...typed });
}

describe("SIT-1, SIT-2, SIT-3, SIT-4: the page of a site is saved as one change", () => {
  test("fields, groups and settings with one audit entry that names the sections", async () => {
    const superUser = await newSuperUser();
    const { id } = await newSite(superUser.org);
    await save(superUser, id, { name: "Kiel", latlng: "54.3233, 10.1228", notes: "Key at the harbour office", groups: "North, Ferries", persist_config_on_device: "true" });
    const { document } = await getSiteSettings(superUser, { siteId: id });
    expect(document).toMatchObject({ name: "Kiel", latlng: { lat: 54.3233, lng: 10.1228 }, notes: "Key at the harbour office", groups: ["Ferries", "North"], persist_config_on_device: true });
    const [entry, ...earlier] = (await listAuditEntries(superUser)).filter(({ name }) => name === "site.updated");
    expect(earlier).toEqual([]);
    expect(entry?.change?.after).toMatchObject({ persist_config_on_device: true, notes: "Key at the harbour office" });
    expect(entry?.message).toContain("name");
  });

  test("X-6: the second of two saves of the same version is told what changed, and loses nothing", async () => {
    const superUser = await newSuperUser();
    const { id } = await newSite(superUser.org);
    const opened = siteSettingsFormValues(await getSiteSettings(superUser, { siteId: id }));
    const colleague = await newMember(superUser.org, "super_user");
    await save(colleague, id, { persist_config_on_device: "true" });
    const late = updateSiteSettings.fromRaw(superUser, { ...opened, notes: "Late" });
    await expect(late).rejects.toMatchObject({ code: "conflict", updatedBy: colleague.name, currentValues: { persist_config_on_device: "true" } });
  });

  test("X-6: of 20 parallel saves one changes something, the others are conflicts", async () => {
    const superUser = await newSuperUser();
    const { id } = await newSite(superUser.org);
    const opened = siteSettingsFormValues(await getSiteSettings(superUser, { siteId: id }));
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => updateSiteSettings.fromRaw(superUser, { ...opened, notes: `Note ${at}` })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
  });

  test.each([
    ["latlng", "91, 10"],
    ["latlng", "Kiel"],
    ["name", ""],
    ["country", "XX"],
    ["timeZone", "Europe/Nowhere"],
    ["notes", "x".repeat(2_001)],
    ["rfTemplate", "none"],
  ])("X-4: %s %j is refused beside its field, and nothing is saved", async (field, value) => {
    const superUser = await newSuperUser();
    const { id } = await newSite(superUser.org);
    await expect(save(superUser, id, { [field]: value })).rejects.toMatchObject({ code: "invalid", fields: { [field]: [expect.any(String)] } });
    expect((await getSiteSettings(superUser, { siteId: id })).version).toBe(1);
  });

  test("SIT-3: coordinates are typed in the usual notations, also as the address, unless they are given themselves", async () => {
    const superUser = await newSuperUser();
    const { id } = await newSite(superUser.org);
    const saved = async (typed: Record<string, unknown>) => {
      await save(superUser, id, typed);
      const { document } = await getSiteSettings(superUser, { siteId: id });
      return [document.streetAddress, document.latlng];
    };
    expect(await saved({ streetAddress: "54° 19' 12\" N, 10° 7' 48\" E" })).toEqual([`54° 19' 12" N, 10° 7' 48" E`, { lat: 54.32, lng: 10.13 }]);
    expect(await saved({ latlng: "52,5; 13,4" })).toEqual([`54° 19' 12" N, 10° 7' 48" E`, { lat: 52.5, lng: 13.4 }]);
    expect(await saved({ streetAddress: "48.1, 11.5", latlng: "48.2, 11.6" })).toEqual(["48.1, 11.5", { lat: 48.2, lng: 11.6 }]);
    expect(await saved({ streetAddress: "Quay 1", latlng: "" })).toEqual(["Quay 1", undefined]);
    await expect(save(superUser, id, { streetAddress: "95, 10" })).rejects.toMatchObject({ code: "invalid", fields: { streetAddress: ["Latitude goes from -90 to 90, longitude from -180 to 180"] } });
  });

  test("ADM-2, TEN-3: people change their own sites only, and no groups; others see and change nothing", async () => {
    const superUser = await newSuperUser();
    const [own, other] = [await newSite(superUser.org), await newSite(superUser.org)];
    const scoped = await newMember(superUser.org, "network_admin", [own.id]);
    await save(scoped, own.id, { notes: "Mine" });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "site.updated", change: { after: { notes: "Mine" } } });
    await expect(save(scoped, own.id, { groups: "North" })).rejects.toMatchObject({ code: "invalid", fields: { groups: [expect.any(String)] } });
    await expect(getSiteSettings(scoped, { siteId: other.id })).rejects.toMatchObject({ code: "not_found" });
    const stranger = await newSuperUser();
    await expect(getSiteSettings(stranger, { siteId: own.id })).rejects.toMatchObject({ code: "not_found" });
    const observer = await newMember(superUser.org, "observer", [own.id]);
    await expect(save(observer, own.id, { notes: "Observed" })).rejects.toMatchObject({ code: "forbidden" });
  });
});
