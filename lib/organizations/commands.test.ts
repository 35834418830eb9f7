import { expect, test } from "vitest";
import { memberships, organizations, sites } from "@/db/schema";
import { withTenant } from "@/db/tenant-transaction";
import { createOrganization } from "@/lib/organizations/commands";
import { getOwnOrganizations, getOrganizationName } from "@/lib/organizations/queries";
import { newRequestMetadata } from "@/lib/testing/sign-in";
import { listAuditEntries, newMember, newOrg, newAccount } from "@/lib/testing/fixtures";

const context = () => ({ origin: newRequestMetadata(), siteDefaults: { country: "NO", timeZone: "Europe/Oslo" } });

test("ACC-4: the creator becomes Super User of an organization with the site Primary Site", async () => {
  const person = await newAccount();
  const { id } = await createOrganization(person, { name: "  Fjord Ferries " }, context());
  const rows = await withTenant({ orgId: id, sites: "all" }, async (tx) => ({
    organization: await tx.select().from(organizations),
    members: await tx.select().from(memberships),
    sites: await tx.select().from(sites),
  }));
  expect(rows.organization).toMatchObject([{ id, name: "Fjord Ferries" }]);
  expect(rows.members).toMatchObject([{ accountId: person.id, email: person.email, role: "super_user", scope: "all", acceptedAt: expect.any(Date) }]);
  expect(rows.sites).toMatchObject([{ name: "Primary Site", country: "NO", timeZone: "Europe/Oslo" }]);
  expect((await listAuditEntries({ orgId: id })).map(({ message }) => message).sort()).toEqual(["Add organization Fjord Ferries", "Add site Primary Site"]);
  expect(await getOwnOrganizations(person.id)).toEqual({ lastOrganizationId: null, organizations: [{ id, role: "super_user" }] });
});

test("ACC-4: a name must have 1 to 64 characters, and a rejected request creates nothing", async () => {
  const person = await newAccount();
  for (const name of ["", "   ", "x".repeat(65), "two\nlines"]) {
    await expect(createOrganization(person, { name }, context())).rejects.toMatchObject({ code: "invalid", fields: { name: [expect.any(String)] } });
  }
  expect((await getOwnOrganizations(person.id)).organizations).toEqual([]);
});

test("ACC-4: an account is in at most 100 organizations, also with parallel requests", async () => {
  const person = await newAccount();
  await Promise.all(Array.from({ length: 98 }, async () => newMember(await newOrg(), "observer", "all", person)));
  const create = () => createOrganization(person, { name: "One more" }, context());
  for (let round = 0; round < 3; round += 1) await Promise.allSettled(Array.from({ length: 10 }, create));
  expect((await getOwnOrganizations(person.id)).organizations.filter(({ role }) => role === "super_user")).toHaveLength(2);
  await expect(create()).rejects.toMatchObject({ code: "forbidden" });
});

test("ACC-12: a sign-in link shows the organization's name, and nothing for an unknown id", async () => {
  const org = await newOrg("Tidewater Retail");
  expect(await getOrganizationName(org.id)).toBe("Tidewater Retail");
  for (const id of ["00000000-0000-7000-8000-000000000000", "x", undefined, ["a", "b"]]) expect(await getOrganizationName(id)).toBeNull();
});
