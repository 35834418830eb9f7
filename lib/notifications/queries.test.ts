import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { membershipScopes, memberships, notificationSubscriptions, siteGroupMembers, siteGroups } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { listNotificationRecipients } from "@/lib/notifications/queries";
import { newOrg, newAccount, newSite, type TestOrg } from "@/lib/testing/fixtures";

const siteCount = 3;
const siteIndexes = [0, 1, 2];

/** Two site groups, and members with their scope and subscriptions; null stands for the organization. */
type Member = { suspended: boolean; scope: "all" | "groups" | "sites"; sites: number[]; groups: number[]; subscriptions: (number | null)[] };
type Model = { groups: number[][]; members: Member[] };

const subset = (upTo: number) => fc.uniqueArray(fc.nat({ max: upTo - 1 }), { maxLength: upTo });
const member: fc.Arbitrary<Member> = fc.record({
  suspended: fc.nat({ max: 4 }).map((roll) => roll === 0),
  scope: fc.constantFrom("all", "groups", "sites"),
  sites: subset(siteCount),
  groups: subset(2),
  subscriptions: fc.uniqueArray(fc.constantFrom(null, ...siteIndexes), { maxLength: 3 }),
});
const model: fc.Arbitrary<Model> = fc.record({ groups: fc.tuple(subset(siteCount), subset(siteCount)), members: fc.array(member, { minLength: 1, maxLength: 6 }) });

/** Reference implementation of the query. */
function shouldReceive({ groups }: Model, { suspended, scope, sites, groups: ownGroups, subscriptions }: Member, site: number | null) {
  if (suspended) return false;
  const siteScope = scope === "sites" ? sites : ownGroups.flatMap((group) => groups[group] ?? []);
  if (site === null) return scope === "all" && subscriptions.includes(null);
  return (subscriptions.includes(null) || subscriptions.includes(site)) && (scope === "all" || siteScope.includes(site));
}

type World = { org: TestOrg; siteIds: string[]; emails: string[] };

async function build({ groups, members }: Model): Promise<World> {
  const org = await newOrg();
  const siteIds: string[] = [];
  for (const _ of siteIndexes) siteIds.push((await newSite(org)).id);
  const siteAt = (at: number) => siteIds[at] ?? "";
  const people = await Promise.all(members.map(({ suspended }) => newAccount({ suspendedAt: suspended ? new Date() : null })));
  await withTenant({ orgId: org.id, sites: "all" }, async (tx) => {
    const groupIds: string[] = [];
    for (const [at, groupSites] of groups.entries()) {
      const [group] = await tx.insert(siteGroups).values({ name: `Group ${at}` }).returning({ id: siteGroups.id });
      groupIds.push(group?.id ?? "");
      if (groupSites.length > 0) await tx.insert(siteGroupMembers).values(groupSites.map((site) => ({ groupId: group?.id ?? "", siteId: siteAt(site) })));
    }
    for (const [at, { scope, sites, groups: groupIndexes, subscriptions }] of members.entries()) {
      const { id: accountId = "", email = "", firstName = "", lastName = "" } = people[at] ?? {};
      const values = { accountId, email, firstName, lastName, role: "observer", scope } as const;
      const [made] = await tx.insert(memberships).values(values).returning({ id: memberships.id });
      const membershipId = made?.id ?? "";
      const scopes = scope === "sites" ? sites.map((site) => ({ membershipId, siteId: siteAt(site) })) : groupIndexes.map((group) => ({ membershipId, groupId: groupIds[group] }));
      if (scope !== "all" && scopes.length > 0) await tx.insert(membershipScopes).values(scopes);
      const rows = subscriptions.map((site) => ({ membershipId, siteId: site === null ? null : siteAt(site) }));
      if (rows.length > 0) await tx.insert(notificationSubscriptions).values(rows);
    }
  });
  return { org, siteIds, emails: people.map(({ email }) => email) };
}

const recipientsIn = ({ org }: World, siteId: string | null) =>
  withTenant({ orgId: org.id, sites: "all" }, (tx) => listNotificationRecipients(tx, { siteId }), "read only");

describe("ACC-26, ALR-2: recipients of an event", () => {
  test("are the subscribed members with access, for every combination of scopes, groups and subscriptions", async () => {
    const holds = async (generated: Model) => {
      const setup = await build(generated);
      for (const site of [null, ...siteIndexes]) {
        const recipients = await recipientsIn(setup, site === null ? null : (setup.siteIds[site] ?? ""));
        const expected = setup.emails.filter((_, at) => generated.members[at] && shouldReceive(generated, generated.members[at], site));
        expect(recipients.map(({ email }) => email).sort()).toEqual(expected.sort());
      }
    };
    await fc.assert(fc.asyncProperty(model, holds), { numRuns: 60 });
  });

  test("exclude pending invitations and members of other organizations", async () => {
    const everything: Member = { suspended: false, scope: "all", sites: [], groups: [], subscriptions: [null] };
    const setup = await build({ groups: [], members: [everything] });
    const other = await build({ groups: [], members: [{ ...everything, subscriptions: [null, 0] }] });
    await withTenant({ orgId: setup.org.id, sites: "all" }, async (tx) => {
      const invited = { email: "invited@example.test", firstName: "Ida", lastName: "Invited", role: "observer" } as const;
      const [made] = await tx.insert(memberships).values(invited).returning({ id: memberships.id });
      await tx.insert(notificationSubscriptions).values({ membershipId: made?.id ?? "" });
    });
    expect((await recipientsIn(setup, null)).map(({ email }) => email)).toEqual(setup.emails);
    expect(await recipientsIn(setup, other.siteIds[0] ?? "")).toHaveLength(1);
    expect((await recipientsIn(other, null)).map(({ email }) => email)).toEqual(other.emails);
  });

  test("can be read by the worker role, which sends the emails", async () => {
    const grouped: Member = { suspended: false, scope: "groups", sites: [], groups: [0], subscriptions: [1] };
    const setup = await build({ groups: [[1], []], members: [grouped] });
    // A process cannot change its database role, so the worker role needs fresh module instances.
    vi.resetModules();
    const worker = await import("@/db/tenant-transaction");
    worker.useWorkerRole();
    const scope = { orgId: setup.org.id, sites: "all" } as const;
    const recipients = await worker.withTenant(scope, (tx) => listNotificationRecipients(tx, { siteId: setup.siteIds[1] ?? "" }), "read only");
    expect(recipients).toEqual([{ accountId: expect.any(String), email: setup.emails[0], firstName: "Ada", lastName: expect.any(String) }]);
  });
});
