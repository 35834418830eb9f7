import { expect, test } from "vitest";
import { notificationSubscriptions } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import { acceptInvitation } from "@/lib/invitation-acceptance/commands";
import { deleteAccount } from "@/lib/account-deletion/commands";
import { getDeletionImpact } from "@/lib/account-deletion/queries";
import { inviteAdministrator } from "@/lib/invitations/commands";
import { deleteOrganization } from "@/lib/organizations/internal";
import { getOrganizationName, getOwnOrganizations } from "@/lib/organizations/queries";
import { createSavedView } from "@/lib/saved-views/commands";
import { createSite } from "@/lib/sites/commands";
import { requireEmailToken } from "@/lib/testing/email-tokens";
import { countOrganizationRows } from "@/lib/testing/organization-rows";
import { insertSampleRow } from "@/lib/testing/sample-row";
import { newAccountContext, newRequestMetadata } from "@/lib/testing/sign-in";
import { type Actor } from "@/lib/access/actor";
import { newAccount, newMember, newOrg, newSite, queuedEmailsTo, type TestAccount, type TestOrg } from "@/lib/testing/fixtures";

const agreed = { agreed: "true" } as const;
const leave = async (person: TestAccount, ...orgs: TestOrg[]) =>
  deleteAccount(await newAccountContext(person), { ...agreed, organizations: orgs.map(({ id }) => id), organizationNames: orgs.map(({ name }) => name).join("\n") });

/** An account that is alone in an organization. */
async function newLeader(name: string) {
  const [person, org] = [await newAccount(), await newOrg(name)];
  const actor = await newMember(org, "super_user", "all", person);
  return { person, org, actor };
}

const invite = (actor: Actor, email: string) => inviteAdministrator(actor, { email, firstName: "Nell", lastName: "Ode", role: "observer", scope: "all" });

test("ACC-29: an organization that nobody else is in is deleted with its Super User, and no table keeps a row of it", async () => {
  const { person, org, actor } = await newLeader("Fjord Ferries");
  await createSite(actor, { name: "Berlin", country: "DE", timeZone: "Europe/Berlin", streetAddress: "", groups: "Stores" });
  const site = await newSite(org);
  await inviteAdministrator(actor, { email: "invited@example.test", firstName: "Nell", role: "observer", scope: "sites", sites: [site.id] });
  const token = await requireEmailToken("invited@example.test", "invitation");
  await createSavedView(actor, { list: "sites", name: "Mine", query: "" });
  const inOrg = { orgId: org.id, sites: "all" as const, accountId: person.id };
  await withTenant(inOrg, (tx) => tx.insert(notificationSubscriptions).values({ membershipId: String(actor.membershipId) }));
  const membershipIds = await withTenant(inOrg, async (tx) => (await tx.execute<{ id: string }>("select id from memberships")).map(({ id }) => id));
  for (const [table, rows] of Object.entries(await countOrganizationRows(org, membershipIds))) {
    if (rows === 0) await insertSampleRow(inOrg, table);
  }
  const before = await countOrganizationRows(org, membershipIds);
  expect(Object.keys(before).length).toBeGreaterThan(12);
  expect(Object.entries(before).filter(([, rows]) => rows === 0)).toEqual([]);
  expect((await getDeletionImpact(person.id)).soleSuperUserOrgs).toEqual([{ ...org, members: 0, invitations: 1, sites: 2 }]);

  const other = await newLeader("Alpine Rail");
  await leave(person, org);
  expect(Object.entries(await countOrganizationRows(org, membershipIds)).filter(([, rows]) => rows !== 0)).toEqual([]);
  expect(await getOrganizationName(org.id)).toBeNull();
  expect(await queuedEmailsTo(person.email)).toMatchObject([
    { template: "organization-deleted", props: { organization: "Fjord Ferries" } },
    { template: "account-deleted" },
  ]);
  await expect(acceptInvitation.fromRaw({ origin: newRequestMetadata(), signedIn: null }, { token })).rejects.toThrow("This link isn’t valid");
  expect((await getOwnOrganizations(other.person.id)).organizations).toEqual([{ id: other.org.id }]);
});

test("ACC-29: each name must be typed as it is, and only what the page showed is deleted", async () => {
  const { person, org } = await newLeader("Fjord Ferries");
  const second = await newOrg("Alpine Rail");
  await newMember(second, "super_user", "all", person);
  const self = await newAccountContext(person);
  const organizations = [org.id, second.id];
  for (const organizationNames of ["", "Fjord Ferries", "fjord ferries\nAlpine Rail", "Fjord Ferries\nAlpine Rail\nOther"]) {
    await expect(deleteAccount(self, { ...agreed, organizations, organizationNames })).rejects.toMatchObject({
      code: "invalid",
      fields: { organizationNames: ["Enter exactly: Alpine Rail and Fjord Ferries"] },
    });
  }
  const shown = deleteAccount(self, { ...agreed, organizations: [org.id], organizationNames: "Fjord Ferries" });
  await expect(shown).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/^Alpine Rail would be deleted, too/) });
  expect((await getOwnOrganizations(person.id)).organizations).toHaveLength(2);
  await deleteAccount(self, { ...agreed, organizations, organizationNames: " Alpine Rail \r\n\r\nFjord Ferries" });
  expect([await getOrganizationName(org.id), await getOrganizationName(second.id)]).toEqual([null, null]);
});

test("ACC-29: an organization of others is not deleted by naming it", async () => {
  const { person, org } = await newLeader("Fjord Ferries");
  const victim = await newLeader("Alpine Rail");
  await newMember(victim.org, "observer", "all", person);
  const self = await newAccountContext(person);
  const named = deleteAccount(self, { ...agreed, organizations: [org.id, victim.org.id], organizationNames: "Fjord Ferries\nAlpine Rail" });
  await expect(named).rejects.toMatchObject({ code: "invalid" });
  const foreign = withAuthScope({ accountId: person.id }, (tx) => deleteOrganization(tx, victim.org.id));
  await expect(foreign).rejects.toThrow();
  await leave(person, org);
  expect(await getOrganizationName(victim.org.id)).toBe("Alpine Rail");
});

test("ACC-29: of an acceptance and a deletion at the same time one succeeds: nobody is in a deleted organization", async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, async (_, round) => {
      const { person, org, actor } = await newLeader(`Fjord ${round}`);
      const guest = await newAccount();
      await invite(actor, guest.email);
      const token = await requireEmailToken(guest.email, "invitation");
      const [left, joined] = await Promise.allSettled([leave(person, org), acceptInvitation.fromRaw({ origin: newRequestMetadata(), signedIn: guest }, { purpose: "invite", token })]);
      const remains = (await getOrganizationName(org.id)) !== null;
      const members = (await getOwnOrganizations(guest.id)).organizations.length;
      return { left: left.status, joined: joined.status, remains, members };
    }),
  );
  for (const { left, joined, remains, members } of outcomes) {
    expect(remains).toBe(left === "rejected");
    expect(members).toBe(joined === "fulfilled" ? 1 : 0);
    expect([left, joined]).not.toEqual(["fulfilled", "fulfilled"]);
  }
});
