import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addSites, newOwner } from "./setup/test-data.ts";

const longAddress = "Gebäude 17, Hinter dem alten Güterbahnhof 128a, 28195 Bremen-Überseestadt";
const siteNames = ["Aarhus", "Berlin", "Bremen", "Copenhagen"];

/** Opens the list of sites of a new organization; returns its path. */
async function openSites(page: Page): Promise<string> {
  const owner = await newOwner("lists");
  await addSites(owner, siteNames.map((name) => ({ name, country: name.startsWith("B") ? "DE" : "DK", streetAddress: longAddress, group: "Distribution centres in the north" })));
  const path = `/orgs/${owner.orgId}/sites`;
  await openSignedIn(page, owner.email, path);
  return path;
}

const rows = (page: Page) => page.locator(".list tbody tr");
const expectNames = (page: Page, names: readonly string[]) => expect(rows(page).locator("td.lead")).toHaveText(names);

test("AUD-5: the search field keeps the focus and the filter menu stays open while the list updates", async ({ page }) => {
  await openSites(page);
  const search = page.getByRole("searchbox", { name: "Search sites" });
  await search.pressSequentially("Ber");
  await expect(page.getByRole("link", { name: "Reset" })).toBeVisible();
  await expect(search).toBeFocused();
  await search.pressSequentially("lin");
  await expectNames(page, ["Berlin"]);
  await expect(search).toHaveValue("Berlin");
  await page.getByRole("link", { name: "Reset" }).click();
  await expectNames(page, siteNames);
  await expect(search).toHaveValue("");

  await page.getByRole("button", { name: "Country" }).click();
  const germany = page.locator("#filter-country").getByRole("checkbox", { name: "Germany" });
  await germany.focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Country: Germany" })).toBeVisible();
  await expectNames(page, ["Berlin", "Bremen"]);
  await expect(germany).toBeFocused();
  await expect(germany).toBeChecked();
  await expect(page.locator("#filter-country")).toBeVisible();
  await expect(page.getByText("2 of 4 sites")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Remove Country: Germany" }).click();
  await expectNames(page, siteNames);
});

test("AUD-5: Back restores the list, and its fields match what it shows", async ({ page }) => {
  const path = await openSites(page);
  await page.getByRole("link", { name: "Country" }).click();
  await expect(page).toHaveURL(/sort=country/);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit Logs" }).click();
  await expect(page.getByRole("heading", { name: "Audit Logs", level: 1 })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("columnheader", { name: "Country" })).toHaveAttribute("aria-sort", "ascending");
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await expectNames(page, siteNames);
  await page.getByRole("button", { name: /^Country/ }).click();
  await page.locator("#filter-country").getByRole("checkbox").first().check();
  await expect(page).toHaveURL(/country=/);
  await page.locator("#filter-country").getByRole("link", { name: "Clear" }).click();
  await expect(page).not.toHaveURL(/country=/);
  await expect(page.locator("#filter-country input").first()).not.toBeChecked();
});

test("X-10: a list prints light and whole, whatever the theme", async ({ page }) => {
  await openSites(page);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width: 794, height: 1_100 });
  const printed = await page.evaluate(() => {
    const cut = [...document.querySelectorAll<HTMLElement>(".list td")].filter((cell) => cell.scrollWidth > cell.clientWidth + 1);
    return { scheme: getComputedStyle(document.documentElement).colorScheme, cut: cut.map(({ textContent }) => textContent) };
  });
  expect(printed).toMatchObject({ scheme: "light", cut: [] });
});
