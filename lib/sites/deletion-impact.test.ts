import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { membershipScopes, memberships, siteGroups } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { createSite, deleteSite } from "@/lib/sites/commands";
import { getSiteDeletionImpact } from "@/lib/sites/queries";
import { deletionConsequences } from "@/lib/sites/rules";
import { newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

test("SIT-1: deleting a site says how many administrators and groups lose it", async () => {
  const owner = await newSuperUser();
  const site = await createSite(owner, { name: "Lyon", country: "FR", timeZone: "Europe/Paris", streetAddress: "", groups: "South, Large" });
  const other = await newSite(owner.org, "Kiel");
  expect(await getSiteDeletionImpact(owner, { siteId: other.id })).toEqual({ administrators: 0, withoutSite: 0, groups: 0 });
  await newMember(owner.org, "observer", [site.id]);
  await newMember(owner.org, "observer", [site.id, other.id]);
  await newMember(owner.org, "observer", [other.id]);
  const grouped = await newMember(owner.org, "helpdesk", []);
  await withTenant({ orgId: owner.orgId, sites: "all" }, async (tx) => {
    const [group] = await tx.select({ id: siteGroups.id }).from(siteGroups).where(eq(siteGroups.name, "South"));
    await tx.update(memberships).set({ scope: "groups" }).where(eq(memberships.id, String(grouped.membershipId)));
    await tx.insert(membershipScopes).values({ membershipId: String(grouped.membershipId), groupId: String(group?.id) });
  });
  const impact = await getSiteDeletionImpact(owner, { siteId: site.id });
  expect(impact).toEqual({ administrators: 3, withoutSite: 2, groups: 2 });
  expect(deletionConsequences(impact)).toEqual([
    "3 administrators with access to specific sites or groups lose access to it.",
    "2 administrators will have no site left.",
    "It leaves 2 site groups.",
  ]);
  expect(deletionConsequences({ administrators: 1, withoutSite: 0, groups: 1 })[0]).toMatch(/^1 administrator .* loses access to it/);
  await deleteSite(owner, { siteId: site.id });
  await expect(getSiteDeletionImpact(await newMember(owner.org, "observer"), { siteId: other.id })).rejects.toMatchObject({ code: "forbidden" });
});
