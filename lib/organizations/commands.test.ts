import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import { expect, test } from "vitest";
import { memberships, organizations, sites } from "@/db/schema";
import { withAuthScope } from "@/db/auth-access";
import { withTenant } from "@/db/tenant-transaction";
import type { Tx } from "@/db/tx";
import { createOrganization } from "@/lib/organizations/commands";
import { getOwnOrganizations, getOrganizationName } from "@/lib/organizations/queries";
import { endSession } from "@/lib/sessions/commands";
import { newAccountContext } from "@/lib/testing/sign-in";
import { listAuditEntries, newMember, newOrg, newAccount, type TestAccount } from "@/lib/testing/fixtures";

const creator = async (person: TestAccount) => ({ ...(await newAccountContext(person)), siteDefaults: { country: "NO", timeZone: "Europe/Oslo" } });

test("ACC-4: the creator becomes Super User of an organization with the site Primary Site", async () => {
  const person = await newAccount();
  const { id } = await createOrganization(await creator(person), { name: "  Fjord Ferries " });
  const rows = await withTenant({ orgId: id, sites: "all" }, async (tx) => ({
    organization: await tx.select().from(organizations),
    members: await tx.select().from(memberships),
    sites: await tx.select().from(sites),
  }));
  expect(rows.organization).toMatchObject([{ id, name: "Fjord Ferries" }]);
  expect(rows.members).toMatchObject([{ accountId: person.id, email: person.email, role: "super_user", scope: "all", acceptedAt: expect.any(Date) }]);
  expect(rows.sites).toMatchObject([{ name: "Primary Site", country: "NO", timeZone: "Europe/Oslo" }]);
  expect((await listAuditEntries({ orgId: id })).map(({ message }) => message).sort()).toEqual(["Added organization Fjord Ferries", "Added site Primary Site"]);
  expect(await getOwnOrganizations(person.id)).toEqual({ lastOrganizationId: null, organizations: [{ id }] });
});

test("ACC-4: a name must have 1 to 64 characters, and a rejected request creates nothing", async () => {
  const person = await newAccount();
  const self = await creator(person);
  for (const name of ["", "   ", "x".repeat(65), "two\nlines"]) {
    await expect(createOrganization(self, { name })).rejects.toMatchObject({ code: "invalid", fields: { name: [expect.any(String)] } });
  }
  expect((await getOwnOrganizations(person.id)).organizations).toEqual([]);
});

test("ACC-4: an account is in at most 100 organizations, also with parallel requests", async () => {
  const person = await newAccount();
  await Promise.all(Array.from({ length: 98 }, async () => newMember(await newOrg(), "observer", "all", person)));
  const self = await creator(person);
  const create = () => createOrganization(self, { name: "One more" });
  for (let round = 0; round < 3; round += 1) await Promise.allSettled(Array.from({ length: 10 }, create));
  expect((await getOwnOrganizations(person.id)).organizations).toHaveLength(100);
  await expect(create()).rejects.toMatchObject({ code: "forbidden" });
});

test("ACC-4, SES-10: an ended session creates nothing", async () => {
  const self = await creator(await newAccount());
  await endSession(self, {});
  await expect(createOrganization(self, { name: "Late" })).rejects.toMatchObject({ code: "unauthenticated" });
  expect((await getOwnOrganizations(self.account.id)).organizations).toEqual([]);
});

test("TEN-1: the database creates an organization only for the account of its transaction", async () => {
  const person = await newAccount();
  const { organizationId, role } = memberships;
  const create = (tx: Tx, id: string) => tx.execute(sql`select create_organization(${id}, 'Fjord', ${v7()}, ${v7()}, 'Primary Site', 'NO', 'Europe/Oslo')`);
  await expect(withAuthScope({}, (tx) => create(tx, v7()))).rejects.toThrow();
  const taken = (await newOrg()).id;
  await expect(withAuthScope({ accountId: person.id }, (tx) => create(tx, taken))).rejects.toThrow();
  const insert = withAuthScope({ accountId: person.id }, (tx) =>
    tx.insert(memberships).values({ organizationId: taken, accountId: person.id, email: person.email, firstName: "Ada", lastName: "Berg", role: "super_user" }),
  );
  await expect(insert).rejects.toThrow();
  expect(await withAuthScope({ accountId: person.id }, (tx) => tx.select({ organizationId, role }).from(memberships))).toEqual([]);
});

test("ACC-12: a sign-in link shows the organization's name, and nothing for an unknown id", async () => {
  const org = await newOrg("Tidewater Retail");
  expect(await getOrganizationName(org.id)).toBe("Tidewater Retail");
  for (const id of ["00000000-0000-7000-8000-000000000000", "x", undefined, ["a", "b"]]) expect(await getOrganizationName(id)).toBeNull();
});
