import { describe, expect, test } from "vitest";
import { siteGroupMembers, siteGroups, sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { listSiteGroupOptions, listSiteOptions } from "@/lib/sites/queries";
import { identifyNames } from "@/lib/sites/rules";
import { newMember, newSuperUser, type TestOrg } from "@/lib/testing/fixtures";

const numbered = (count: number, word: string) => Array.from({ length: count }, (_, at) => `${word} ${String(at).padStart(5, "0")}`);

const newSites = ({ id }: TestOrg, names: readonly string[]) =>
  withTenant({ orgId: id, sites: "all" }, (tx) =>
    tx.insert(sites).values(names.map((name) => ({ name, country: "DE", timeZone: "UTC" }))).returning({ id: sites.id, name: sites.name }),
  );

const newGroups = ({ id }: TestOrg, names: readonly string[]) =>
  withTenant({ orgId: id, sites: "all" }, (tx) => tx.insert(siteGroups).values(names.map((name) => ({ name }))).returning({ id: siteGroups.id, name: siteGroups.name }));

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const namesOf = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

describe("X-8: the options of a picker", () => {
  test("X-8: are at most 50, those chosen first, then the first of the rest by name, with the number of all", async () => {
    const superUser = await newSuperUser();
    const made = await newSites(superUser.org, numbered(120, "Site"));
    const chosen = idsOf([...made.slice(100, 102), ...made.slice(0, 1)]);
    const { choices, total } = await listSiteOptions(superUser, { chosen });
    expect([choices.length, total]).toEqual([50, 120]);
    expect(namesOf(choices.slice(0, 5))).toEqual(["Site 00000", "Site 00100", "Site 00101", "Site 00001", "Site 00002"]);
    expect(new Set(idsOf(choices)).size).toBe(50);
  });

  test("X-8: contain all that are chosen, however many", async () => {
    const superUser = await newSuperUser();
    const made = await newSites(superUser.org, numbered(80, "Site"));
    const { choices, total } = await listSiteOptions(superUser, { chosen: idsOf(made.slice(10)) });
    expect(namesOf(choices)).toEqual(numbered(80, "Site").slice(10));
    expect(total).toBe(80);
    expect(await listSiteOptions(superUser, { chosen: idsOf(made) })).toMatchObject({ choices: made, total: 80 });
  });

  test("X-8: match a search anywhere in the name, in any case and literally", async () => {
    const superUser = await newSuperUser();
    await newSites(superUser.org, [...numbered(60, "Store"), "100% Berlin", "Bärlin"]);
    expect(namesOf((await listSiteOptions(superUser, { search: "BER" })).choices)).toEqual(["100% Berlin"]);
    expect(namesOf((await listSiteOptions(superUser, { search: "0%" })).choices)).toEqual(["100% Berlin"]);
    const found = await listSiteOptions(superUser, { search: "store" });
    expect([found.choices.length, found.total]).toEqual([50, 60]);
    expect(await listSiteOptions(superUser, { search: "nowhere" })).toEqual({ choices: [], total: 0 });
  });

  test("X-8: are counted up to 10,000", async () => {
    const superUser = await newSuperUser();
    for (const part of ["A", "B", "C"]) await newSites(superUser.org, numbered(3_400, part));
    expect((await listSiteOptions(superUser, {})).total).toBe(10_001);
  });

  test("ADM-7, TEN-3: are those of the actor's own sites and groups", async () => {
    const [superUser, stranger] = [await newSuperUser(), await newSuperUser()];
    const [mine, theirs] = await newSites(superUser.org, ["Mine", "Theirs"]);
    const [held, hidden] = await newGroups(superUser.org, ["Held", "Hidden"]);
    if (!mine || !theirs || !held || !hidden) throw new Error("not created");
    await withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) => tx.insert(siteGroupMembers).values({ groupId: held.id, siteId: mine.id }));
    const scoped = await newMember(superUser.org, "observer", [mine.id]);
    expect(await listSiteOptions(scoped, { chosen: [theirs.id] })).toEqual({ choices: [mine], total: 1 });
    expect(await listSiteGroupOptions(scoped, { chosen: [hidden.id], search: "h" })).toEqual({ choices: [held], total: 1 });
    for (const list of [listSiteOptions, listSiteGroupOptions]) {
      expect(await list(stranger, { chosen: [mine.id, held.id] })).toEqual({ choices: [], total: 0 });
      await expect(list(await newMember(superUser.org, "reporting"), {})).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});

describe("X-5: names that are typed instead of picked", () => {
  const match = (typed: string, name: string) => ({ typed, id: `id of ${name}` });
  const error = (typed: string[], matches: Parameters<typeof identifyNames>[1]) => {
    try {
      return identifyNames(typed, matches, "site", "siteNames");
    } catch (thrown) {
      return (thrown as { fields?: { siteNames: string[] } }).fields?.siteNames[0];
    }
  };

  test("stand for the row that looks like it, once", () => {
    const matches = [match("Kiel", "Kiel"), match("hamburg", "Hamburg"), match("Hamburg", "Hamburg")];
    expect(identifyNames(["Kiel", "hamburg", "Hamburg"], matches, "site", "siteNames")).toEqual(["id of Kiel", "id of Hamburg"]);
  });

  test("are refused together where they are unknown", () => {
    expect(error(["Kielt"], [])).toBe("No site is called “Kielt”");
    expect(error(["A", "B", "C", "D", "E"], [])).toBe("No site is called “A”, “B”, “C” or 2 more");
    expect(error(["kiel", "X"], [match("kiel", "Kiel")])).toBe("No site is called “X”");
  });
});
