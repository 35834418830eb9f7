import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { createSite, exportSites } from "@/lib/sites/commands";
import { listSites } from "@/lib/sites/queries";
import { collect, latestAuditEntry, newMember, newSuperUser, type TestOrg } from "@/lib/testing/fixtures";

const insertSites = (org: TestOrg, rows: { name: string; country?: string }[]) =>
  withTenant({ orgId: org.id, sites: "all" }, (tx) =>
    tx.insert(sites).values(rows.map(({ name, country = "DE" }) => ({ name, country, timeZone: "Europe/Berlin" }))),
  );

type List = Parameters<typeof listSites>[1];

async function readAllPages(...[actor, params]: Parameters<typeof listSites>) {
  const pages: string[][] = [];
  for (let after: string | undefined, round = 0; round < 10; round += 1) {
    const { rows, next } = await listSites(actor, { ...params, after });
    pages.push(rows.map(({ name }) => name));
    if (!next) return pages;
    after = next;
  }
  return pages;
}

describe("X-8: long lists", () => {
  test.each(["name", "-name", "country", "-country"])("sorted by %s, the pages contain every row once", async (sort) => {
    const superUser = await newSuperUser();
    const rows = Array.from({ length: 120 }, (_, at) => ({ name: `Site ${at}`, country: ["DE", "FR", "NL"][at % 3] }));
    await insertSites(superUser.org, rows);
    const pages = await readAllPages(superUser, { sort });
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(new Set(pages.flat()).size).toBe(120);
  });

  test("paging back shows the same pages", async () => {
    const superUser = await newSuperUser();
    await insertSites(superUser.org, Array.from({ length: 120 }, (_, at) => ({ name: `Site ${at}` })));
    const first = await listSites(superUser, {});
    const second = await listSites(superUser, { after: first.next });
    const backToFirst = await listSites(superUser, { before: second.previous });
    expect(backToFirst.rows).toEqual(first.rows);
    expect(first.previous).toBeUndefined();
    expect(backToFirst.previous).toBeUndefined();
  });

  test("INP-3, INP-4: any query parameters give a page", async () => {
    const superUser = await newSuperUser();
    await insertSites(superUser.org, [{ name: "Only" }]);
    const text = fc.string({ unit: "binary", maxLength: 60 });
    const params = fc.record({ sort: text, search: text, after: text, before: text, country: text }, { requiredKeys: [] });
    await fc.assert(fc.asyncProperty(params, async (query: List) => void (await listSites(superUser, query))), { numRuns: 60 });
  });

  test("INP-4: NUL is removed from searches, and invalid countries and cursors are ignored", async () => {
    const superUser = await newSuperUser();
    await insertSites(superUser.org, [{ name: "Depot North" }]);
    const names = async (params: List) => (await listSites(superUser, params)).rows.map(({ name }) => name);
    const forged = (at: unknown) => Buffer.from(JSON.stringify([at, superUser.orgId])).toString("base64url");
    expect(await names({ search: "depot\0north" })).toEqual(["Depot North"]);
    expect(await names({ search: "\0" })).toEqual(["Depot North"]);
    expect(await names({ country: "D\0" })).toEqual(["Depot North"]);
    expect(await names({ country: ["DE", "\0"] })).toEqual(["Depot North"]);
    expect((await collect(await exportSites(superUser, { search: "\0", country: "\0" }))).flat()).toHaveLength(1);
    for (const at of ["zz\0", "\u001b", 7, null]) expect(await names({ after: forged(at) })).toEqual(["Depot North"]);
  });

  test("search treats wildcards literally", async () => {
    const superUser = await newSuperUser();
    await insertSites(superUser.org, [{ name: "100% Store" }, { name: "100 Store" }, { name: "Back\\slash" }]);
    const found = async (search: string) => (await listSites(superUser, { search })).rows.map(({ name }) => name);
    expect(await found("0%")).toEqual(["100% Store"]);
    expect(await found("k\\s")).toEqual(["Back\\slash"]);
    expect(await found("STORE")).toEqual(["100 Store", "100% Store"]);
  });
});

