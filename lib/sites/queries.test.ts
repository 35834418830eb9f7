import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sites } from "@/db/schema";
import { withinScope } from "@/db/tenancy";
import { exportSites } from "@/lib/sites/commands";
import { listSites } from "@/lib/sites/queries";
import { type Org, newSuperUser } from "@/lib/testing/world";

const put = (org: Org, rows: { name: string; country?: string }[]) =>
  withinScope({ orgId: org.id, sites: "all" }, (tx) =>
    tx.insert(sites).values(rows.map(({ name, country = "DE" }) => ({ name, country, timeZone: "Europe/Berlin" }))),
  );

type List = Parameters<typeof listSites>[1];

async function walk(...[actor, asked]: Parameters<typeof listSites>) {
  const pages: string[][] = [];
  for (let after: string | undefined, turn = 0; turn < 10; turn += 1) {
    const { rows, next } = await listSites(actor, { ...asked, after });
    pages.push(rows.map(({ name }) => name));
    if (!next) return pages;
    after = next;
  }
  return pages;
}

describe("X-8: a list that may be long", () => {
  test.each(["name", "-name", "country", "-country"])("sorted by %s, every row appears once, page after page", async (sort) => {
    const superUser = await newSuperUser();
    const rows = Array.from({ length: 120 }, (_, at) => ({ name: `Site ${at}`, country: ["DE", "FR", "NL"][at % 3] }));
    await put(superUser.org, rows);
    const pages = await walk(superUser, { sort });
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(new Set(pages.flat()).size).toBe(120);
  });

  test("the way back leads over the same pages", async () => {
    const superUser = await newSuperUser();
    await put(superUser.org, Array.from({ length: 120 }, (_, at) => ({ name: `Site ${at}` })));
    const first = await listSites(superUser, {});
    const second = await listSites(superUser, { after: first.next });
    const back = await listSites(superUser, { before: second.previous });
    expect(back.rows).toEqual(first.rows);
    expect(first.previous).toBeUndefined();
    expect(back.previous).toBeUndefined();
  });

  test("INP-3 INP-4: whatever stands in the address, the answer is a page", async () => {
    const superUser = await newSuperUser();
    await put(superUser.org, [{ name: "Only" }]);
    const text = fc.string({ unit: "binary", maxLength: 60 });
    const asked = fc.record({ sort: text, search: text, after: text, before: text, country: text }, { requiredKeys: [] });
    await fc.assert(fc.asyncProperty(asked, async (address: List) => void (await listSites(superUser, address))), { numRuns: 60 });
  });

  test("INP-4: NUL is no part of a search, and a country that is none or a forged place counts as not said", async () => {
    const superUser = await newSuperUser();
    await put(superUser.org, [{ name: "Depot North" }]);
    const names = async (asked: List) => (await listSites(superUser, asked)).rows.map(({ name }) => name);
    const forged = (at: unknown) => Buffer.from(JSON.stringify([at, superUser.orgId])).toString("base64url");
    expect(await names({ search: "depot\0north" })).toEqual(["Depot North"]);
    expect(await names({ search: "\0" })).toEqual(["Depot North"]);
    expect(await names({ country: "D\0" })).toEqual(["Depot North"]);
    expect(await names({ country: ["DE", "\0"] })).toEqual(["Depot North"]);
    expect((await exportSites(superUser, { search: "\0", country: "\0" })).rows).toHaveLength(1);
    for (const at of ["zz\0", "\u001b", 7, null]) expect(await names({ after: forged(at) })).toEqual(["Depot North"]);
  });

  test("search finds what was typed as it was typed", async () => {
    const superUser = await newSuperUser();
    await put(superUser.org, [{ name: "100% Store" }, { name: "100 Store" }, { name: "Back\\slash" }]);
    const found = async (search: string) => (await listSites(superUser, { search })).rows.map(({ name }) => name);
    expect(await found("0%")).toEqual(["100% Store"]);
    expect(await found("k\\s")).toEqual(["Back\\slash"]);
    expect(await found("STORE")).toEqual(["100 Store", "100% Store"]);
  });
});
