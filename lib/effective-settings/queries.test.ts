import { expect, test } from "vitest";
import { rfTemplates } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { exportEffectiveSettings } from "@/lib/effective-settings/commands";
import { getEffectiveSettings } from "@/lib/effective-settings/queries";
import { expectOne } from "@/lib/kernel/expect-one";
import { updateSettings } from "@/lib/settings/commands";
import { getSettings } from "@/lib/settings/queries";
import { settingsFormValues } from "@/lib/settings/rules";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { latestAuditEntry, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

const save = async (actor: Actor, siteId: string, typed: Record<string, unknown>) =>
  updateSiteSettings.fromRaw(actor, { ...siteSettingsFormValues(await getSiteSettings(actor, { siteId })), ...typed });

test("SIT-20: the effective configuration of a site names the source of each value, for readers too, and its file is recorded", async () => {
  const superUser = await newSuperUser();
  const { id: siteId } = await newSite(superUser.org, "Kiel");
  const template = await withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) =>
    expectOne(tx.insert(rfTemplates).values({ name: "Offices", settings: { band_5: { power: 8 } } }).returning({ id: rfTemplates.id })),
  );
  await save(superUser, siteId, { rfTemplate: template.id, persist_config_on_device: "true" });
  const observer = await newMember(superUser.org, "observer", [siteId]);
  const { name, values, total } = await getEffectiveSettings(observer, { siteId, values: "changed" });
  expect([name, total > values.length]).toEqual(["Kiel", true]);
  expect(values).toContainEqual({ path: "persist_config_on_device", value: true, source: "site", isDefault: false });
  expect(values).toContainEqual({ path: "band_5.power", value: 8, source: "template", isDefault: false });
  const { derived } = await exportEffectiveSettings(observer, { siteId, search: "power" });
  expect(derived).toMatchObject({ persist_config_on_device: true, band_5: { power: 8 } });
  expect(await latestAuditEntry(superUser)).toMatchObject({ name: "site.exported", message: "Exported effective configuration of Kiel", siteId });
});

test("SIT-20: secrets are only set or not set, and no value of one leaves the server", async () => {
  const superUser = await newSuperUser();
  const { id: siteId } = await newSite(superUser.org);
  await updateSettings.fromRaw(superUser, { ...settingsFormValues(await getSettings(superUser, {})), "cloudshark.apitoken": "canary-20" });
  const { values } = await getEffectiveSettings(superUser, { siteId });
  expect(JSON.stringify(values)).not.toContain("canary-20");
  for (const { value, isSecret } of values) if (isSecret) expect(value).toBe(false);
});

test("ADM-7, TEN-3: the effective configuration of other sites and organizations is not found", async () => {
  const superUser = await newSuperUser();
  const [own, other] = [await newSite(superUser.org), await newSite(superUser.org)];
  const scoped = await newMember(superUser.org, "observer", [own.id]);
  for (const [actor, site] of [[scoped, other], [await newSuperUser(), own]] as const) {
    await expect(getEffectiveSettings(actor, { siteId: site.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(exportEffectiveSettings(actor, { siteId: site.id })).rejects.toMatchObject({ code: "not_found" });
  }
});
