import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addMember, addSites, newOwner } from "./setup/test-data.ts";

test("OVW-1, OVW-2, X-10: the overview leads through the first steps and to the lists behind its cards, on an accessible page", async ({ page }) => {
  const owner = await newOwner("overview");
  const [site] = await addSites(owner, [{ name: "Primary Site" }]);
  await addMember(owner.orgId);
  const overview = `/orgs/${owner.orgId}`;
  await openSignedIn(page, owner.email, overview);
  const steps = page.getByRole("region", { name: "First steps" });
  await expect(steps).toContainText("1 of 3 done");
  await expectAccessible(page);
  await steps.getByRole("link", { name: "Name your first site and add its address" }).click();
  await expect(page).toHaveURL(`${overview}/sites/${site}`);
  await page.getByLabel("Site Name").fill("Quay Seven");
  await page.getByRole("textbox", { name: "Location", exact: true }).fill("Quay 7");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/^Site saved/)).toBeVisible();
  await page.getByRole("link", { name: "Overview" }).click();
  await expect(steps).toContainText("2 of 3 done");
  await expect(page.getByRole("navigation", { name: "Main" }).locator("[aria-current]")).toHaveText("Overview");

  await page.getByRole("list", { name: "Newest entries" }).getByRole("link", { name: /of site Quay Seven$/ }).click();
  await expect(page.getByRole("dialog")).toContainText("Quay 7");
  await page.goto(overview);
  await page.getByRole("figure", { name: "Entries of the last 7 days" }).getByRole("link").last().click();
  await expect(page.getByRole("row", { name: /of site Quay Seven/ })).toBeVisible();
  await page.goto(overview);
  await page.getByRole("link", { name: /^Without 2FA.*2$/ }).click();
  await expect(page.getByText("2 of 2 administrators")).toBeVisible();
  await expect(page.getByText("2FA: Off")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("OVW-1, X-5: the first steps are dismissed by a plain form", async ({ page }) => {
    const owner = await newOwner("overview");
    await openSignedIn(page, owner.email, `/orgs/${owner.orgId}`);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await expect(page.getByText("First steps dismissed").first()).toBeVisible();
    await expect(page.getByRole("region", { name: "First steps" })).toHaveCount(0);
    await expect(page.getByRole("link", { name: /^Administrators 1$/ })).toBeVisible();
  });
});
