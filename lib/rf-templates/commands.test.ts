import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { sites as siteRows } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { cloneRfTemplate, createRfTemplate, deleteRfTemplate, exportRfTemplates, updateRfTemplate } from "@/lib/rf-templates/commands";
import { getRfTemplate, listRfTemplates } from "@/lib/rf-templates/queries";
import { rfTemplateKind } from "@/lib/rf-templates/rules";
import { RfTemplateDocument } from "@/lib/rf-templates/schema";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { listSites } from "@/lib/sites/queries";
import { resolvedSettings, templateFormValues } from "@/lib/templates/rules";
import { collect, latestAuditEntry, listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { race, rounds } from "@/lib/testing/race";

type Typed = Record<string, unknown>;

/** Saves the page of a template with some fields changed. */
const save = async (actor: Actor, templateId: string, typed: Typed) => updateRfTemplate.fromRaw(actor, { ...templateFormValues(rfTemplateKind, await getRfTemplate(actor, { templateId })), ...typed });

/** Chooses a template on the page of a site. */
const assign = async (actor: Actor, siteId: string, rfTemplate: string) =>
  updateSiteSettings.fromRaw(actor, { ...siteSettingsFormValues(await getSiteSettings(actor, { siteId })), rfTemplate });

async function templateOnSites(...names: string[]) {
  const superUser = await newSuperUser();
  const { id: templateId } = await createRfTemplate(superUser, { name: "Stores" });
  const sites = [];
  for (const name of names) {
    const site = await newSite(superUser.org, name);
    await assign(superUser, site.id, templateId);
    sites.push(site.id);
  }
  return { superUser, templateId, sites };
}

describe("SIT-5: an RF template is created and changed", () => {
  test("SIT-5, SIT-15: settings are saved under the published names with one audit entry that names the sections", async () => {
    const { superUser, templateId } = await templateOnSites();
    await save(superUser, templateId, { name: "Large stores", country_code: "{{country}}", "band_5.bandwidth": "80", "band_24.disabled": "", "band_5.channels": "44; 36", scanning_enabled: "false" });
    const { document, version, name } = await getRfTemplate(superUser, { templateId });
    expect({ name, version }).toEqual({ name: "Large stores", version: 2 });
    expect(document).toEqual({
      name: "Large stores",
      country_code: "{{country}}",
      scanning_enabled: false,
      band_24: { disabled: true },
      band_5: { bandwidth: 80, channels: [36, 44] },
    });
    expect(RfTemplateDocument.safeParse(document).success).toBe(true);
    expect(await latestAuditEntry(superUser)).toMatchObject({
      name: "rf_template.updated",
      siteId: null,
      message: "Changed name, Information and 3 more fields of RF template Large stores",
      change: { before: { name: "Stores", "band_5.bandwidth": null }, after: { "band_5.bandwidth": 80 } },
    });
  });

  test("SIT-5: a save without changes writes nothing, and clearing a field removes it", async () => {
    const { superUser, templateId } = await templateOnSites();
    await save(superUser, templateId, {});
    expect(await listAuditEntries(superUser)).toHaveLength(1);
    await save(superUser, templateId, { "band_6.power": "12", country_code: "DE" });
    await save(superUser, templateId, { "band_6.power": "", country_code: "" });
    expect((await getRfTemplate(superUser, { templateId })).document).toEqual({ name: "Stores" });
  });

  test("X-6: a save with an outdated version gets the current values, and one of 20 parallel saves succeeds", async () => {
    const { superUser, templateId } = await templateOnSites();
    const opened = templateFormValues(rfTemplateKind, await getRfTemplate(superUser, { templateId }));
    const saves = rounds.map((round) => updateRfTemplate.fromRaw(superUser, { ...opened, name: `Stores ${round}` }));
    expect((await race(saves)).filter((outcome) => outcome === "done")).toHaveLength(1);
    await expect(updateRfTemplate.fromRaw(superUser, { ...opened, "band_5.power": "9" })).rejects.toMatchObject({ code: "conflict", updatedBy: "You", currentValues: { version: "2" } });
  });

  test.each<[Typed, string]>([
    [{ name: "" }, "name"],
    [{ country_code: "XX" }, "country_code"],
    [{ country_code: "{{no spaces}}" }, "country_code"],
    [{ country_code: "{{" }, "country_code"],
    [{ "band_24.channels": "15" }, "band_24.channels"],
    [{ "band_5.channels": "37" }, "band_5.channels"],
    [{ "band_6.channels": "1, x" }, "band_6.channels"],
    [{ "band_24.bandwidth": "80" }, "band_24.bandwidth"],
    [{ "band_5.power": "4" }, "band_5.power"],
    [{ "band_24.power": "26" }, "band_24.power"],
    [{ "band_5.power_min": "12", "band_5.power_max": "11" }, "band_5.power_max"],
    [{ "band_6.power_max": "7" }, "band_6.power_max"],
    [{ "band_6.ant_gain": "11" }, "band_6.ant_gain"],
    [{ scanning_enabled: "maybe" }, "scanning_enabled"],
  ])("X-4: %o is an error beside its field", async (typed, field) => {
    const { superUser, templateId } = await templateOnSites();
    await expect(save(superUser, templateId, typed)).rejects.toMatchObject({ code: "invalid", fields: { [field]: [expect.any(String)] } });
  });

  test("SIT-5: a name that looks like another one is taken, and only in the same organization", async () => {
    const { superUser, templateId } = await templateOnSites();
    const taken = { code: "conflict", fields: { name: ["An RF template with this name already exists"] } };
    await expect(createRfTemplate(superUser, { name: "ＳTORES" })).rejects.toMatchObject(taken);
    await expect(cloneRfTemplate(superUser, { templateId, name: "stores" })).rejects.toMatchObject(taken);
    await expect(createRfTemplate(await newSuperUser(), { name: "Stores" })).resolves.toMatchObject({ name: "Stores" });
  });
});

test("SIT-15: a clone has all settings, also those that no field shows, and no site", async () => {
  const { superUser, templateId } = await templateOnSites("Kiel");
  await save(superUser, templateId, { "band_5.bandwidth": "80" });
  const copy = await cloneRfTemplate(superUser, { templateId, name: "Offices" });
  expect(await getRfTemplate(superUser, { templateId: copy.id })).toMatchObject({ name: "Offices", version: 1, document: { band_5: { bandwidth: 80 } }, use: { total: 0 } });
  expect(await latestAuditEntry(superUser)).toMatchObject({ message: "Created RF template Offices", change: { after: { copyOf: "Stores", "band_5.bandwidth": 80 } } });
});

describe("SIT-5, SIT-15: an RF template is deleted", () => {
  test("one that sites use is kept, and the number of sites is said beside the choice", async () => {
    const { superUser, templateId } = await templateOnSites("Kiel", "Ulm");
    await expect(deleteRfTemplate(superUser, { templateId })).rejects.toMatchObject({ code: "conflict", fields: { unassign: [expect.stringContaining("2 sites use it")] } });
    expect((await getRfTemplate(superUser, { templateId })).use).toMatchObject({ total: 2, sites: [{ name: "Kiel" }, { name: "Ulm" }] });
  });

  test("on an explicit choice it is taken from its sites, each with an audit entry and a new version", async () => {
    const { superUser, templateId, sites } = await templateOnSites("Kiel", "Ulm");
    await deleteRfTemplate(superUser, { templateId, unassign: "true" });
    for (const siteId of sites) expect(await getSiteSettings(superUser, { siteId })).toMatchObject({ version: 3, document: expect.not.objectContaining({ rfTemplate: templateId }) });
    const entries = await listAuditEntries(superUser);
    expect(entries.slice(0, 3).map(({ message, siteName }) => [message, siteName])).toEqual([
      ["Deleted RF template Stores", null],
      expect.arrayContaining([expect.stringMatching(/^Changed RF template of site /)]),
      expect.arrayContaining([expect.stringMatching(/^Changed RF template of site /)]),
    ]);
    expect(new Set(entries.slice(1, 3).map(({ siteName }) => siteName))).toEqual(new Set(["Kiel", "Ulm"]));
    await expect(deleteRfTemplate(superUser, { templateId })).rejects.toMatchObject({ code: "not_found" });
  });

  test("a deletion and a site that chooses the template at the same moment end in words, never in a dangling choice", async () => {
    const { superUser } = await templateOnSites();
    const { id: siteId } = await newSite(superUser.org);
    for (const round of rounds) {
      const { id: templateId } = await createRfTemplate(superUser, { name: `Round ${round}` });
      const outcomes = await race([assign(superUser, siteId, templateId), deleteRfTemplate(superUser, { templateId, unassign: "true" }), deleteRfTemplate(superUser, { templateId })]);
      expect(["done", "conflict", "not_found"]).toEqual(expect.arrayContaining(outcomes));
      const left = (await listRfTemplates(superUser, { search: `Round ${round}` })).rows.some(({ name }) => name === `Round ${round}`);
      const { document } = await getSiteSettings(superUser, { siteId });
      expect(document.rfTemplate === undefined || (left && document.rfTemplate === templateId)).toBe(true);
      if (left) await deleteRfTemplate(superUser, { templateId, unassign: "true" });
    }
  });
});

describe("SIT-15: who reads and changes templates", () => {
  test("ADM-7: a person of some sites reads templates and sees only their sites as users, in counts too", async () => {
    const { superUser, templateId, sites } = await templateOnSites("Kiel", "Ulm", "Bonn");
    for (const role of ["network_admin", "observer", "installer", "helpdesk"] as const) {
      const scoped = await newMember(superUser.org, role, sites.slice(0, 1));
      expect((await listRfTemplates(scoped, {})).rows).toMatchObject([{ name: "Stores", sites: 1 }]);
      expect((await getRfTemplate(scoped, { templateId })).use).toEqual({ total: 1, sites: [{ id: sites[0], name: "Kiel", variables: {} }], lacking: { total: 0, sites: [] } });
      const changes = [createRfTemplate(scoped, { name: "Mine" }), save(scoped, templateId, { name: "Mine" }), deleteRfTemplate(scoped, { templateId, unassign: "true" }), cloneRfTemplate(scoped, { templateId, name: "Mine" })];
      expect(new Set(await race(changes))).toEqual(new Set(["forbidden"]));
    }
    expect((await listRfTemplates(superUser, {})).rows).toMatchObject([{ sites: 3 }]);
    await newSite(superUser.org, "Aachen");
    expect((await listSites(superUser, {})).rows.map(({ rfTemplate }) => rfTemplate)).toEqual(["", "Stores", "Stores", "Stores"]);
  });

  test("TEN-3: a template of another organization does not exist", async () => {
    const { templateId, superUser } = await templateOnSites();
    const stranger = await newSuperUser();
    const { id: siteId } = await newSite(stranger.org);
    await expect(getRfTemplate(stranger, { templateId })).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteRfTemplate(stranger, { templateId })).rejects.toMatchObject({ code: "not_found" });
    await expect(cloneRfTemplate(stranger, { templateId, name: "Mine" })).rejects.toMatchObject({ code: "not_found" });
    const values = templateFormValues(rfTemplateKind, await getRfTemplate(superUser, { templateId }));
    await expect(updateRfTemplate.fromRaw(stranger, values)).rejects.toMatchObject({ code: "not_found" });
    await expect(assign(stranger, siteId, templateId)).rejects.toMatchObject({ code: "conflict", fields: { rfTemplate: [expect.any(String)] } });
  });
});

