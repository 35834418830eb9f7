import { describe, expect, test } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { importOrganization } from "@/lib/organization-import/commands";
import { restoreSettings } from "@/lib/settings-history/commands";
import { getSettingsHistory } from "@/lib/settings-history/queries";
import { updateSettings } from "@/lib/settings/commands";
import { secretOf } from "@/lib/settings/internal";
import { getSettings } from "@/lib/settings/queries";
import { settingsFormValues } from "@/lib/settings/rules";
import { withTenant } from "@/db/tenant-transaction";
import { deleteSite } from "@/lib/sites/commands";
import { latestAuditEntry, listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

const save = async (actor: Actor, values: Record<string, unknown>) => updateSettings.fromRaw(actor, { ...settingsFormValues(await getSettings(actor, {})), ...values });
const documentOf = async (actor: Actor) => (await getSettings(actor, {})).document;
const history = (actor: Actor, query: Record<string, string> = {}) => getSettingsHistory(actor, query);

/** An organization with three changes; `points` are newest first, then the start. */
async function changedOrganization() {
  const superUser = await newSuperUser();
  const documents = [await documentOf(superUser)];
  for (const values of [{ session_expiry: "60", "cloudshark.apitoken": "canary-31" }, { session_expiry: "120", ui_idle_timeout: "15" }, { name: "Fjord Ferries", ui_idle_timeout: "" }]) {
    await save(superUser, values);
    documents.unshift(await documentOf(superUser));
  }
  const { points, version } = await history(superUser);
  return { superUser, documents, points: points.map(({ id }) => id), version };
}

describe("ORG-31: history of the settings", () => {
  test("the document at each point is what it was, from the newest to before the oldest change", async () => {
    const { superUser, documents, points } = await changedOrganization();
    expect(points).toHaveLength(4);
    for (const [at, point] of points.entries()) expect((await history(superUser, { from: point })).from).toEqual(documents[at]);
    const { differences } = await history(superUser, { from: points[2] ?? "", to: points[1] ?? "" });
    expect(differences).toEqual([
      { path: "session_expiry", from: 60, to: 120 },
      { path: "ui_idle_timeout", from: undefined, to: 15 },
    ]);
    expect((await history(superUser)).differences.map(({ path }) => path)).toEqual(["name", "ui_idle_timeout"]);
    expect(JSON.stringify(await history(superUser))).not.toContain("canary-31");
  });

  test("one value or all of a point are restored with one entry, secrets stay, and an import is a point as well", async () => {
    const { superUser, documents, points, version } = await changedOrganization();
    await restoreSettings(superUser, { point: points[2] ?? "", path: "session_expiry", version });
    expect(await documentOf(superUser)).toEqual({ ...documents[0], session_expiry: 60 });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "settings.updated", change: { before: { session_expiry: 120 }, after: { session_expiry: 60 } } });
    await importOrganization(superUser, { document: "format_version: 1\nsettings:\n  session_expiry: 600\n" });
    const now = await history(superUser);
    expect(now.differences).toEqual([{ path: "session_expiry", from: 60, to: 600 }]);
    await restoreSettings(superUser, { point: "start", version: now.version });
    expect(await documentOf(superUser)).toEqual(documents.at(-1));
    expect(await withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) => secretOf(tx, superUser.orgId, "cloudshark.apitoken"))).toBe("canary-31");
    expect((await listAuditEntries(superUser)).filter(({ name }) => name === "settings.updated")).toHaveLength(5);
  });

  test("X-6: a change meanwhile is told, and one of 20 parallel restores changes something", async () => {
    const { superUser, points, version } = await changedOrganization();
    const colleague = await newMember(superUser.org, "super_user");
    await save(colleague, { session_expiry: "240" });
    await expect(restoreSettings(superUser, { point: points[1] ?? "", version })).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining(colleague.name) });
    const current = (await history(superUser)).version;
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => restoreSettings(superUser, { point: points[1] ?? "", version: current })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
  });

  test("sites that are gone are left out of what is restored, and what is no point or setting is refused", async () => {
    const superUser = await newSuperUser();
    const [kept, gone] = [await newSite(superUser.org), await newSite(superUser.org)];
    await save(superUser, { "installer.extra_site_ids": [kept.id, gone.id] });
    const [{ id: point } = { id: "" }] = (await history(superUser)).points;
    await save(superUser, { "installer.extra_site_ids": [] });
    await deleteSite(superUser, { siteId: gone.id });
    const { version } = await history(superUser);
    for (const wrong of [{ point: kept.id }, { point, path: "cloudshark.apitoken" }, { point, path: "constructor" }]) await expect(restoreSettings(superUser, { ...wrong, version })).rejects.toMatchObject({ code: expect.stringMatching(/not_found|conflict/) });
    await restoreSettings(superUser, { point, version });
    expect((await documentOf(superUser)).installer).toEqual({ extra_site_ids: [kept.id] });
  });

  test("TEN-5: readers see the history and restore nothing; nobody sees that of another organization", async () => {
    const { superUser, points, version } = await changedOrganization();
    for (const role of ["network_admin", "super_observer"] as const) {
      const reader = await newMember(superUser.org, role);
      expect((await history(reader)).points).toHaveLength(4);
      await expect(restoreSettings(reader, { point: points[1] ?? "", version })).rejects.toMatchObject({ code: "forbidden" });
    }
    const stranger = await newSuperUser();
    expect((await history(stranger)).points).toHaveLength(1);
    await expect(history(stranger, { from: points[1] ?? "" })).rejects.toMatchObject({ code: "not_found" });
    await expect(history(await newMember(superUser.org, "observer"))).rejects.toMatchObject({ code: "forbidden" });
  });
});
