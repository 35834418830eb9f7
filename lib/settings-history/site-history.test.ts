import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eq } from "drizzle-orm";
import { rfTemplates, siteGroups } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { expectOne } from "@/lib/kernel/expect-one";
import { restoreSite } from "@/lib/settings-history/commands";
import { getSiteHistory } from "@/lib/settings-history/queries";
import { siteHistory } from "@/lib/settings-history/rules";
import { valueAt, withChanges } from "@/lib/shared/settings/document";
import { updateSiteSettings } from "@/lib/site-settings/commands";
import { getSiteSettings } from "@/lib/site-settings/queries";
import { siteSettingsFormValues } from "@/lib/site-settings/rules";
import { latestAuditEntry, listAuditEntries, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

const documentOf = async (actor: Actor, siteId: string) => (await getSiteSettings(actor, { siteId })).document;
const save = async (actor: Actor, siteId: string, typed: Record<string, unknown>) =>
  updateSiteSettings.fromRaw(actor, { ...siteSettingsFormValues(await getSiteSettings(actor, { siteId })), ...typed });

/** A site with three changes; documents and points are newest first. */
async function changedSite() {
  const superUser = await newSuperUser();
  const { id: siteId } = await newSite(superUser.org, "Kiel");
  const documents = [await documentOf(superUser, siteId)];
  for (const typed of [{ notes: "First", streetAddress: "Quay 1" }, { latlng: "54.3, 10.1", persist_config_on_device: "true" }, { notes: "", name: "Kiel Harbour", groups: "North, East" }]) {
    await save(superUser, siteId, typed);
    documents.unshift(await documentOf(superUser, siteId));
  }
  const { points, version } = await getSiteHistory(superUser, { siteId });
  return { superUser, siteId, documents, points: points.map(({ id }) => id), version };
}

describe("SIT-20: history of a site", () => {
  test("the site at each point is what it was, and any two points are compared", async () => {
    const { superUser, siteId, documents, points } = await changedSite();
    expect(points).toHaveLength(4);
    for (const [at, point] of points.entries()) {
      const { from } = await getSiteHistory(superUser, { siteId, from: point });
      expect(siteHistory.differencesBetween(from, documents[at] ?? {})).toEqual([]);
    }
    const { differences } = await getSiteHistory(superUser, { siteId, from: points[3], to: points[1] });
    expect(differences.map(({ path, to }) => [path, to])).toEqual([
      ["streetAddress", "Quay 1"],
      ["latlng", { lat: 54.3, lng: 10.1 }],
      ["notes", "First"],
      ["persist_config_on_device", true],
    ]);
  });

  test("one value or all of a point are restored with one entry", async () => {
    const { superUser, siteId, documents, points, version } = await changedSite();
    await restoreSite(superUser, { siteId, point: points[1] ?? "", path: "notes", version });
    expect(await documentOf(superUser, siteId)).toEqual({ ...documents[0], notes: "First" });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "site.updated", siteId, change: { before: { notes: null }, after: { notes: "First" } } });
    const entries = (await listAuditEntries(superUser)).length;
    await restoreSite(superUser, { siteId, point: "start", version: version + 1 });
    expect(await documentOf(superUser, siteId)).toEqual(documents.at(-1));
    expect(await listAuditEntries(superUser)).toHaveLength(entries + 1);
  });

  test("X-6: a change meanwhile is told, and one of 20 parallel restores changes something", async () => {
    const { superUser, siteId, points, version } = await changedSite();
    const colleague = await newMember(superUser.org, "network_admin");
    await save(colleague, siteId, { notes: "Meanwhile" });
    await expect(restoreSite(superUser, { siteId, point: points[1] ?? "", version })).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining(colleague.name) });
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => restoreSite(superUser, { siteId, point: "start", version: version + 1 })));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "conflict" });
  });

  test("a template or group that is gone is left out of what is restored, and said before", async () => {
    const superUser = await newSuperUser();
    const { orgId } = superUser;
    const { id: siteId } = await newSite(superUser.org);
    const template = await withTenant({ orgId, sites: "all" }, (tx) => expectOne(tx.insert(rfTemplates).values({ name: "Offices" }).returning({ id: rfTemplates.id })));
    await save(superUser, siteId, { rfTemplate: template.id, groups: "North, South", notes: "Old" });
    await save(superUser, siteId, { rfTemplate: "", groups: "", notes: "New" });
    await withTenant({ orgId, sites: "all" }, async (tx) => {
      await tx.delete(rfTemplates).where(eq(rfTemplates.id, template.id));
      await tx.delete(siteGroups).where(eq(siteGroups.name, "South"));
    });
    const { notes, points, version } = await getSiteHistory(superUser, { siteId });
    expect(notes).toEqual({ rfTemplate: "This RF template no longer exists", groups: "“South” no longer exists and is left out" });
    const point = points[1]?.id ?? "";
    await expect(restoreSite(superUser, { siteId, point, path: "rfTemplate", version })).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("no longer exists") });
    await restoreSite(superUser, { siteId, point, version });
    const restored = await documentOf(superUser, siteId);
    expect(restored).toMatchObject({ groups: ["North"], notes: "Old" });
    expect(valueAt(restored, "rfTemplate")).toBeUndefined();
  });

  test("ADM-7, TEN-3: people restore their own sites only, and no groups; readers restore nothing", async () => {
    const { superUser, siteId, points, version } = await changedSite();
    const other = await newSite(superUser.org);
    const scoped = await newMember(superUser.org, "network_admin", [siteId]);
    await expect(getSiteHistory(scoped, { siteId: other.id })).rejects.toMatchObject({ code: "not_found" });
    expect((await getSiteHistory(scoped, { siteId })).notes.groups).toBe("Only administrators with access to all sites can change groups");
    await restoreSite(scoped, { siteId, point: points[1] ?? "", version });
    expect(await documentOf(superUser, siteId)).toMatchObject({ name: "Kiel", notes: "First", groups: ["East", "North"] });
    const reader = await newMember(superUser.org, "super_observer");
    expect((await getSiteHistory(reader, { siteId })).points.length).toBeGreaterThan(1);
    await expect(restoreSite(reader, { siteId, point: "start", version })).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await newSuperUser();
    await expect(restoreSite(stranger, { siteId, point: "start", version })).rejects.toMatchObject({ code: "not_found" });
    for (const wrong of [{ point: other.id }, { point: "start", path: "unknown" }]) {
      const before = await documentOf(superUser, siteId);
      await restoreSite(superUser, { siteId, ...wrong, version: version + 1 }).catch((error: unknown) => expect(error).toMatchObject({ code: "not_found" }));
      expect(await documentOf(superUser, siteId)).toEqual(before);
    }
  });

  test("whatever changes are recorded, undoing them gives the document before", () => {
    const paths = ["notes", "streetAddress", "persist_config_on_device"];
    const changes = fc.array(fc.record({ path: fc.constantFrom(...paths), value: fc.oneof(fc.constant(undefined), fc.string({ minLength: 1 }), fc.boolean()) }), { maxLength: 12 });
    fc.assert(
      fc.property(changes, (made) => {
        const documents = [{ name: "Kiel" } as Record<string, unknown>];
        const entries = made.map(({ path, value }, at) => {
          const before = documents[0] ?? {};
          documents.unshift(withChanges(before, { [path]: value }));
          return { id: String(at), change: { before: { [path]: valueAt(before, path) ?? null }, after: { [path]: value ?? null } } };
        });
        const newestFirst = entries.toReversed();
        for (const [at, { id }] of newestFirst.entries()) expect(siteHistory.documentAt(documents[0] ?? {}, newestFirst, id)).toEqual(documents[at]);
        expect(siteHistory.documentAt(documents[0] ?? {}, newestFirst, "start")).toEqual(documents.at(-1));
      }),
    );
  });
});