test("SIT-15, X-8: templates are listed in natural order and exported as they are searched", async () => {
  const superUser = await newSuperUser();
  for (const name of ["Süd 10", "Süd 9", "Yard"]) await createRfTemplate(superUser, { name });
  const listed = await listRfTemplates(superUser, { search: "SUD" });
  expect([listed.total, ...listed.rows.map(({ name }) => name)]).toEqual([2, "Süd 9", "Süd 10"]);
  const batches = await collect(await exportRfTemplates(superUser, { search: "sud", sort: "-name" }));
  expect(batches.flat().map(({ name }) => name)).toEqual(["Süd 10", "Süd 9"]);
  expect(await latestAuditEntry(superUser)).toMatchObject({ name: "rf_template.exported", message: "Exported RF templates" });
});

test("SIT-14: the page of a template knows what its variables are at its sites, and which sites lack one", async () => {
  const { superUser, templateId, sites } = await templateOnSites("Kiel", "Ulm", "Bonn");
  await save(superUser, templateId, { country_code: "{{country}}" });
  const [kiel = "", ulm = ""] = sites;
  for (const [siteId, vars] of [[kiel, { country: "DE", city: "Kiel" }], [ulm, { country: "Germany" }]] as const)
    await withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) => tx.update(siteRows).set({ settings: { vars } }).where(eq(siteRows.id, siteId)));
  const { document, use } = await getRfTemplate(superUser, { templateId });
  expect(use.lacking).toMatchObject({ total: 1, sites: [{ name: "Bonn" }] });
  const shown = use.sites.map(({ name, variables }) => [name, ...resolvedSettings(rfTemplateKind.sectionsOf(null), document, variables)]);
  expect(shown).toEqual([
    ["Bonn", { label: "Country code", text: "{{country}}", problem: "{{country}} has no value" }],
    ["Kiel", { label: "Country code", text: "DE", problem: undefined }],
    ["Ulm", { label: "Country code", text: "Germany", problem: "Enter the two letters of a country, like DE" }],
  ]);
  const scoped = await newMember(superUser.org, "observer", [kiel]);
  expect((await getRfTemplate(scoped, { templateId })).use).toMatchObject({ total: 1, lacking: { total: 0 } });
});
