import { describe, expect, test } from "vitest";
import { sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { changeSelectedSites } from "@/lib/site-bulk-edit/commands";
import { previewBulkEdit } from "@/lib/site-bulk-edit/queries";
import { bulkSections } from "@/lib/site-bulk-edit/sections";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

const persist = { section: "ap-config-persistence", "change.persist_config_on_device": "true", persist_config_on_device: "true" };
const documentOf = async (actor: Actor, siteId: string) => (await getSiteSettings(actor, { siteId })).document;
const save = async (actor: Actor, siteId: string, typed: Record<string, unknown>) =>
  updateSiteSettings.fromRaw(actor, { ...siteSettingsFormValues(await getSiteSettings(actor, { siteId })), ...typed });

/** Saves all batches of an edit. */
async function applyAll(actor: Actor, edit: Record<string, unknown>) {
  const all = [];
  for (let after: string | undefined, isFirst = true; isFirst || after; isFirst = false) {
    const { results, next } = await changeSelectedSites.fromRaw(actor, { ...edit, after });
    all.push(...results);
    after = next;
  }
  return all;
}

describe("SIT-20: one section of several sites", () => {
  test("the preview says what changes at each site, and the change has a result and an entry for each", async () => {
    const superUser = await newSuperUser();
    const [kiel, ulm] = [await newSite(superUser.org, "Kiel"), await newSite(superUser.org, "Ulm")];
    await save(superUser, ulm.id, { persist_config_on_device: "true", notes: "Keep" });
    const edit = { ...persist, ids: [kiel.id, ulm.id] };
    const expected = [
      { id: kiel.id, name: "Kiel", done: true, text: expect.stringMatching(/: Default → On$/) },
      { id: ulm.id, name: "Ulm", done: true, text: "is already so" },
    ];
    expect((await previewBulkEdit(superUser, edit)).results).toMatchObject(expected);
    expect(await documentOf(superUser, kiel.id)).not.toHaveProperty("persist_config_on_device");
    const entries = (await listAuditEntries(superUser)).length;
    expect((await changeSelectedSites(superUser, edit)).results).toMatchObject(expected);
    expect(await listAuditEntries(superUser)).toHaveLength(entries + 1);
    expect(await documentOf(superUser, kiel.id)).toMatchObject({ persist_config_on_device: true });
    expect(await documentOf(superUser, ulm.id)).toMatchObject({ persist_config_on_device: true, notes: "Keep" });
  });

  test("only ticked fields change, whatever the others hold; without a tick nothing does", async () => {
    const superUser = await newSuperUser();
    const site = await newSite(superUser.org);
    await save(superUser, site.id, { persist_config_on_device: "true" });
    await expect(changeSelectedSites(superUser, { ...persist, "change.persist_config_on_device": "", ids: [site.id] })).rejects.toMatchObject({ code: "invalid" });
    await expect(changeSelectedSites(superUser, { ...persist, ids: [] })).rejects.toMatchObject({ code: "invalid" });
    await expect(changeSelectedSites(superUser, { ...persist, section: "information", ids: [site.id] })).rejects.toMatchObject({ code: "invalid" });
    expect((await documentOf(superUser, site.id)).persist_config_on_device).toBe(true);
    await changeSelectedSites(superUser, { ...persist, persist_config_on_device: undefined, ids: [site.id] });
    expect((await documentOf(superUser, site.id)).persist_config_on_device).toBe(false);
  });

  test("a wrong value is refused beside its field, and no section of one site is offered", async () => {
    const superUser = await newSuperUser();
    const site = await newSite(superUser.org);
    const wrong = { section: "site-proxy", "change.proxy.url": "true", "proxy.url": "x".repeat(2_000), ids: [site.id] };
    for (const run of [previewBulkEdit, changeSelectedSites]) await expect(run(superUser, wrong)).rejects.toMatchObject({ code: "invalid", fields: { "proxy.url": [expect.any(String)] } });
    expect(bulkSections.map(({ id }) => id)).not.toEqual(expect.arrayContaining(["information"]));
    for (const id of ["information", "location", "notes"]) expect(bulkSections.map((section) => section.id)).not.toContain(id);
  });

  test("ADM-7, TEN-3, TEN-5: people change their own sites only; others are left alone and not named", async () => {
    const superUser = await newSuperUser();
    const [own, other] = [await newSite(superUser.org, "Own"), await newSite(superUser.org, "Other")];
    const scoped = await newMember(superUser.org, "network_admin", [own.id]);
    expect((await previewBulkEdit(scoped, { ...persist, all: "true" })).results.map(({ name }) => name)).toEqual(["Own"]);
    const { results } = await changeSelectedSites(scoped, { ...persist, ids: [own.id, other.id] });
    expect(results).toMatchObject([{ name: "Own", done: true }, { name: "A selected row", done: false }]);
    expect(await documentOf(superUser, other.id)).not.toHaveProperty("persist_config_on_device");
    const stranger = await newSuperUser();
    expect((await changeSelectedSites(stranger, { ...persist, ids: [own.id] })).results).toMatchObject([{ done: false, text: "no longer exists" }]);
    await expect(changeSelectedSites(await newMember(superUser.org, "observer"), { ...persist, ids: [own.id] })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("X-6: two edits of the same sites and a save at once do not deadlock, and every result is true", async () => {
    const superUser = await newSuperUser();
    const ids: string[] = [];
    for (let count = 0; count < 10; count += 1) ids.push((await newSite(superUser.org)).id);
    const outcomes = await Promise.allSettled([
      changeSelectedSites(superUser, { ...persist, ids }),
      changeSelectedSites(superUser, { ...persist, ids: ids.toReversed() }),
      save(superUser, ids[4] ?? "", { notes: "Meanwhile" }),
    ]);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
    for (const id of ids) expect(await documentOf(superUser, id)).toMatchObject({ persist_config_on_device: true });
    expect((await listAuditEntries(superUser)).filter(({ change }) => change?.after && "persist_config_on_device" in change.after)).toHaveLength(10);
  });

  test("X-8: 2,000 sites are previewed at once and changed in batches of 50, each once", async () => {
    const superUser = await newSuperUser();
    await withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) =>
      tx.insert(sites).values(Array.from({ length: 2_000 }, (_, at) => ({ name: `Store ${at}`, country: at % 20 === 0 ? "FR" : "DE", timeZone: "UTC" }))),
    );
    const preview = await previewBulkEdit(superUser, { ...persist, all: "true" });
    expect(preview.results).toHaveLength(2_000);
    expect(new Set(preview.results.map(({ text }) => text)).size).toBe(1);
    const results = await applyAll(superUser, { ...persist, all: "true", countries: ["FR"] });
    expect(new Set(results.map(({ id }) => id)).size).toBe(100);
    const after = (await previewBulkEdit(superUser, { ...persist, all: "true" })).results;
    expect(after.filter(({ isUnchanged }) => isUnchanged)).toHaveLength(100);
  }, 60_000);
});
