import { type SQL, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import { getEffectiveSettings } from "@/lib/effective-settings/queries";
import { keyset } from "@/lib/kernel/keyset-pagination";
import { changeSelectedSites } from "@/lib/site-bulk-edit/commands";
import { previewBulkEdit } from "@/lib/site-bulk-edit/queries";
import { exportSites } from "@/lib/sites/commands";
import { getSelectedSites, listSites, searchSitePage, selectSitePage, siteFilter, sortKeys } from "@/lib/sites/queries";
import { collect, connectAsOwner, listAuditEntries, newMember, newSuperUser } from "@/lib/testing/fixtures";

type SuperUser = Awaited<ReturnType<typeof newSuperUser>>;
const [few, many] = [100, 2_000];
const superUsers = new Map<number, SuperUser>();
const persist = { section: "ap-config-persistence", "change.persist_config_on_device": "true", persist_config_on_device: "true" };

beforeAll(async () => {
  for (const count of [few, many]) {
    const superUser = await newSuperUser();
    superUsers.set(count, superUser);
    await withTenant({ orgId: superUser.orgId, sites: "all" }, (tx) =>
      tx.insert(sites).values(Array.from({ length: count }, (_, at) => ({ name: `Store ${at}`, country: at % 2 === 0 ? "DE" : "FR", timeZone: "UTC", settings: { proxy: { url: "https://proxy.example.com" } } }))),
    );
  }
  const owner = connectAsOwner();
  await owner.unsafe("vacuum (analyze) sites");
  await owner.end();
}, 60_000);

function superUserOf(count: number): SuperUser {
  const found = superUsers.get(count);
  if (!found) throw new Error("No such organization");
  return found;
}

type Plan = { "Shared Hit Blocks": number; "Shared Read Blocks": number };

/** The blocks that a statement reads in the organization with this many sites. */
const blocksOf = (count: number, make: (tx: Tx) => SQL) =>
  withTenant({ orgId: superUserOf(count).orgId, sites: "all" }, async (tx) => {
    const [row] = await tx.execute<{ "QUERY PLAN": [{ readonly Plan: Plan }] }>(sql`explain (analyze, buffers, format json) ${make(tx)}`);
    const plan = row?.["QUERY PLAN"][0].Plan;
    return Number(plan?.["Shared Hit Blocks"]) + Number(plan?.["Shared Read Blocks"]);
  });

test.each(["name", "-name", "country"])("X-8, SIT-20: a page sorted by %s costs as many blocks with 2,000 sites as with 100", async (sort) => {
  const page = keyset({ sort }, { sortKeys, defaultSort: "name", idColumn: sites.id });
  const make = (tx: Tx) => selectSitePage(tx, undefined, page).getSQL();
  expect(await blocksOf(many, make)).toBeLessThanOrEqual((await blocksOf(few, make)) * 1.5 + 10);
});

test("X-8, SIT-20: a search that finds few of 2,000 sites reads little more than the index", async () => {
  const page = keyset({}, { sortKeys, defaultSort: "name", idColumn: sites.id });
  const make = (tx: Tx) => searchSitePage(tx, siteFilter({ search: "store 1999" }, "all"), page).getSQL();
  expect(await blocksOf(many, make)).toBeLessThan(200);
});

describe("SIT-20, ADM-7, TEN-7: whoever sees two of 2,000 sites", () => {
  test("sees two in the list, its counts, its search and its file", async () => {
    const superUser = superUserOf(many);
    const { rows } = await listSites(superUser, { search: "store 17" });
    const own = rows.slice(0, 2);
    const scoped = await newMember(superUser.org, "network_admin", own.map(({ id }) => id));
    const names = own.map(({ name }) => name);
    const seen = await listSites(scoped, {});
    expect([seen.rows.map(({ name }) => name), seen.total]).toEqual([names, 2]);
    expect((await listSites(scoped, { search: "store" })).total).toBe(2);
    expect((await listSites(scoped, { search: "store 1999" })).rows).toEqual([]);
    expect((await collect(await exportSites(scoped, {}))).flat().map(({ name }) => name)).toEqual(names);
  });

  test("sees the effective configuration of these only, and selects and changes no others by all that match", async () => {
    const superUser = superUserOf(many);
    const { rows } = await listSites(superUser, { search: "store 18" });
    const [own, hidden] = [rows.slice(0, 2), rows[2]];
    const scoped = await newMember(superUser.org, "network_admin", own.map(({ id }) => id));
    const names = own.map(({ name }) => name);
    expect((await getEffectiveSettings(scoped, { siteId: own[0]?.id ?? "", source: "site", search: "proxy" })).values).toMatchObject([{ value: "https://proxy.example.com" }]);
    await expect(getEffectiveSettings(scoped, { siteId: hidden?.id ?? "" })).rejects.toMatchObject({ code: "not_found" });
    expect(await getSelectedSites(scoped, { all: "true" })).toEqual(names);
    expect((await previewBulkEdit(scoped, { ...persist, all: "true" })).results.map(({ name }) => name)).toEqual(names);
    const { results, next } = await changeSelectedSites(scoped, { ...persist, all: "true" });
    expect([results.map(({ name }) => name), next]).toEqual([names, undefined]);
    expect((await listAuditEntries(superUser)).filter(({ name, actorId }) => name === "site.updated" && actorId === scoped.id)).toHaveLength(2);
  });
});
