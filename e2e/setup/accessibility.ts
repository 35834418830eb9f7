import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Fails on accessibility violations of the current page. */
export async function expectAccessible(page: Page, rules: readonly string[] = []): Promise<void> {
  // Without legacy mode axe opens a blank page for each analysis, which only pages with frames need.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules.length > 0 ? axe.withRules([...rules]) : axe).analyze();
  expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`)).toEqual([]);
}

/** Checks the light theme, and the colors of the dark theme. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, ["color-contrast"]);
  await page.emulateMedia({ colorScheme: "light" });
}

/** Checks that the page fits a small phone, or another width, and is accessible there. */
export async function expectAccessibleOnPhone(page: Page, width = 360): Promise<void> {
  await expectFitsPhone(page, width);
  await expectAccessible(page);
}

/** Fails when the page is wider than a small phone, or another width. */
export async function expectFitsPhone(page: Page, width = 360): Promise<void> {
  await page.setViewportSize({ width, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(width);
}
