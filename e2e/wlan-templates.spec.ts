import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { openSignedIn } from "./setup/pages.ts";
import { newOwner } from "./setup/test-data.ts";

test("SIT-15, SIT-14: a WLAN template with a variable is applied, and shows which site lacks it", async ({ page }) => {
  const owner = await newOwner("wlans");
  const org = `/orgs/${owner.orgId}`;
  await openSignedIn(page, owner.email, `${org}/sites/new`);
  await page.getByLabel("Site Name").fill("Kyiv Depot");
  await page.getByLabel("Country").selectOption("UA");
  await page.getByLabel("Time Zone").selectOption("Europe/Kyiv");
  await page.getByRole("button", { name: "Create Site" }).click();
  await expect(page.getByText("Site created")).toBeVisible();

  await page.goto(`${org}/wlan-templates`);
  await page.getByRole("link", { name: "Create WLAN Template" }).first().click();
  await page.getByLabel("Name").fill("Depots");
  await page.getByRole("button", { name: "Create WLAN Template" }).click();
  await expect(page.getByText("WLAN template created")).toBeVisible();
  await page.getByRole("link", { name: "Add WLAN" }).click();
  await page.getByLabel("SSID (required)").fill("Depot");
  await page.getByRole("radio", { name: "Personal" }).check();
  await page.getByRole("radio", { name: "Tagged", exact: true }).check();
  await page.getByLabel("VLAN ID", { exact: true }).fill("{{vlan0}}");
  await page.getByRole("textbox", { name: "Passphrase" }).fill("short");
  await page.getByRole("button", { name: "Add WLAN" }).first().click();
  await expect(page.getByText("Use 8 to 63 letters")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Passphrase" }).fill("correct horse");
  await page.getByRole("button", { name: "Add WLAN" }).first().click();
  await expect(page.getByText("WLAN added")).toBeVisible();
  await expect(page.getByRole("list", { name: "WLANs" })).toContainText("Personal, VLAN {{vlan0}}");

  await page.getByLabel("Whole organization").check();
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await expect(page.getByText("WLAN template saved")).toBeVisible();
  await expect(page.getByRole("list", { name: "Variables" })).toContainText("1 site without a value");
  await expectAccessible(page);
  await page.getByRole("link", { name: "Values per Site" }).click();
  await expect(page.getByRole("row", { name: /Kyiv Depot/ })).toContainText("{{vlan0}} no value");
  await expectAccessible(page);

  await page.getByRole("link", { name: "Kyiv Depot" }).click();
  await expect(page.getByRole("list", { name: "WLAN templates of this site" })).toContainText("Lacks {{vlan0}}");
  await page.getByRole("button", { name: "Add Variable" }).click();
  await page.getByRole("dialog").getByLabel("Variable").fill("vlan0");
  await page.getByRole("dialog").getByLabel("Value").fill("5000");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await expect(page.getByRole("list", { name: "WLAN templates of this site" })).toContainText("VLAN ID: Enter a VLAN ID from 1 to 4094");

  await page.getByRole("link", { name: "Depots" }).click();
  await page.getByRole("link", { name: "Delete", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("1 site loses them.");
  await page.getByRole("dialog").getByRole("button", { name: "Delete WLAN Template" }).click();
  await expect(page.getByText("No WLAN templates yet")).toBeVisible();
});
