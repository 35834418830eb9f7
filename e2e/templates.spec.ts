import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addSites, newOwner } from "./setup/test-data.ts";

const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).first().click();

/** Opens a site that is the only one of a new organization. */
async function openOrganization(page: Page) {
  const owner = await newOwner("templates");
  await addSites(owner, [{ name: "Quay Seven" }]);
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/sites`);
  return `/orgs/${owner.orgId}`;
}

async function chooseTemplate(page: Page, org: string, name: string) {
  await page.goto(`${org}/sites`);
  await page.getByRole("link", { name: "Quay Seven" }).click();
  await page.getByRole("combobox", { name: "RF Template" }).selectOption(name);
  await save(page);
  await expect(page.getByText("Site saved")).toBeVisible();
}

test("SIT-5, SIT-15: an RF template is created, changed, used by a site, cloned, and deleted only when its site is given up", async ({ page }) => {
  const org = await openOrganization(page);
  await page.getByRole("link", { name: "Templates", exact: true }).click();
  await expect(page.getByText("No RF templates yet")).toBeVisible();
  await expect(page.getByRole("navigation").getByRole("link", { name: "Site Configuration" }).first()).toHaveAttribute("aria-current", /./);
  await page.getByRole("link", { name: "Create RF Template" }).first().click();
  await page.getByLabel("Name").fill("Stores");
  await page.getByRole("button", { name: "Create RF Template" }).first().click();
  await expect(page.getByText("RF template created")).toBeVisible();

  const band = page.getByRole("region", { name: "5 GHz", exact: true });
  await band.getByLabel("Channels").fill("36, 37");
  await band.getByLabel("Channel width").selectOption("80 MHz");
  await save(page);
  await expect(band.getByText("Enter channels of this band, like 36, 52, 100")).toBeVisible();
  await band.getByLabel("Channels").fill("44, 36");
  await expectAccessible(page);
  await save(page);
  await expect(page.getByText("RF template saved")).toBeVisible();
  await expect(band.getByLabel("Channels")).toHaveValue("36, 44");

  await chooseTemplate(page, org, "Stores");
  await page.getByRole("link", { name: "Open Stores" }).click();
  await expect(page.getByRole("region", { name: "Sites" }).getByRole("link", { name: "Quay Seven" })).toBeVisible();

  await page.getByRole("link", { name: "Clone", exact: true }).click();
  const clone = page.getByRole("dialog", { name: "Clone Stores" });
  await clone.getByLabel("Name of the copy").fill("STORES");
  await clone.getByRole("button", { name: "Clone RF Template" }).click();
  await expect(clone.getByText("An RF template with this name already exists").first()).toBeVisible();
  await clone.getByLabel("Name of the copy").fill("Offices");
  await clone.getByRole("button", { name: "Clone RF Template" }).click();
  await expect(page.getByText("RF template cloned")).toBeVisible();
  await expect(band.getByLabel("Channels")).toHaveValue("36, 44");

  await page.getByRole("link", { name: "RF Templates" }).first().click();
  await expect(page.getByRole("row", { name: /Stores/ })).toContainText("1");
  await page.getByRole("link", { name: "Stores", exact: true }).click();
  await page.getByRole("link", { name: "Delete", exact: true }).click();
  const remove = page.getByRole("dialog", { name: "Delete Stores?" });
  await expect(remove).toContainText("1 site uses it: Quay Seven.");
  await remove.getByRole("button", { name: "Delete RF Template" }).click();
  await expect(remove.getByText("1 site uses it, so it was not deleted").first()).toBeVisible();
  await remove.getByLabel("Take it from these sites").check();
  await remove.getByRole("button", { name: "Delete RF Template" }).click();
  await expect(page.getByText("RF template deleted")).toBeVisible();
  await page.goto(`${org}/audit-log?message=Changed+RF`);
  await expect(page.getByText("Changed RF template of site Quay Seven").first()).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("SIT-15, X-5: a device profile is created, refused beside its field, saved, cloned and deleted", async ({ page }) => {
    const org = await openOrganization(page);
    await page.goto(`${org}/rf-templates`);
    await page.getByRole("link", { name: "Device Profiles" }).click();
    await page.getByRole("link", { name: "Create Device Profile" }).first().click();
    await page.getByLabel("Name").fill("Backbone");
    await page.getByLabel("Switch", { exact: true }).check();
    await page.getByRole("button", { name: "Create Device Profile" }).first().click();
    await expect(page.getByRole("heading", { name: "Backbone" })).toBeVisible();
    await page.getByLabel("DNS servers").fill("192.0.2.53\n{{dns");
    await save(page);
    await expect(page.getByText("Write a variable as {{name}}, with letters, digits and underscores")).toBeVisible();
    await page.getByLabel("DNS servers").fill("192.0.2.53\n{{dns}}");
    await save(page);
    await expect(page.getByText("Device profile saved")).toBeVisible();
    await expect(page.getByLabel("DNS servers")).toHaveValue("192.0.2.53\n{{dns}}");
    await page.getByRole("link", { name: "Clone", exact: true }).click();
    await page.getByLabel("Name of the copy").fill("Branch");
    await page.getByRole("button", { name: "Clone Device Profile" }).click();
    await expect(page.getByRole("heading", { name: "Branch" })).toBeVisible();
    await page.getByRole("link", { name: "Delete", exact: true }).click();
    await page.getByRole("button", { name: "Delete Device Profile" }).click();
    await expect(page.getByText("Device profile deleted")).toBeVisible();
    await expect(page.getByRole("row", { name: /Backbone/ })).toContainText("Switch");
  });
});
