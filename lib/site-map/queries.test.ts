import { gzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { fromMapSites } from "@/lib/shared/map-sites";
import { listSitesOnMap } from "@/lib/site-map/queries";
import { newMember, newSite, newSuperUser, type TestOrg } from "@/lib/testing/fixtures";

const inOrg = { sites: "all" } as const;

async function newPlacedSite(org: TestOrg, name: string, latitude: number, longitude: number) {
  const site = await newSite(org, name);
  await withTenant({ orgId: org.id, ...inOrg }, (tx) => tx.update(sites).set({ latitude, longitude }).where(eq(sites.id, site.id)));
  return site;
}

test("SIT-20: the map has the sites of the list's filter with their places, and names those without", async () => {
  const superUser = await newSuperUser();
  const kiel = await newPlacedSite(superUser.org, "Kiel", 54.32133, 10.13489);
  await newPlacedSite(superUser.org, "Apia", -13.83333, -171.76667);
  const lost = await newSite(superUser.org, "Lost");
  const all = await listSitesOnMap(superUser, {});
  expect(fromMapSites(all.sites).map(({ name }) => name)).toEqual(["Apia", "Kiel"]);
  expect(fromMapSites(all.sites)[1]).toEqual({ ...kiel, latitude: 54.32133, longitude: 10.13489 });
  expect(all.withoutLocation).toEqual({ count: 1, first: [lost] });
  const searched = await listSitesOnMap(superUser, { search: "kie" });
  expect([searched.sites.names, searched.withoutLocation.count]).toEqual([["Kiel"], 0]);
  expect((await listSitesOnMap(superUser, { country: "FR" })).count).toBe(0);
});

test("SIT-20, ADM-7: an administrator of some sites sees only those on the map, another organization none", async () => {
  const superUser = await newSuperUser();
  const own = await newPlacedSite(superUser.org, "Kiel", 54, 10);
  await newPlacedSite(superUser.org, "Apia", -13, -171);
  await newSite(superUser.org, "Lost");
  const scoped = await newMember(superUser.org, "observer", [own.id]);
  const { sites: shown, withoutLocation } = await listSitesOnMap(scoped, {});
  expect([shown.names, withoutLocation.count]).toEqual([["Kiel"], 0]);
  expect((await listSitesOnMap(await newSuperUser(), {})).count).toBe(0);
  await expect(listSitesOnMap(await newMember(superUser.org, "marketing"), {})).rejects.toMatchObject({ code: "forbidden" });
});

test("SIT-20: 2,000 sites take at most 60 kB when they are sent, and 5,000 are shown", async () => {
  const superUser = await newSuperUser();
  const insert = (count: number, from: number) => {
    const rows = Array.from({ length: count }, (_, index) => ({
      name: `${["Store", "Depot", "Office", "Kiosk"][index % 4]} ${from + index} ${["Nord", "Hafen", "Altstadt", "Messe", "Südring"][index % 5]}`,
      country: "DE",
      timeZone: "Europe/Berlin",
      latitude: 47 + ((index * 7_919) % 800_000) / 100_000,
      longitude: 6 + ((index * 104_729) % 900_000) / 100_000,
    }));
    return withTenant({ orgId: superUser.orgId, ...inOrg }, (tx) => tx.insert(sites).values(rows));
  };
  await insert(2_000, 0);
  const { sites: shown, count, all } = await listSitesOnMap(superUser, {});
  expect([count, all]).toEqual([2_000, undefined]);
  expect(gzipSync(JSON.stringify(shown)).length).toBeLessThan(60_000);
  for (const from of [2_000, 4_000]) await insert(2_000, from);
  expect(await listSitesOnMap(superUser, {})).toMatchObject({ count: 5_000, all: 6_000 });
});
