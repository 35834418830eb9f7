import { expect, test } from "./fixtures.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addSites, newOwner } from "./setup/test-data.ts";

test("X-8: filters are saved as a view, found again in the menu, renamed and deleted", async ({ page }) => {
  const owner = await newOwner("views");
  await addSites(owner, [{ name: "Aarhus" }, { name: "Berlin", country: "DE" }]);
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/sites?country=DE&sort=-name`);
  const menu = page.getByRole("button", { name: /^View/ });
  await menu.click();
  await page.getByRole("link", { name: "Save this view" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this view" });
  await dialog.getByLabel("Name").fill("German sites");
  await dialog.getByRole("button", { name: "Save View" }).click();
  await expect(page.getByText("View saved")).toBeVisible();
  await expect(page).toHaveURL(/\/sites\?country=DE&sort=-name$/);
  await expect(menu).toContainText("German sites");

  await page.getByRole("link", { name: "Reset" }).click();
  await expect(menu).not.toContainText("German sites");
  await menu.click();
  await page.getByRole("link", { name: "German sites" }).click();
  await expect(page).toHaveURL(/country=DE/);
  await menu.click();
  await page.getByRole("link", { name: "Manage views" }).click();
  const manage = page.getByRole("dialog", { name: "Saved views" });
  await manage.getByLabel("Name").fill("Germany");
  await manage.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("View renamed")).toBeVisible();
  await manage.getByRole("button", { name: "Delete Germany" }).click();
  await expect(manage.getByText("You have no saved views of this list.")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("X-8, X-5: a view is saved and deleted by plain forms, and is a link in the list", async ({ page }) => {
    const owner = await newOwner("views");
    await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/administrators?role=super_user&dialog=save-view`);
    await page.getByLabel("Name").fill("Owners");
    await page.getByRole("button", { name: "Save View" }).click();
    await expect(page.locator("#views-menu").getByText("Owners")).toHaveCount(1);
    await page.goto(`/orgs/${owner.orgId}/administrators?dialog=views`);
    await page.getByRole("button", { name: "Delete Owners" }).click();
    await expect(page.getByText("You have no saved views of this list.")).toBeVisible();
  });
});
