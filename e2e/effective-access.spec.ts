import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addMember, addSites, newOwner } from "./setup/test-data.ts";

/** An organization with two sites, one of which is in a group of its only Network Admin. */
async function newOrganization() {
  const owner = await newOwner("review");
  await addSites(owner, [{ name: "Kiel", group: "North" }, { name: "Ulm" }]);
  const member = await addMember(owner.orgId, { firstName: "Gert", lastName: "Ridder", role: "network_admin" });
  await inDatabase((db) =>
    db.begin(async (sql) => {
      await sql`update memberships set scope = 'groups' where id = ${member.id}`;
      await sql`insert into membership_scopes (id, organization_id, membership_id, group_id) select gen_random_uuid(), organization_id, ${member.id}, id from site_groups where organization_id = ${owner.orgId}`;
    }),
  );
  return { owner, member, base: `/orgs/${owner.orgId}` };
}

const banner = (page: Page) => page.getByRole("complementary", { name: "Viewing as" });

/** From an administrator to their effective access, into the view as them, around in it, and out again. */
async function journey(page: Page) {
  const { owner, member, base } = await newOrganization();
  const client = await openSignedIn(page, owner.email, `${base}/administrators/${member.id}`);
  const createForm = await client.formOn(`${base}/sites/new`, "Create Site");
  await page.getByRole("link", { name: "Sites and what gives access to them" }).click();
  await expect(page.getByRole("row", { name: /Kiel/ })).toContainText("Group North");
  await expect(page.getByRole("row", { name: /Ulm/ })).toHaveCount(0);
  await page.getByRole("button", { name: "View as Gert Ridder" }).click();

  await expect(banner(page)).toContainText("Viewing as Gert Ridder. Nothing can be changed.");
  await expect(page.getByText("Your role is Network Admin, for 1 site.")).toBeVisible();
  await page.goto(`${base}/sites`);
  await expect(page.getByRole("link", { name: "Kiel" })).toBeVisible();
  expect(await page.content()).not.toContain("Ulm");
  for (const absent of ["Create Site", "CSV"]) await expect(page.getByRole("link", { name: absent })).toHaveCount(0);
  await page.getByRole("link", { name: "Kiel" }).click();
  await expect(page.getByRole("heading", { name: "Kiel" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
  await expect(banner(page)).toBeVisible();

  expect((await client.get(`${base}/sites/new`)).status).toBe(403);
  expect((await client.get(`${base}/administrators/${member.id}/access`)).status).toBe(403);
  expect((await client.get(`${base}/sites/download`)).status).toBe(403);
  expect((await client.send(createForm)).status).toBe(403);
  await page.goto("/account");
  await expect(page.getByText(owner.email).first()).toBeAttached();
  await expect(banner(page)).toHaveCount(0);
  expect(await page.content()).not.toContain(member.email);
  return { base };
}

async function leaveView(page: Page, base: string) {
  await page.goto(`${base}/sites`);
  await page.getByRole("button", { name: "Exit view" }).click();
  await expect(page.getByText("You are viewing as yourself again")).toBeVisible();
  await expect(banner(page)).toHaveCount(0);
  await page.goto(`${base}/audit-log`);
  await expect(page.getByRole("row", { name: /Viewed the organization as Gert Ridder/ })).toContainText("Ines Lantern");
  await page.goto(`${base}/sites`);
  await expect(page.getByRole("link", { name: "Ulm" })).toBeVisible();
}

test("ADM-9, X-10: a Super User sees the effective access of an administrator, and the organization as they do", async ({ page }) => {
  const { base } = await journey(page);
  for (const path of ["", "/sites", "/administrators"]) {
    await page.goto(base + path);
    await expectAccessibleInBothThemes(page);
    await expectFitsPhone(page);
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  await leaveView(page, base);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ADM-9, X-5: the organization is viewed as another administrator by plain forms", async ({ page }) => {
    const { base } = await journey(page);
    await leaveView(page, base);
  });
});
