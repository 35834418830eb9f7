import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { withAuthScope } from "@/db/auth-access";
import { accounts, memberships, membershipScopes, siteGroupMembers, siteGroups } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import type { Actor } from "@/lib/access/actor";
import { changeRoleOfSelected, exportAdministrators } from "@/lib/administrators/commands";
import { listAdministrators } from "@/lib/administrators/queries";
import { administratorStatuses, twoFactorStates } from "@/lib/administrators/schema";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { roleNames } from "@/lib/shared/roles";
import { collect, newAccount, newMember, newSite, newSuperUser } from "@/lib/testing/fixtures";

type Facts = { role: string; status: string; twoFactor: string | null; sites: "all" | string[] };

/** An organization with administrators of every status and kind of site access, by their ids. */
async function newWorld() {
  const owner = await newSuperUser();
  const all = { orgId: owner.orgId, sites: "all" } as const;
  const [north, south, west] = [await newSite(owner.org, "North"), await newSite(owner.org, "South"), await newSite(owner.org, "West")];
  const protectedAccount = await newAccount({ twoFactorEnabledAt: new Date() });
  const suspendedAccount = await newAccount();
  const [direct, grouped, secured, suspended] = [
    await newMember(owner.org, "observer", [north.id]),
    await newMember(owner.org, "helpdesk", []),
    await newMember(owner.org, "super_observer", "all", protectedAccount),
    await newMember(owner.org, "observer", [south.id, west.id], suspendedAccount),
  ];
  await withAuthScope({ accountId: suspendedAccount.id }, (tx) => tx.update(accounts).set({ suspendedAt: new Date() }).where(eq(accounts.id, suspendedAccount.id)));
  const [invited, expired] = [await invite(owner, "installer"), await invite(owner, "observer")];
  await withTenant(all, async (tx) => {
    await tx.update(memberships).set({ expiresAt: sql`now() - interval '1 day'` }).where(eq(memberships.id, expired));
    await tx.update(memberships).set({ scope: "groups" }).where(eq(memberships.id, idOf(grouped)));
    const [group] = await tx.insert(siteGroups).values({ name: "Coast" }).returning({ id: siteGroups.id });
    const groupId = String(group?.id);
    await tx.insert(siteGroupMembers).values([north.id, south.id].map((siteId) => ({ siteId, groupId })));
    await tx.insert(membershipScopes).values({ membershipId: idOf(grouped), groupId });
  });
  const world: Record<string, Facts> = {
    [idOf(owner)]: { role: "super_user", status: "active", twoFactor: "off", sites: "all" },
    [idOf(direct)]: { role: "observer", status: "active", twoFactor: "off", sites: [north.id] },
    [idOf(grouped)]: { role: "helpdesk", status: "active", twoFactor: "off", sites: [north.id, south.id] },
    [idOf(secured)]: { role: "super_observer", status: "active", twoFactor: "on", sites: "all" },
    [idOf(suspended)]: { role: "observer", status: "suspended", twoFactor: "off", sites: [south.id, west.id] },
    [invited]: { role: "installer", status: "invited", twoFactor: null, sites: "all" },
    [expired]: { role: "observer", status: "expired", twoFactor: null, sites: "all" },
  };
  return { owner, world, siteIds: [north.id, south.id, west.id], seesNorth: await newMember(owner.org, "network_admin", [north.id]) };
}

const idOf = ({ membershipId }: Actor) => String(membershipId);
const invite = async (owner: Actor, role: "installer" | "observer") =>
  (await inviteAdministrator(owner, { email: `${role}-${owner.orgId}@example.test`, firstName: "In", lastName: "Vited", role, scope: "all" })).id;
const isAnyOf = <T>(chosen: readonly T[], value: T | null) => chosen.length === 0 || (value !== null && chosen.includes(value));

test("X-8: administrators are filtered by status, role, 2FA and site; list, file and selection agree", async () => {
  const { owner, world, siteIds, seesNorth } = await newWorld();
  world[idOf(seesNorth)] = { role: "network_admin", status: "active", twoFactor: "off", sites: [String(siteIds[0])] };
  const several = <T>(values: readonly T[]) => fc.subarray([...values]);
  const filter = fc.record({ role: several(roleNames), status: several(administratorStatuses), twoFactor: several(twoFactorStates), site: several(siteIds) });
  await fc.assert(
    fc.asyncProperty(filter, async ({ role, status, twoFactor, site }) => {
      const matches = Object.entries(world).flatMap(([id, facts]) => {
        const reaches = site.length === 0 || facts.sites === "all" || facts.sites.some((one) => site.includes(one));
        return isAnyOf<string>(role, facts.role) && isAnyOf<string>(status, facts.status) && isAnyOf<string>(twoFactor, facts.twoFactor) && reaches ? [id] : [];
      });
      const listed = await listAdministrators(owner, { role, status, twoFactor, site });
      expect(listed.rows.map(({ id }) => id).sort()).toEqual(matches.sort());
      const isNarrowed = role.length + status.length + twoFactor.length + site.length > 0;
      expect([listed.total, listed.all]).toEqual([matches.length, isNarrowed ? Object.keys(world).length : undefined]);
      const file = (await collect(await exportAdministrators(owner, { role, status, twoFactor, site }))).flat();
      expect(file.map(({ id }) => id).sort()).toEqual(matches);
    }),
    { numRuns: 40 },
  );
});

test("X-8: what is done to all that match follows every filter", async () => {
  const { owner, siteIds, seesNorth } = await newWorld();
  const onSites = [String(siteIds[0])];
  const { results } = await changeRoleOfSelected(owner, { all: "true", statuses: ["active"], twoFactor: ["off"], onSites, roles: ["observer"], role: "installer" });
  expect(results).toHaveLength(1);
  expect((await listAdministrators(owner, { role: "installer", status: "active" })).total).toBe(1);
  expect(idOf(seesNorth)).not.toBe(results[0]?.id);
});

test("TEN-3: a filter by a site that the viewer cannot see matches nobody", async () => {
  const { siteIds, seesNorth } = await newWorld();
  const seen = async (site: string | undefined) => (await listAdministrators(seesNorth, { site })).total;
  expect(await seen(siteIds[1])).toBe(0);
  expect(await seen((await newSite((await newSuperUser()).org)).id)).toBe(0);
  expect(await seen(siteIds[0])).toBeGreaterThan(3);
});
