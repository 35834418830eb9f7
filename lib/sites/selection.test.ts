import { describe, expect, test } from "vitest";
import { siteGroups, sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { deleteSiteGroup } from "@/lib/site-groups/commands";
import { addSelectedToGroup, createSite, deleteSite, exportSites, removeSelectedFromGroup, updateSite } from "@/lib/sites/commands";
import { getSelectedSites, getSite, listSites } from "@/lib/sites/queries";
import { collect, listAuditEntries, latestAuditEntry, newMember, newSite, newSuperUser, type TestOrg } from "@/lib/testing/fixtures";

const facts = { country: "DE", timeZone: "Europe/Berlin", streetAddress: "" };

async function newGroup(org: TestOrg, name = "DACH"): Promise<string> {
  const [group] = await withTenant({ orgId: org.id, sites: "all" }, (tx) => tx.insert(siteGroups).values({ name }).returning({ id: siteGroups.id }));
  return String(group?.id);
}

const groupsOf = async (actor: Actor, siteId: string) => (await getSite(actor, { siteId })).groups;

describe("SIT-6: groups of several sites", () => {
  test("SIT-6: sites are added to and removed from a group, each with its own result and audit entry", async () => {
    const superUser = await newSuperUser();
    const [north, south] = [await newSite(superUser.org, "North"), await newSite(superUser.org, "South")];
    const group = await newGroup(superUser.org);
    await addSelectedToGroup(superUser, { ids: [north.id], group });
    const { results } = await addSelectedToGroup(superUser, { ids: [north.id, south.id], group });
    expect(results).toMatchObject([
      { id: north.id, name: "North", done: true, text: "is already in DACH" },
      { id: south.id, name: "South", done: true, text: "added to DACH" },
    ]);
    expect(await groupsOf(superUser, south.id)).toEqual(["DACH"]);
    expect(await latestAuditEntry(superUser)).toMatchObject({ name: "site.updated", siteId: south.id, change: { before: { groups: [] }, after: { groups: ["DACH"] } } });
    const removed = await removeSelectedFromGroup(superUser, { ids: [north.id, south.id], group });
    expect(removed.results).toMatchObject([{ text: "removed from DACH" }, { text: "removed from DACH" }]);
    expect((await removeSelectedFromGroup(superUser, { ids: [north.id], group })).results).toMatchObject([{ done: true, text: "is not in DACH" }]);
    expect((await listAuditEntries(superUser)).filter(({ name }) => name === "site.updated")).toHaveLength(4);
  });

  test("X-6: a site form opened before the change gets a version conflict", async () => {
    const superUser = await newSuperUser();
    const site = await createSite(superUser, { ...facts, name: "North", groups: "" });
    await addSelectedToGroup(superUser, { ids: [site.id], group: await newGroup(superUser.org) });
    const late = updateSite(superUser, { ...facts, siteId: site.id, version: site.version, name: "North", groups: "" });
    await expect(late).rejects.toMatchObject({ code: "conflict", currentValues: { groups: "DACH" } });
  });

  test("a site with the maximum number of groups is refused, the others are not", async () => {
    const superUser = await newSuperUser();
    const full = await createSite(superUser, { ...facts, name: "Full", groups: Array.from({ length: 30 }, (_, at) => `G${at}`).join(",") });
    const other = await newSite(superUser.org, "Other");
    const { results } = await addSelectedToGroup(superUser, { ids: [full.id, other.id], group: await newGroup(superUser.org) });
    expect(results.map(({ name, done }) => [name, done])).toEqual([["Full", false], ["Other", true]]);
    expect(await groupsOf(superUser, full.id)).toHaveLength(30);
  });

  test("X-8: sites are filtered by group: in the list, its file and for all that match", async () => {
    const superUser = await newSuperUser();
    const [north, south, west] = [await newSite(superUser.org, "North"), await newSite(superUser.org, "South"), await newSite(superUser.org, "West")];
    const [coast, hills] = [await newGroup(superUser.org, "Coast"), await newGroup(superUser.org, "Hills")];
    await addSelectedToGroup(superUser, { ids: [north.id, south.id], group: coast });
    await addSelectedToGroup(superUser, { ids: [south.id, west.id], group: hills });
    const names = (rows: { name: string }[]) => rows.map(({ name }) => name);
    const filtered = await listSites(superUser, { group: coast });
    expect([names(filtered.rows), filtered.total, filtered.all]).toEqual([["North", "South"], 2, 3]);
    expect(names((await listSites(superUser, { group: [coast, hills] })).rows)).toEqual(["North", "South", "West"]);
    expect(names((await collect(await exportSites(superUser, { group: hills }))).flat())).toEqual(["South", "West"]);
    await removeSelectedFromGroup(superUser, { all: "true", inGroups: [coast], group: hills });
    expect(names((await listSites(superUser, { group: hills })).rows)).toEqual(["West"]);
    expect((await listSites(superUser, {})).all).toBeUndefined();
  });

  test("X-8: all that match, in batches of 50", async () => {
    const superUser = await newSuperUser();
    await withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) =>
      tx.insert(sites).values(Array.from({ length: 70 }, (_, at) => ({ name: `Site ${at}`, country: at < 60 ? "DE" : "FR", timeZone: "UTC" }))),
    );
    const group = await newGroup(superUser.org);
    const first = await addSelectedToGroup(superUser, { all: "true", search: "site", countries: ["DE"], group });
    const second = await addSelectedToGroup(superUser, { all: "true", search: "site", countries: ["DE"], group, after: first.next });
    expect([first.results.length, second.results.length, second.next]).toEqual([50, 10, undefined]);
    const { rows } = await listSites(superUser, { country: "FR" });
    expect(rows.every(({ groups }) => groups.length === 0)).toBe(true);
  });

  test("TEN-7: an administrator of some sites cannot change groups; the attempt is audited", async () => {
    const superUser = await newSuperUser();
    const site = await newSite(superUser.org);
    const group = await newGroup(superUser.org);
    const scoped = await newMember(superUser.org, "network_admin", [site.id]);
    for (const act of [addSelectedToGroup, removeSelectedFromGroup]) {
      await expect(act(scoped, { ids: [site.id], group })).rejects.toMatchObject({ code: "forbidden" });
      expect(await latestAuditEntry(superUser)).toMatchObject({ name: "access.denied", actorId: scoped.id });
    }
  });

  test("TEN-3: groups and sites of another organization are not found", async () => {
    const [superUser, stranger] = [await newSuperUser(), await newSuperUser()];
    const [site, group] = [await newSite(superUser.org), await newGroup(superUser.org)];
    await expect(addSelectedToGroup(stranger, { ids: [site.id], group })).rejects.toMatchObject({ code: "not_found" });
    const own = await newGroup(stranger.org);
    expect((await addSelectedToGroup(stranger, { ids: [site.id], group: own })).results).toMatchObject([{ done: false }]);
    expect(await groupsOf(superUser, site.id)).toEqual([]);
  });

  test("concurrent commands on the same sites and a concurrent save do not deadlock", async () => {
    const superUser = await newSuperUser();
    const ids: string[] = [];
    for (let count = 0; count < 12; count += 1) ids.push((await newSite(superUser.org)).id);
    const [one, two] = [await newGroup(superUser.org, "One"), await newGroup(superUser.org, "Two")];
    const { version, name } = await getSite(superUser, { siteId: ids[5] ?? "" });
    const saved = updateSite(superUser, { ...facts, siteId: ids[5] ?? "", version, name, groups: "One" });
    const outcomes = await Promise.allSettled([
      addSelectedToGroup(superUser, { ids, group: one }),
      addSelectedToGroup(superUser, { ids: ids.toReversed(), group: two }),
      removeSelectedFromGroup(superUser, { ids, group: two }),
      saved,
    ]);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
    expect(outcomes.slice(0, 3).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
    for (const siteId of ids) expect(await groupsOf(superUser, siteId)).toContain("One");
  });

  test("X-8: results are in the order of the names, whatever the order of the ids", async () => {
    const superUser = await newSuperUser();
    const named: { id: string }[] = [];
    for (const name of ["Depot 10", "Depot 9", "Älvsjö", "alba"]) named.push(await newSite(superUser.org, name));
    const ids = named.map(({ id }) => id);
    const inOrder = ["alba", "Älvsjö", "Depot 9", "Depot 10"];
    expect(await getSelectedSites(superUser, { ids })).toEqual(inOrder);
    const { results } = await addSelectedToGroup(superUser, { ids, group: await newGroup(superUser.org) });
    expect(results.map(({ name }) => name)).toEqual(inOrder);
  });

  test("X-6: adding sites to a group while it is deleted or renamed does not deadlock", async () => {
    const superUser = await newSuperUser();
    const ids: string[] = [];
    for (let count = 0; count < 8; count += 1) ids.push((await newSite(superUser.org)).id);
    for (let round = 0; round < 12; round += 1) {
      const group = await newGroup(superUser.org, `Round ${round}`);
      await addSelectedToGroup(superUser, { ids: ids.slice(0, 4), group });
      const [added, deleted] = await Promise.allSettled([addSelectedToGroup(superUser, { ids, group }), deleteSiteGroup(superUser, { siteGroupId: group })]);
      expect(deleted.status).toBe("fulfilled");
      if (added.status === "rejected") expect(added.reason).toMatchObject({ code: "not_found" });
    }
  });

  test("a site deleted before the command is reported as missing", async () => {
    const superUser = await newSuperUser();
    const site = await newSite(superUser.org);
    const group = await newGroup(superUser.org);
    await deleteSite(superUser, { siteId: site.id });
    expect((await addSelectedToGroup(superUser, { ids: [site.id], group })).results).toMatchObject([{ done: false, text: "no longer exists" }]);
  });
});

test("SIT-6, X-5: the group of a command may be given by its name, which counts instead of a choice", async () => {
  const superUser = await newSuperUser();
  const site = await newSite(superUser.org);
  const other = await newGroup(superUser.org, "Other");
  await newGroup(superUser.org, "North");
  await addSelectedToGroup(superUser, { ids: [site.id], group: other, groupName: "north" });
  expect(await groupsOf(superUser, site.id)).toEqual(["North"]);
  await removeSelectedFromGroup(superUser, { ids: [site.id], groupName: "North" });
  expect(await groupsOf(superUser, site.id)).toEqual([]);
  await expect(addSelectedToGroup(superUser, { ids: [site.id], groupName: "Nort" })).rejects.toMatchObject({ code: "invalid", fields: { groupName: ["No site group is called “Nort”"] } });
  await expect(addSelectedToGroup(superUser, { ids: [site.id] })).rejects.toMatchObject({ code: "invalid", fields: { group: ["Choose a site group"] } });
});
