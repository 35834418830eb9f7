import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "./setup/accessibility.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addSites, newOwner } from "./setup/test-data.ts";

const list = "\uFEFFName;Country;Site groups;Colour\r\nKiel;DE;;red\r\nBonn;Germany;Nord;blue\r\nUlm;Atlantis;;\r\nTrier;DE;;\r\n";
const file = { name: "branches.csv", mimeType: "text/csv", buffer: Buffer.from(list) };
const rowOf = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });

/** Chooses a list, looks at what would be imported, discards it, and imports it with its site groups. */
async function importList(page: Page) {
  const owner = await newOwner("site-import");
  await addSites(owner, [{ name: "kiel" }]);
  const sites = `/orgs/${owner.orgId}/sites`;
  await openSignedIn(page, owner.email, sites);
  await page.getByRole("link", { name: "Import Sites" }).click();
  await page.getByLabel("Or paste the list").fill("Town;Country\nBonn;DE\n");
  await page.getByRole("button", { name: "Preview" }).first().click();
  await expect(page.getByText("The first line has no column Name. It names the columns: Name, Country and others")).toBeVisible();
  await expect(page.getByLabel("Or paste the list")).toHaveValue(/^Town/);
  await page.getByLabel("Or paste the list").fill(list.slice(1));
  await page.getByRole("button", { name: "Preview" }).first().click();
  await expect(page.getByText("1 site will be added. 1 row is ignored, because sites of these names exist. 2 rows are faulty and left out.")).toBeVisible();
  await expect(rowOf(page, "Bonn")).toContainText("No site group is called “Nord”");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Import cancelled")).toBeVisible();

  await page.getByLabel("CSV file").setInputFiles(file);
  await page.getByLabel("Create the site groups that don’t exist yet").check();
  await page.getByRole("button", { name: "Preview" }).first().click();
  await expect(page.getByText("1 site group will be created: Nord.")).toBeVisible();
  await expect(page.getByText("This column is ignored: Colour.")).toBeVisible();
  await expect(rowOf(page, "Ulm")).toContainText("Country: “Atlantis” is no country");
  return sites;
}

/** Starts the import, leaves the page, finds it again when it is done, and undoes it. */
async function runAndUndo(page: Page, sites: string) {
  await page.getByRole("button", { name: "Import 2 Sites" }).click();
  await expect(page.getByText(/^Import started/)).toBeVisible();
  await page.goto(sites);
  const found = async () => {
    await page.goto(`${sites}/imports`);
    return rowOf(page, "branches.csv").innerText();
  };
  await expect.poll(found).toContain("Done");
  await page.getByRole("link", { name: "branches.csv" }).click();
  await expect(page.getByText("2 sites were added. 1 row is ignored, because sites of these names exist. 1 row is faulty and left out.")).toBeVisible();
  await page.getByRole("link", { name: "Undo Import" }).click();
  await expect(page.getByText("2 sites that the import added and nobody changed since are removed.")).toBeVisible();
  await page.getByRole("button", { name: "Undo Import" }).click();
  await expect(page.getByText("The import was undone: 2 sites were removed.")).toBeVisible();
  await page.goto(sites);
  await expect(page.getByRole("link", { name: "kiel" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Bonn" })).toHaveCount(0);
}

test("SIT-20: sites are imported from a CSV file after a preview, in the background, and the import is undone", async ({ page }) => {
  const sites = await importList(page);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await runAndUndo(page, sites);
  await page.goto(`${sites}/import`);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByLabel("CSV file").setInputFiles({ ...file, buffer: Buffer.alloc(1_000_001, "x") });
  await expect(page.getByText("This file is larger than 1 MB. Split it")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("SIT-20, X-5: a list is previewed, imported and undone by plain forms", async ({ page }) => {
    await runAndUndo(page, await importList(page));
  });
});

test("SIT-1: a site is cloned from its page, under a name that is not taken", async ({ page }) => {
  const owner = await newOwner("site-clone");
  const [siteId = ""] = await addSites(owner, [{ name: "Kiel", streetAddress: "Hafen 1", group: "Nord" }]);
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/sites/${siteId}`);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("link", { name: "Clone Site" }).click();
  await page.getByLabel("Name of the new site").fill("KIEL");
  await page.getByRole("button", { name: "Clone Site" }).click();
  await expect(page.getByText("A site with this name already exists")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByLabel("Name of the new site").fill("Kiel 2");
  await page.getByLabel("Address and coordinates").check();
  await page.getByRole("button", { name: "Clone Site" }).click();
  await expect(page.getByText(/^Site cloned/)).toBeVisible();
  await page.goto(`/orgs/${owner.orgId}/sites?search=hafen`);
  await expect(rowOf(page, "Kiel 2")).toContainText("Nord");
});
