import { describe, expect, test } from "vitest";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { createSiteGroup, deleteSiteGroup, exportSiteGroups, renameSiteGroup } from "@/lib/site-groups/commands";
import { getSiteGroup, listSiteGroups, suggestSiteGroups } from "@/lib/site-groups/queries";
import { deletionText } from "@/lib/site-groups/rules";
import { createSite, updateSite } from "@/lib/sites/commands";
import { getSite } from "@/lib/sites/queries";
import { getAdministrator } from "@/lib/administrators/queries";
import { collect, latestAuditEntry, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

const site = { country: "DE", timeZone: "Europe/Berlin", streetAddress: "" };
const names = async (...args: Parameters<typeof listSiteGroups>) => (await listSiteGroups(...args)).rows.map(({ name }) => name);

async function groupInUse() {
  const superUser = await newSuperUser();
  const one = await createSite(superUser, { ...site, name: "Kiel", groups: "North" });
  await createSite(superUser, { ...site, name: "Ulm", groups: "North, South" });
  const [north, south] = (await listSiteGroups(superUser, {})).rows;
  if (!north || !south) throw new Error("No groups");
  const invite = (groups: string[]) =>
    inviteAdministrator(superUser, { email: `${crypto.randomUUID()}@example.test`, firstName: "Gert", lastName: "", role: "observer", scope: "groups", groups });
  const invited = await invite([north.id]);
  await invite([north.id, south.id]);
  return { superUser, one, north, south, invited };
}

describe("SIT-6: a site group is made on purpose", () => {
  test("SIT-6: it is created with its audit entry, and a name that looks like another is taken", async () => {
    const superUser = await newSuperUser();
    const { id: siteGroupId } = await createSiteGroup(superUser, { name: "North" });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "site_group.created", message: "Added site group North", change: { after: { name: "North" } } });
    expect(await getSiteGroup(superUser, { siteGroupId })).toMatchObject({ name: "North", sites: 0, administrators: 0 });
    for (const name of ["north", "Ｎorth ", "No\u00adrth"]) {
      await expect(createSiteGroup(superUser, { name }), name).rejects.toMatchObject({ code: "conflict", fields: { name: ["A site group with this name already exists"] } });
    }
    await expect(createSiteGroup(superUser, { name: "A, B" })).rejects.toMatchObject({ code: "invalid", fields: { name: [expect.stringContaining("commas")] } });
  });

  test("SIT-6: only administrators with access to all sites change groups", async () => {
    const { org } = await newSuperUser();
    const scoped = await newMember(org, "network_admin", [(await newSite(org)).id]);
    for (const actor of [await newMember(org, "observer"), await newMember(org, "super_observer"), scoped]) {
      await expect(createSiteGroup(actor, { name: "Mine" })).rejects.toMatchObject({ code: "forbidden" });
      await expect(listSiteGroups(actor, {})).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});

describe("SIT-6: a site group is renamed", () => {
  test("SIT-6: it is renamed everywhere, with an audit entry, and a second rename of an old version is refused", async () => {
    const { superUser, one, north } = await groupInUse();
    await renameSiteGroup(superUser, { siteGroupId: north.id, version: north.version, name: "Coast" });
    expect((await getSite(superUser, { siteId: one.id })).groups).toEqual(["Coast"]);
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "site_group.renamed", message: "Renamed site group Coast", change: { before: { name: "North" }, after: { name: "Coast" } } });
    await expect(renameSiteGroup(superUser, { siteGroupId: north.id, version: north.version, name: "Shore" })).rejects.toMatchObject({ code: "conflict", currentValues: { name: "Coast" } });
    await expect(renameSiteGroup(superUser, { siteGroupId: north.id, version: north.version + 1, name: "SOUTH" })).rejects.toMatchObject({ code: "conflict", fields: { name: [expect.any(String)] } });
  });

  test("SIT-6, X-6: a site form that was open does not make the old group again", async () => {
    const { superUser, one, north } = await groupInUse();
    const opened = await getSite(superUser, { siteId: one.id });
    await renameSiteGroup(superUser, { siteGroupId: north.id, version: north.version, name: "Coast" });
    const save = updateSite(superUser, { ...site, siteId: one.id, version: opened.version, name: "Kiel", groups: "North" });
    await expect(save).rejects.toMatchObject({ code: "conflict", currentValues: { groups: "Coast" } });
    expect(await names(superUser, {})).toEqual(["Coast", "South"]);
  });
});

