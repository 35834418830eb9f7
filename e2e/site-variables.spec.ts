import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { openSignedIn } from "./setup/pages.ts";
import { newOwner } from "./setup/test-data.ts";

const csv = "Variable,Value\n{{vlan01}},10\n{{vlan02}},20\nvlan1,200,222\n";

async function openNewSite(page: Page) {
  const owner = await newOwner("variables");
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/sites/new`);
  await page.getByLabel("Site Name").fill("Kyiv Depot");
  await page.getByLabel("Country").selectOption("UA");
  await page.getByLabel("Time Zone").selectOption("Europe/Kyiv");
  await page.getByRole("button", { name: "Create Site" }).click();
  await page.getByRole("row", { name: /Kyiv Depot/ }).getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Kyiv Depot" })).toBeVisible();
}

test("SIT-13: variables are added, changed, imported with a preview, deleted, and saved with the page", async ({ page }) => {
  await openNewSite(page);
  const table = page.getByRole("table", { name: "Variables" });
  await page.getByRole("button", { name: "Add Variable" }).click();
  const add = page.getByRole("dialog", { name: "Add Variable" });
  await add.getByLabel("Variable").fill("{{vlan-0}}");
  await add.getByLabel("Value").fill("100");
  await add.getByRole("button", { name: "Add Variable" }).click();
  await expect(add.getByRole("alert")).toContainText("Use letters, digits and underscores");
  await expectAccessible(page);
  await add.getByLabel("Variable").fill("{{vlan01}}");
  await page.keyboard.press("Enter");
  await expect(table).toContainText("{{vlan01}}");

  await table.getByRole("button", { name: "{{vlan01}}" }).click();
  await page.getByRole("dialog", { name: "Edit Variable" }).getByLabel("Value").fill("20-30");
  await page.getByRole("button", { name: "Change Variable" }).click();
  await expect(table).toContainText("20-30");

  await page.getByRole("link", { name: "Import Variables" }).click();
  const importing = page.getByRole("dialog", { name: "Import Variables" });
  await importing.getByLabel("CSV file").setInputFiles({ name: "variables.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await expect(importing.getByLabel("CSV (required)")).toHaveValue(csv);
  await importing.getByRole("button", { name: "Show Rows" }).click();
  const rows = importing.getByRole("list", { name: "Rows" });
  await expect(rows).toContainText("Line 2, vlan01: ignored, because {{vlan01}} exists");
  await expect(rows).toContainText("Line 3, vlan02: added with the value 20");
  await expect(rows).toContainText("Line 4: not imported: more than two cells");
  await expectAccessible(page);
  await importing.getByRole("button", { name: "Add 1 Variable" }).click();
  await expect(importing).toBeHidden();
  await expect(table).toContainText("{{vlan02}}");

  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await expect(page.getByText("Site saved")).toBeVisible();
  await page.reload();
  await expect(table.getByRole("row")).toHaveText(["VariableValue", "{{vlan01}}20-30", "{{vlan02}}20"]);

  await table.getByRole("button", { name: "{{vlan01}}" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(table).not.toContainText("{{vlan01}}");
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await expect(page.getByText("Site saved")).toBeVisible();
  await expect(table.getByRole("row")).toHaveCount(2);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("SIT-13, X-5: variables are typed one per line, and imported after their own preview", async ({ page }) => {
    await openNewSite(page);
    await page.getByLabel("Variables", { exact: true }).fill("vlan01 10");
    await page.getByRole("button", { name: "Save", exact: true }).first().click();
    await expect(page.getByText("Line 1: Use letters, digits and underscores, like vlan_guest")).toBeVisible();
    await page.getByLabel("Variables", { exact: true }).fill("{{vlan01}}, 20-30");
    await page.getByRole("button", { name: "Save", exact: true }).first().click();
    await expect(page.getByText("Site saved")).toBeVisible();

    await page.getByRole("link", { name: "Import Variables" }).click();
    await page.getByLabel("CSV file").setInputFiles({ name: "variables.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.getByRole("button", { name: "Show Rows" }).click();
    await expect(page.getByRole("list", { name: "Rows" })).toContainText("Line 3, vlan02: added with the value 20");
    await page.getByRole("button", { name: "Import 1 Variable" }).click();
    await expect(page.getByText("Variables imported")).toBeVisible();
    await expect(page.getByLabel("Variables", { exact: true })).toHaveValue("vlan01, 20-30\nvlan02, 20");
  });
});