describe("X-8: one search", () => {
  test("X-8: finds every word in name, address, country, time zone and groups, in any order, case, accent and normal form", async () => {
    const superUser = await newSuperUser();
    const fields = { country: "DE", timeZone: "Europe/Berlin", streetAddress: "Große Straße 4, Köln", groups: "DACH Süd" };
    await createSite(superUser, { ...fields, name: "Zürich Depot 2" });
    await createSite(superUser, { ...fields, name: "Depot 10", country: "CH", streetAddress: "", groups: "" });
    const found = async (search: string) => (await listSites(superUser, { search })).rows.map(({ name }) => name);
    const both = ["Depot 10", "Zürich Depot 2"];
    expect(await found("depot")).toEqual(both);
    for (const search of ["zurich", "DEPOT Zu\u0308rich", "strasse koln", "GROSSE 2", "germany zürich", "sud dach", "berlin köln depot"]) expect(await found(search), search).toEqual(["Zürich Depot 2"]);
    expect(await found("switzerland")).toEqual(["Depot 10"]);
    for (const search of ["zurich nord", "1O", "kolnn"]) expect(await found(search), search).toEqual([]);
  });

  test("X-8: finds a site by any parts of what it is called", async () => {
    const superUser = await newSuperUser();
    const word = fc.string({ unit: fc.constantFrom(..."aeÄöüßéñøłСтא東가1"), minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 4 }), fc.uuid(), async (words, id) => {
        await insertSites(superUser.org, [{ name: `${words.join(" ")} ${id}` }]);
        const search = [id, ...words].map((text) => text.toUpperCase().normalize("NFD")).join(" ");
        expect((await listSites(superUser, { search })).rows).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });

  test("X-8: numbers in names sort by their value", async () => {
    const superUser = await newSuperUser();
    await insertSites(superUser.org, [{ name: "Store 10" }, { name: "store 9" }, { name: "Äpfel" }, { name: "Zoo" }]);
    expect((await listSites(superUser, {})).rows.map(({ name }) => name)).toEqual(["Äpfel", "store 9", "Store 10", "Zoo"]);
  });
});

describe("X-8: an export", () => {
  test("contains every row of the filter in the order of the page, in batches", async () => {
    const superUser = await newSuperUser();
    await insertSites(superUser.org, Array.from({ length: 2_345 }, (_, at) => ({ name: `Site ${at}`, country: at % 9 === 0 ? "FR" : "DE" })));
    const filter = { search: "site", country: "DE", sort: "-name" };
    const batches = await collect(await exportSites(superUser, filter));
    const names = batches.flat().map(({ name }) => name);
    expect(batches.map(({ length }) => length)).toEqual([1_000, 1_000, 84]);
    expect(new Set(names).size).toBe(2_084);
    expect(names.slice(0, 100)).toEqual((await readAllPages(superUser, filter)).slice(0, 2).flat());
  });

  test("stops reading when the consumer stops", async () => {
    const superUser = await newSuperUser();
    await insertSites(superUser.org, Array.from({ length: 1_200 }, (_, at) => ({ name: `Site ${at}` })));
    const batches = await exportSites(superUser, {});
    expect((await batches.next()).value).toHaveLength(1_000);
    expect(await batches.return(undefined)).toMatchObject({ done: true });
    expect(await batches.next()).toMatchObject({ done: true });
  });

  test("is audited before the first row is read, and contains only sites of the reader's scope", async () => {
    const superUser = await newSuperUser();
    await insertSites(superUser.org, [{ name: "Own" }, { name: "Hidden" }]);
    const own = (await listSites(superUser, { search: "own" })).rows[0]?.id ?? "";
    const scoped = await newMember(superUser.org, "observer", [own]);
    const batches = await exportSites(scoped, { search: "n" });
    const entry = { name: "site.exported", actorId: scoped.id, message: "Exported sites", change: { after: { search: "n" } } };
    expect(await latestAuditEntry(superUser)).toMatchObject(entry);
    expect((await collect(batches)).flat().map(({ name }) => name)).toEqual(["Own"]);
  });
});
