import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "./setup/accessibility.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addSites, newOwner } from "./setup/test-data.ts";

const differences = (page: Page) => page.getByRole("list", { name: "Differences" }).getByRole("listitem");

/** Previews and saves a change of one site, looks at its effective configuration, and restores it from its history. */
async function changeOneSite(page: Page) {
  const owner = await newOwner("changes");
  const [siteId] = await addSites(owner, [{ name: "Kiel" }]);
  const site = `/orgs/${owner.orgId}/sites/${siteId}`;
  await openSignedIn(page, owner.email, site);
  await page.getByRole("textbox", { name: "Proxy URL" }).fill("https://proxy.example.com");
  await page.getByRole("button", { name: "Preview" }).first().click();
  await expect(page.getByText("Site Proxy: Proxy URL: Default → https://proxy.example.com")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Site saved")).toBeVisible();

  await page.goto(`${site}/effective?values=changed&search=proxy`);
  const row = page.getByRole("row").filter({ hasText: "Proxy URL" });
  await expect(row).toContainText("https://proxy.example.com");
  await expect(row).toContainText("Site");

  await page.goto(`${site}/history`);
  await expect(differences(page)).toHaveText([/^Site Proxy: Proxy URL\s*Default → https:\/\/proxy\.example\.com/]);
  await page.getByRole("button", { name: "Restore All" }).click();
  await expect(page.getByText("Site restored")).toBeVisible();
  await page.goto(site);
  await expect(page.getByRole("textbox", { name: "Proxy URL" })).toHaveValue("");
  await page.goto(`${site}/history`);
}

/** Changes one setting of three sites, one of which has it already. */
async function changeSeveralSites(page: Page) {
  const owner = await newOwner("changes");
  const sites = `/orgs/${owner.orgId}/sites`;
  await addSites(owner, [{ name: "Aarhus" }, { name: "Bergen" }, { name: "Calais" }]);
  await openSignedIn(page, owner.email, `${sites}?dialog=change-settings&all=true`);
  const dialog = page.getByRole("dialog", { name: "Change settings" });
  await dialog.getByLabel("Section").selectOption("Site Proxy");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("textbox", { name: "Proxy URL" })).toBeHidden();
  await page.getByLabel("Change “Proxy URL”").check();
  await page.getByRole("textbox", { name: "Proxy URL" }).fill("https://proxy.example.com");
  await page.getByRole("button", { name: "Show Changes" }).first().click();
  await expect(page.getByRole("list", { name: "Changes" }).getByRole("listitem")).toHaveText([/Proxy URL: Default → https:\/\/proxy\.example\.com\s*Aarhus, Bergen, Calais/]);
  await page.getByRole("button", { name: "Apply to 3 Sites" }).first().click();
  await expect(page.getByText("3 done", { exact: true })).toBeVisible();
  await expect(page.getByRole("list", { name: "Results" }).getByRole("listitem")).toHaveCount(3);
}

test("SIT-20: a change is previewed and saved, shown with its source, and restored from the history", async ({ page }) => {
  await changeOneSite(page);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

test("SIT-20: one setting of all sites that match is previewed and changed", async ({ page }) => {
  await changeSeveralSites(page);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("SIT-20, X-5: changes are previewed, made and restored in plain pages", async ({ page }) => {
    await changeOneSite(page);
    await changeSeveralSites(page);
  });
});
