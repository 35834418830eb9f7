import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { demoOrganization } from "./setup/organizations.ts";
import { copyCookies } from "./setup/pages.ts";

/** Opens the list of sites of Tidewater Retail; returns its path. */
async function openSites(page: Page): Promise<string> {
  const { path, superUser } = await demoOrganization(test.info().project.use.baseURL, "Tidewater Retail");
  await copyCookies(page, superUser);
  await page.goto(`${path}/sites`);
  return `${path}/sites`;
}

const rows = (page: Page) => page.locator(".list tbody tr");
const names = (page: Page) => rows(page).locator("td.lead").allTextContents();

test("AUD-5: the search field keeps the focus and the filter menu stays open while the list updates", async ({ page }) => {
  await openSites(page);
  const all = await names(page);
  const search = page.getByRole("searchbox", { name: "Search sites" });
  await search.pressSequentially(all[0]?.slice(0, 3) ?? "");
  await expect(page.getByRole("link", { name: "Reset" })).toBeVisible();
  await expect(search).toBeFocused();
  await search.pressSequentially(all[0]?.slice(3) ?? "");
  await expect(rows(page)).toHaveCount(1);
  await expect(search).toHaveValue(all[0] ?? "");
  await page.getByRole("link", { name: "Reset" }).click();
  await expect(rows(page)).toHaveCount(all.length);
  await expect(search).toHaveValue("");

  await page.getByRole("button", { name: "Country" }).click();
  const first = page.locator("#filter-country").getByRole("checkbox").first();
  await first.focus();
  await page.keyboard.press("Space");
  const chosen = (await first.locator("xpath=..").textContent()) ?? "";
  await expect(page.getByRole("button", { name: `Country: ${chosen}` })).toBeVisible();
  await expect(first).toBeFocused();
  await expect(first).toBeChecked();
  await expect(page.locator("#filter-country")).toBeVisible();
  await expect(page.getByText(new RegExp(`of ${all.length} sites`))).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: `Remove Country: ${chosen}` }).click();
  await expect(rows(page)).toHaveCount(all.length);
});

test("AUD-5: Back restores the list, and its fields match what it shows", async ({ page }) => {
  const path = await openSites(page);
  const all = await names(page);
  await page.getByRole("link", { name: "Country" }).click();
  await expect(page).toHaveURL(/sort=country/);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit Logs" }).click();
  await expect(page.getByRole("heading", { name: "Audit Logs", level: 1 })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("columnheader", { name: "Country" })).toHaveAttribute("aria-sort", "ascending");
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await expect.poll(() => names(page)).toEqual(all);
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
