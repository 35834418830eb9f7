import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { membershipScopes, memberships, notificationChoices, siteGroupMembers, siteGroups } from "@/db/schema";
import { withinScope } from "@/db/tenancy";
import { toldOf } from "@/lib/notifications/queries";
import { newOrg, newPerson, newSite, type Org } from "@/lib/testing/world";

const siteCount = 3;
const places = [0, 1, 2];

/** Which sites are in each of two groups; and of each member: the scope, and what was chosen (null is the organization). */
type Member = { suspended: boolean; scope: "all" | "groups" | "sites"; sites: number[]; groups: number[]; chosen: (number | null)[] };
type Model = { groups: number[][]; members: Member[] };

const some = (upTo: number) => fc.uniqueArray(fc.nat({ max: upTo - 1 }), { maxLength: upTo });
const member: fc.Arbitrary<Member> = fc.record({
  suspended: fc.nat({ max: 4 }).map((die) => die === 0),
  scope: fc.constantFrom("all", "groups", "sites"),
  sites: some(siteCount),
  groups: some(2),
  chosen: fc.uniqueArray(fc.constantFrom(null, ...places), { maxLength: 3 }),
});
const model: fc.Arbitrary<Model> = fc.record({ groups: fc.tuple(some(siteCount), some(siteCount)), members: fc.array(member, { minLength: 1, maxLength: 6 }) });

/** The same in plain words. */
function isTold({ groups }: Model, { suspended, scope, sites, groups: held, chosen }: Member, site: number | null) {
  if (suspended) return false;
  const reach = scope === "sites" ? sites : held.flatMap((group) => groups[group] ?? []);
  if (site === null) return scope === "all" && chosen.includes(null);
  return (chosen.includes(null) || chosen.includes(site)) && (scope === "all" || reach.includes(site));
}

type World = { org: Org; siteIds: string[]; addresses: string[] };

async function build({ groups, members }: Model): Promise<World> {
  const org = await newOrg();
  const siteIds: string[] = [];
  for (const _ of places) siteIds.push((await newSite(org)).id);
  const siteAt = (at: number) => siteIds[at] ?? "";
  const people = await Promise.all(members.map(({ suspended }) => newPerson({ suspendedAt: suspended ? new Date() : null })));
  await withinScope({ orgId: org.id, sites: "all" }, async (tx) => {
    const groupIds: string[] = [];
    for (const [at, held] of groups.entries()) {
      const [group] = await tx.insert(siteGroups).values({ name: `Group ${at}` }).returning({ id: siteGroups.id });
      groupIds.push(group?.id ?? "");
      if (held.length > 0) await tx.insert(siteGroupMembers).values(held.map((site) => ({ groupId: group?.id ?? "", siteId: siteAt(site) })));
    }
    for (const [at, { scope, sites, groups: own, chosen }] of members.entries()) {
      const { id: accountId = "", email = "", firstName = "", lastName = "" } = people[at] ?? {};
      const facts = { accountId, email, firstName, lastName, role: "observer", scope } as const;
      const [made] = await tx.insert(memberships).values(facts).returning({ id: memberships.id });
      const membershipId = made?.id ?? "";
      const scopes = scope === "sites" ? sites.map((site) => ({ membershipId, siteId: siteAt(site) })) : own.map((group) => ({ membershipId, groupId: groupIds[group] }));
      if (scope !== "all" && scopes.length > 0) await tx.insert(membershipScopes).values(scopes);
      const choices = chosen.map((site) => ({ membershipId, siteId: site === null ? null : siteAt(site) }));
      if (choices.length > 0) await tx.insert(notificationChoices).values(choices);
    }
  });
  return { org, siteIds, addresses: people.map(({ email }) => email) };
}

const toldIn = ({ org }: World, siteId: string | null) =>
  withinScope({ orgId: org.id, sites: "all" }, (tx) => toldOf(tx, { siteId }), "read only");

describe("ACC-26, ALR-2: who is told of an event", () => {
  test("are those who chose it and may see it, in every arrangement of scopes, groups and choices", async () => {
    const holds = async (arrangement: Model) => {
      const world = await build(arrangement);
      for (const site of [null, ...places]) {
        const told = await toldIn(world, site === null ? null : (world.siteIds[site] ?? ""));
        const expected = world.addresses.filter((_, at) => arrangement.members[at] && isTold(arrangement, arrangement.members[at], site));
        expect(told.map(({ email }) => email).sort()).toEqual(expected.sort());
      }
    };
    await fc.assert(fc.asyncProperty(model, holds), { numRuns: 60 });
  });

  test("are never people who were invited and did not join, or of another organization", async () => {
    const everything: Member = { suspended: false, scope: "all", sites: [], groups: [], chosen: [null] };
    const world = await build({ groups: [], members: [everything] });
    const other = await build({ groups: [], members: [{ ...everything, chosen: [null, 0] }] });
    await withinScope({ orgId: world.org.id, sites: "all" }, async (tx) => {
      const invited = { email: "invited@example.test", firstName: "Ida", lastName: "Invited", role: "observer" } as const;
      const [made] = await tx.insert(memberships).values(invited).returning({ id: memberships.id });
      await tx.insert(notificationChoices).values({ membershipId: made?.id ?? "" });
    });
    expect((await toldIn(world, null)).map(({ email }) => email)).toEqual(world.addresses);
    expect(await toldIn(world, other.siteIds[0] ?? "")).toHaveLength(1);
    expect((await toldIn(other, null)).map(({ email }) => email)).toEqual(other.addresses);
  });

  test("are found by the worker too, which sends the mails", async () => {
    const grouped: Member = { suspended: false, scope: "groups", sites: [], groups: [0], chosen: [1] };
    const world = await build({ groups: [[1], []], members: [grouped] });
    // The role is the process's for good, so the worker is another copy of what this file has loaded.
    vi.resetModules();
    const worker = await import("@/db/tenancy");
    worker.serveAsWorker();
    const scope = { orgId: world.org.id, sites: "all" } as const;
    const told = await worker.withinScope(scope, (tx) => toldOf(tx, { siteId: world.siteIds[1] ?? "" }), "read only");
    expect(told).toEqual([{ accountId: expect.any(String), email: world.addresses[0], firstName: "Ada", lastName: expect.any(String) }]);
  });
});
