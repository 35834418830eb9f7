import type { Page } from "@playwright/test";
import type { Browser } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectFitsPhone } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { enterAs, withMember } from "./setup/stage.ts";

const neverAsked = (email: string) => inDatabase((sql) => sql`update accounts set analytics_allowed = null where email = ${email}`);

/** The pages that were recorded, as the person's own copy of their data has them; the newest first. */
async function recorded(browser: Browser): Promise<string[]> {
  const { status, body } = await browser.get("/account/export");
  expect(status).toBe(200);
  const { pagesOpened } = JSON.parse(body) as { pagesOpened: { page: string }[] };
  return pagesOpened.map(({ page }) => page);
}

const pagesOf = (path: string) => [path, `${path}/sites`, `${path}/sites?search=berlin`, "/orgs", "/orgs/new", "/account"];

async function openEveryPage(page: Page, path: string) {
  for (const one of pagesOf(path)) await page.goto(one);
  await page.goto(`${path}/sites`);
  await page.getByRole("link", { name: "Berlin Mitte" }).click();
  await expect(page.getByRole("heading", { name: /Berlin Mitte/ })).toBeVisible();
}

const savedChoice = async (page: Page, allow: boolean) => {
  await page.goto("/account");
  await page.getByRole("checkbox", { name: "Allow usage analysis" }).setChecked(allow);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(allow ? "You allow usage analysis." : "You do not allow usage analysis.")).toBeVisible();
};

test("ACC-10, ACC-28: whoever never chose is asked first, and then gets where they wanted to be", async ({ page, baseURL }) => {
  await withMember(baseURL, async ({ browser, email, path }) => {
    await neverAsked(email);
    for (const [place, status] of [["/sites", 307], ["/sites/download", 401], ["/find?q=a", 401]] as const) {
      expect([place, (await browser.get(path + place)).status]).toEqual([place, status]);
    }
    await enterAs(page, browser);
    await page.goto(`${path}/sites?sort=-name`);
    await expect(page).toHaveURL(/\/welcome\/privacy\?next=/);
    await expectFitsPhone(page);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Allow", exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`${path}/sites?sort=-name`);
    await browser.get("/orgs", { "Sec-Purpose": "prefetch" });
    await browser.get("/orgs", { "X-Background": "1" });
    await browser.payload("/orgs", { "Next-Router-Prefetch": "1" });
    await expect.poll(() => recorded(browser), { timeout: 30_000 }).toEqual(["/orgs/[orgId]/sites"]);
    await page.goto("/welcome/privacy");
    await expect(page).toHaveURL(/\/orgs\/[\da-f-]{36}/);
  });
});

test("ACC-28: a yes leaves the pages that were opened, once each; a no takes them back and leaves none", async ({ page, baseURL }) => {
  await withMember(baseURL, async ({ browser, path }) => {
    await enterAs(page, browser);
    await savedChoice(page, true);
    await openEveryPage(page, path);
    const opened = ["/orgs/[orgId]/sites/[siteId]", "/orgs/[orgId]/sites", "/account", "/orgs/new", "/orgs", "/orgs/[orgId]/sites"];
    await expect.poll(async () => (await recorded(browser)).slice(0, 3), { timeout: 30_000 }).toEqual(opened.slice(0, 3));
    const pages = await recorded(browser);
    for (const one of opened) expect(pages).toContain(one);
    expect(pages.join()).not.toMatch(/[\da-f]{8}-|berlin|\?/i);
    await savedChoice(page, false);
    expect(await recorded(browser)).toEqual([]);
  });
});

test.describe("with script switched off", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-28: who says no leaves not one row while opening every page", async ({ page, baseURL }) => {
    await withMember(baseURL, async ({ browser, email, path }) => {
      await neverAsked(email);
      await enterAs(page, browser);
      await page.goto("/account");
      await page.getByRole("button", { name: "Do not allow" }).click();
      await expect(page).toHaveURL("/account");
      await openEveryPage(page, path);
      await savedChoice(page, true);
      await page.goto("/orgs");
      // What had been waiting to be written would have been written before this.
      await expect.poll(async () => (await recorded(browser)).includes("/orgs"), { timeout: 30_000 }).toBe(true);
      expect((await recorded(browser)).filter((one) => one !== "/account")).toEqual(["/orgs"]);
      await savedChoice(page, false);
      expect(await recorded(browser)).toEqual([]);
    });
  });

  test("ACC-28: a new account allows nothing by itself, in Europe or elsewhere", async ({ page }) => {
    for (const region of ["europe", "global"]) {
      await page.goto(`/create-account?region=${region}`);
      await expect(page.getByRole("checkbox", { name: "Allow usage analysis" })).not.toBeChecked();
    }
  });
});
