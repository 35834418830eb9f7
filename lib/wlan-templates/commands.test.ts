import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { siteGroupMembers, siteGroups, sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { collect, latestAuditEntry, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";
import { cloneWlanTemplate, createWlanTemplate, deleteWlanTemplate, exportWlanTemplates, updateWlanTemplate } from "@/lib/wlan-templates/commands";
import { getSiteWlanTemplates, getWlanTemplate, listTemplateSites, listWlanTemplates } from "@/lib/wlan-templates/queries";
import { appliedText, deletionText, reaches, wlanTemplateFormValues } from "@/lib/wlan-templates/rules";
import { createWlan } from "@/lib/wlans/commands";
import { problemsWith, wlanFormValues } from "@/lib/wlans/rules";
import { vlanIdProblem } from "@/lib/shared/vlan-ids";

const save = async (actor: Actor, templateId: string, typed: Record<string, string | string[]>) =>
  updateWlanTemplate.fromRaw(actor, { ...wlanTemplateFormValues(await getWlanTemplate(actor, { templateId })), ...typed });

async function addWlan(actor: Actor, templateId: string, typed: Record<string, string>) {
  const { version } = await getWlanTemplate(actor, { templateId });
  await createWlan.fromRaw(actor, { ...wlanFormValues({ templateId, version, document: {} }), ...typed });
}

const setVariables = ({ orgId }: Actor, rows: readonly { name: string; vars: Record<string, string> }[]) =>
  withTenant({ orgId, sites: "all" }, (tx) =>
    tx.insert(sites).values(rows.map(({ name, vars }) => ({ name, country: "DE", timeZone: "Europe/Berlin", settings: { vars } }))).returning({ id: sites.id, name: sites.name }),
  );

/** A template with variables that is applied to the whole organization. */
async function templateWithVariables() {
  const superUser = await newSuperUser();
  const { id } = await createWlanTemplate(superUser, { name: "Stores" });
  await addWlan(superUser, id, { ssid: "{{site_code}}-guest", vlan: "tagged", vlan_id: "{{vlan0}}" });
  await save(superUser, id, { organization: "true" });
  const rows = await setVariables(superUser, [
    { name: "Berlin", vars: { site_code: "ber", vlan0: "100" } },
    { name: "Kiel", vars: { site_code: "kie", vlan0: "5000", unused: "1" } },
    { name: "Ulm", vars: { vlan0: "20" } },
  ]);
  return { superUser, id, rows };
}

describe("SIT-15: WLAN templates", () => {
  test("they are created, listed, searched and exported, and a name that looks like another is taken", async () => {
    const superUser = await newSuperUser();
    for (const name of ["Süd 10", "Süd 9", "Yard"]) await createWlanTemplate(superUser, { name });
    expect((await listWlanTemplates(superUser, { search: "SUD" })).rows.map(({ name }) => name)).toEqual(["Süd 9", "Süd 10"]);
    await expect(createWlanTemplate(superUser, { name: "yard" })).rejects.toMatchObject({ code: "conflict", fields: { name: [expect.any(String)] } });
    expect((await collect(await exportWlanTemplates(superUser, { search: "sud" }))).flat().map(({ name, applied }) => [name, applied])).toEqual([["Süd 9", "Nowhere yet"], ["Süd 10", "Nowhere yet"]]);
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "wlan_template.exported" });
  });

  test("where it is applied is saved by choice or by name, with the names in the audit entry", async () => {
    const { superUser, id, rows } = await templateWithVariables();
    const [berlin] = rows;
    await save(superUser, id, { name: "Shops", organization: "", sites: [berlin?.id ?? ""], siteNames: "kiel", exceptSiteNames: "Ulm" });
    expect(await latestAuditEntry(superUser)).toMatchObject({
      name: "wlan_template.updated",
      change: { before: { name: "Stores", wholeOrganization: true, sites: [] }, after: { name: "Shops", wholeOrganization: false, sites: ["Berlin", "Kiel"], exceptedSites: ["Ulm"] } },
    });
    expect((await listWlanTemplates(superUser, {})).rows).toMatchObject([{ name: "Shops", wlans: 1, applied: "2 sites, with 1 exception" }]);
    const entry = await latestAuditEntry(superUser);
    await save(superUser, id, {});
    expect((await latestAuditEntry(superUser))?.id).toBe(entry?.id);
    await expect(save(superUser, id, { exceptSites: [berlin?.id ?? ""] })).rejects.toMatchObject({ code: "invalid", fields: { exceptSites: [expect.any(String)] } });
    await expect(save(superUser, id, { siteNames: "Nowhere" })).rejects.toMatchObject({ code: "invalid", fields: { siteNames: [expect.stringContaining("Nowhere")] } });
    await expect(save(superUser, id, { groups: [crypto.randomUUID()] })).rejects.toMatchObject({ code: "invalid", fields: { groups: [expect.any(String)] } });
  });

  test("X-6: the second save of a version is told what changed, and a clone is applied nowhere", async () => {
    const { superUser, id } = await templateWithVariables();
    const opened = wlanTemplateFormValues(await getWlanTemplate(superUser, { templateId: id }));
    await save(superUser, id, { name: "Shops" });
    await expect(updateWlanTemplate.fromRaw(superUser, { ...opened, name: "Late" })).rejects.toMatchObject({ code: "conflict", currentValues: { name: "Shops" } });
    const clone = await cloneWlanTemplate(superUser, { templateId: id, name: "Copy" });
    expect(await getWlanTemplate(superUser, { templateId: clone.id })).toMatchObject({ reached: 0, wlans: [{ document: { ssid: "{{site_code}}-guest" } }] });
  });

  test("its deletion says what uses it, and takes its WLANs along", async () => {
    const { superUser, id } = await templateWithVariables();
    await deleteWlanTemplate(superUser, { templateId: id });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "wlan_template.deleted", change: { before: { wlans: ["{{site_code}}-guest"], reachedSites: 3 } } });
    await expect(deleteWlanTemplate(superUser, { templateId: id })).rejects.toMatchObject({ code: "not_found" });
    expect(deletionText({ ssids: ["a", "b"], sites: 1 })).toBe("Its WLANs are deleted with it: a and b. 1 site loses them.");
    expect(appliedText({ organization: true, groups: 2, sites: 0, exceptions: 2 })).toBe("Whole organization, with 2 exceptions");
  });

  test("TEN-3, ADM-2: nobody of another organization finds it, and administrators of some sites change nothing", async () => {
    const { superUser, id, rows } = await templateWithVariables();
    const stranger = await newSuperUser();
    for (const work of [getWlanTemplate(stranger, { templateId: id }), listTemplateSites(stranger, { templateId: id }), deleteWlanTemplate(stranger, { templateId: id })]) await expect(work).rejects.toMatchObject({ code: "not_found" });
    const scoped = await newMember(superUser.org, "network_admin", [rows[0]?.id ?? ""]);
    await expect(save(scoped, id, { name: "Mine" })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("SIT-14, SIT-15: which sites a template reaches", () => {
  test("the database and the rule agree for any choice of sites, groups and exceptions", async () => {
    const superUser = await newSuperUser();
    const all = await Promise.all(["A", "B", "C", "D"].map((name) => newSite(superUser.org, name)));
    const groups = await withTenant({ orgId: superUser.orgId, sites: "all" }, async (tx) => {
      const made = await tx.insert(siteGroups).values([{ name: "G" }, { name: "H" }]).returning({ id: siteGroups.id });
      await tx.insert(siteGroupMembers).values([[0, 0], [1, 0], [1, 1], [2, 1]].map(([site = 0, group = 0]) => ({ siteId: all[site]?.id ?? "", groupId: made[group]?.id ?? "" })));
      return made.map(({ id }) => id);
    });
    const groupsOf = (at: number) => [[0], [0, 1], [1], []][at]?.map((group) => groups[group] ?? "") ?? [];
    const { id: templateId } = await createWlanTemplate(superUser, { name: "Any" });
    const some = (ids: readonly string[]) => fc.subarray([...ids]);
    const siteIds = all.map(({ id }) => id);
    const places = fc.record({ organization: fc.boolean(), groups: some(groups), sites: some(siteIds), exceptGroups: some(groups), exceptSites: some(siteIds) });
    await fc.assert(
      fc.asyncProperty(places, async ({ organization, ...chosen }) => {
        const without = (ids: string[], other: string[]) => ids.filter((id) => !other.includes(id));
        const typed = { ...chosen, exceptGroups: without(chosen.exceptGroups, chosen.groups), exceptSites: without(chosen.exceptSites, chosen.sites) };
        await save(superUser, templateId, { ...typed, organization: organization ? "true" : "" });
        const reached = (await listTemplateSites(superUser, { templateId })).rows.map(({ id }) => id);
        const expected = siteIds.filter((id, at) => reaches({ organization, ...typed }, { id, groups: groupsOf(at) }));
        expect(reached.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 25 },
    );
  });
});

describe("SIT-14: variables per site", () => {
  test("each site shows what the variables stand for, what is missing and what is out of range", async () => {
    const { superUser, id } = await templateWithVariables();
    const { rows, total } = await listTemplateSites(superUser, { templateId: id });
    expect(total).toBe(3);
    expect(rows.map(({ name, variables, problems }) => [name, Object.fromEntries(variables.map(({ name: variable, value }) => [variable, value])), problems])).toEqual([
      ["Berlin", { site_code: "ber", vlan0: "100" }, []],
      ["Kiel", { site_code: "kie", vlan0: "5000" }, ["VLAN ID: Enter a VLAN ID from 1 to 4094"]],
      ["Ulm", { site_code: undefined, vlan0: "20" }, []],
    ]);
    expect((await listTemplateSites(superUser, { templateId: id, state: "missing" })).rows.map(({ name }) => name)).toEqual(["Ulm"]);
    expect((await listTemplateSites(superUser, { templateId: id, search: "ki" })).rows.map(({ name }) => name)).toEqual(["Kiel"]);
    expect(await getWlanTemplate(superUser, { templateId: id })).toMatchObject({ reached: 3, variables: [{ name: "site_code", lacking: 1 }, { name: "vlan0", lacking: 0 }] });
  });

  test("ADM-2: people see and count their own sites only", async () => {
    const { superUser, id, rows } = await templateWithVariables();
    const scoped = await newMember(superUser.org, "observer", [rows[0]?.id ?? ""]);
    expect((await listTemplateSites(scoped, { templateId: id })).rows.map(({ name }) => name)).toEqual(["Berlin"]);
    expect(await getWlanTemplate(scoped, { templateId: id })).toMatchObject({ reached: 1, variables: [{ name: "site_code", lacking: 0 }, { name: "vlan0", lacking: 0 }] });
    await expect(getSiteWlanTemplates(scoped, { siteId: rows[2]?.id ?? "" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("the page of a site says which templates reach it, what is missing there, and what nothing uses", async () => {
    const { superUser, rows } = await templateWithVariables();
    const at = (index: number) => getSiteWlanTemplates(superUser, { siteId: rows[index]?.id ?? "" });
    expect(await at(1)).toMatchObject({ templates: [{ name: "Stores", missing: [], problems: [expect.stringContaining("VLAN ID")] }], missing: [], unused: ["unused"] });
    expect(await at(2)).toMatchObject({ templates: [{ missing: ["site_code"] }], missing: ["site_code"], unused: [] });
  });

  test("a problem names its field once, and only when every variable has a value", () => {
    const texts = [{ label: "VLAN ID", text: "{{a}}{{b}}", problemOf: vlanIdProblem }, { label: "VLAN ID", text: "{{a}}", problemOf: vlanIdProblem }];
    expect(problemsWith(texts, new Map([["a", "x"]]))).toEqual({ missing: ["b"], problems: ["VLAN ID: Enter a VLAN ID from 1 to 4094"] });
    expect(problemsWith(texts, new Map([["a", "4"], ["b", "0"]]))).toEqual({ missing: [], problems: [] });
  });
});
