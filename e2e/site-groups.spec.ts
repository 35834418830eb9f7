import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { openSignedIn } from "./setup/pages.ts";
import { newOwner } from "./setup/test-data.ts";

async function openSites(page: Page) {
  const owner = await newOwner("groups");
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/sites`);
  return `/orgs/${owner.orgId}`;
}

const fillSite = async (page: Page, name: string) => {
  await page.getByLabel("Site Name").fill(name);
  await page.getByLabel("Country").selectOption("UA");
};

test("SIT-6, SIT-2: a group is created on a site's form, found by typing, renamed, and deleted with its consequences", async ({ page }) => {
  const org = await openSites(page);
  await page.goto(`${org}/sites/new`);
  await fillSite(page, "Kyiv Depot");
  await page.getByLabel("Country").selectOption("FR");
  await expect(page.getByLabel("Time Zone")).toHaveValue("Europe/Paris");
  await page.getByLabel("Country").selectOption("UA");
  await page.getByRole("searchbox", { name: "Search by place" }).fill("kiev");
  await page.getByRole("searchbox", { name: "Search by place" }).press("Enter");
  await expect(page.getByLabel("Time Zone")).toHaveValue("Europe/Kyiv");

  const groups = page.getByRole("searchbox", { name: "Site groups" });
  await groups.fill("Süd Küste");
  await page.getByRole("button", { name: "Create group “Süd Küste”" }).click();
  await expect(page.getByRole("list", { name: "Groups of this site" })).toContainText("Süd Küste");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create Site" }).click();
  await expect(page.getByText("Site created")).toBeVisible();
  await expect(page.getByRole("row", { name: /Kyiv Depot/ })).toContainText("Süd Küste");

  await page.goto(`${org}/sites/new`);
  await fillSite(page, "Odesa Depot");
  await page.getByLabel("Time Zone").selectOption("Europe/Kyiv");
  await groups.fill("KUSTE sud");
  await page.getByRole("button", { name: /^Süd Küste/ }).click();
  await page.getByRole("button", { name: "Create Site" }).click();
  await expect(page.getByRole("row", { name: /Odesa Depot/ })).toContainText("Süd Küste");

  await page.getByRole("link", { name: "Site Groups" }).click();
  await page.getByRole("main").getByRole("link", { name: "Süd Küste" }).click();
  await page.getByLabel("Name").fill("Coast");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Coast" })).toBeVisible();
  await page.getByRole("link", { name: "Delete Site Group" }).click();
  await expect(page.getByRole("dialog")).toContainText("2 sites are removed from it. No administrator loses access.");
  await page.getByRole("dialog").getByRole("button", { name: "Delete Site Group" }).click();
  await expect(page.getByText("No site groups yet")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("SIT-6, X-5: groups are typed as names, and renamed on their page", async ({ page }) => {
    const org = await openSites(page);
    await page.goto(`${org}/sites/new`);
    await fillSite(page, "Kyiv Depot");
    await page.getByLabel("Time Zone").selectOption("Europe/Kyiv");
    await page.locator("input[name=groups]").fill("North、South");
    await page.getByRole("button", { name: "Create Site" }).click();
    await page.goto(`${org}/site-groups`);
    await page.getByRole("link", { name: "North" }).click();
    await page.getByLabel("Name").fill("SOUTH");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("A site group with this name already exists")).toBeVisible();
    await page.getByLabel("Name").fill("Coast");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Coast" })).toBeVisible();
  });
});
