import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { accessDenials } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { getAuditLog } from "@/lib/audit/queries";
import { exportAuditLog } from "@/lib/audit/commands";
import { createSite, deleteSite, exportSites } from "@/lib/sites/commands";
import { collect, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

const period = () => ({ from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 60_000) });
const site = { name: "Depot", country: "DE", timeZone: "Europe/Berlin", streetAddress: "", groups: "" };

async function messages(reader: Actor) {
  const { from, to } = period();
  return (await getAuditLog(reader, { from, to, bounds: [from, to] })).rows.map(({ message, admin }) => `${admin}: ${message}`);
}

const refused = (actor: Actor, times: number) =>
  Promise.all(Array.from({ length: times }, () => createSite(actor, site).catch(({ code }: { code: string }) => expect(code).toBe("forbidden"))));

test("AUD-12: repeated refusals are one entry with their count, per quarter-hour, actor and what was refused", async () => {
  const owner = await newSuperUser();
  const [one, other] = [await newMember(owner.org, "observer"), await newMember(owner.org, "helpdesk")];
  await refused(one, 30);
  await refused(other, 1);
  const { id } = await newSite(owner.org);
  await expect(deleteSite(one, { siteId: id })).rejects.toMatchObject({ code: "forbidden" });
  const expected = [`${one.name}: Not allowed to create sites (30 times)`, `${one.name}: Not allowed to delete sites`, `${other.name}: Not allowed to create sites`];
  expect((await messages(owner)).sort()).toEqual(expected.sort());

  await withTenant({ orgId: owner.orgId, sites: "all" }, (tx) => tx.update(accessDenials).set({ startsAt: sql`${accessDenials.startsAt} - interval '15 minutes'` }));
  await refused(one, 2);
  expect(await messages(owner)).toContain(`${one.name}: Not allowed to create sites (2 times)`);
  expect(await messages(owner)).toHaveLength(4);
  const { from, to } = period();
  const file = (await collect(await exportAuditLog(owner, { from, to, admins: [], sites: [], message: "", format: "csv" }))).flat();
  expect(file.map(({ message }) => message)).toContain("Not allowed to create sites (30 times)");
});

test("AUD-12: refused exports are counted as well", async () => {
  const owner = await newSuperUser();
  const installer = await newMember(owner.org, "reporting");
  for (let times = 0; times < 5; times += 1) await expect(exportSites(installer, {})).rejects.toMatchObject({ code: "forbidden" });
  expect(await messages(owner)).toEqual([`${installer.name}: Not allowed to see sites (5 times)`]);
});

test("AUD-3: the filter offers deleted sites that have entries, to those who see all sites", async () => {
  const owner = await newSuperUser();
  const kept = await newSite(owner.org, "Kept");
  const { id } = await createSite(owner, site);
  await deleteSite(owner, { siteId: id });
  const { from, to } = period();
  const logOf = (reader: Actor, sites: string[] = [], findSite = "") => getAuditLog(reader, { from, to, bounds: [from, to], sites, findSite });
  const names = async (...args: Parameters<typeof logOf>) => (await logOf(...args)).choices.sites.map(({ name }) => name);
  expect(await names(owner)).toEqual(["Depot (deleted)", "Kept"]);
  expect(await names(owner, [id], "nothing")).toEqual(["Depot (deleted)"]);
  expect((await logOf(owner, [id])).rows.map(({ message }) => message)).toEqual(["Deleted site Depot", "Added site Depot"]);
  expect(await names(await newMember(owner.org, "network_admin", [kept.id]))).toEqual(["Kept"]);
  expect(await names(await newSuperUser())).toEqual([]);
});