describe("SIT-6: a site group is deleted", () => {
  test("SIT-6: its uses are counted, its sites stay, and it grants no access any more", async () => {
    const { superUser, one, north, invited } = await groupInUse();
    expect(await getSiteGroup(superUser, { siteGroupId: north.id })).toMatchObject({ sites: 2, administrators: 2, onlyThis: 1 });
    await deleteSiteGroup(superUser, { siteGroupId: north.id });
    expect((await getSite(superUser, { siteId: one.id })).groups).toEqual([]);
    expect(await getAdministrator(superUser, { administratorId: invited.id })).toMatchObject({ scope: "groups", count: 0, groups: [], sites: [] });
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "site_group.deleted", change: { before: { name: "North", sites: 2, administrators: 2 } } });
    await expect(deleteSiteGroup(superUser, { siteGroupId: north.id })).rejects.toMatchObject({ code: "not_found" });
  });

  test("SIT-6: a group of the same name that is made later gives back no access", async () => {
    const { superUser, one, north, invited } = await groupInUse();
    await deleteSiteGroup(superUser, { siteGroupId: north.id });
    await updateSite(superUser, { ...site, siteId: one.id, version: (await getSite(superUser, { siteId: one.id })).version, name: "Kiel", groups: "North" });
    expect(await getAdministrator(superUser, { administratorId: invited.id })).toMatchObject({ count: 0 });
  });

  test("TEN-3: a site group of another organization does not exist", async () => {
    const { north } = await groupInUse();
    const stranger = await newSuperUser();
    await expect(getSiteGroup(stranger, { siteGroupId: north.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(renameSiteGroup(stranger, { siteGroupId: north.id, version: 1, name: "Mine" })).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteSiteGroup(stranger, { siteGroupId: north.id })).rejects.toMatchObject({ code: "not_found" });
  });

  test.each([
    [{ sites: 0, administrators: 0, onlyThis: 0 }, "It has no sites, and no administrator has access through it."],
    [{ sites: 1, administrators: 0, onlyThis: 0 }, "1 site is removed from it. No administrator loses access."],
    [{ sites: 3, administrators: 2, onlyThis: 1 }, "3 sites are removed from it. 2 administrators lose access through it; 1 of them will have no site left."],
    [{ sites: 0, administrators: 1, onlyThis: 1 }, "It has no sites. 1 administrator loses access through it and will have no site left."],
  ])("SIT-6: the consequences of deleting a group with %o", (use, text) => expect(deletionText(use)).toBe(text));
});

test("SIT-6, X-8: site groups are listed, suggested and exported as they are searched", async () => {
  const superUser = await newSuperUser();
  for (const name of ["Süd 10", "Süd 9", "Yard"]) await createSiteGroup(superUser, { name });
  expect(await names(superUser, { search: "SUD" })).toEqual(["Süd 9", "Süd 10"]);
  expect(await suggestSiteGroups(superUser, { search: "9 sud" })).toMatchObject([{ name: "Süd 9", sites: 0, administrators: 0 }]);
  const batches = await collect(await exportSiteGroups(superUser, { search: "sud" }));
  expect(batches.flat().map(({ name }) => name)).toEqual(["Süd 9", "Süd 10"]);
  expect(await latestAuditEntry(superUser)).toMatchObject({ name: "site_group.exported", message: "Exported site groups" });
});
