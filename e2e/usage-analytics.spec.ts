import type { Page } from "@playwright/test";
import type { HttpClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { copyCookies, withNewMember } from "./setup/pages.ts";

const clearChoice = (email: string) => inDatabase((sql) => sql`update accounts set analytics_allowed = null where email = ${email}`);

/** The recorded page views from the data export, newest first. */
async function recordedPages(client: HttpClient): Promise<string[]> {
  const { status, body } = await client.get("/account/export");
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

const saveChoice = async (page: Page, allow: boolean) => {
  await page.goto("/account");
  await page.getByRole("checkbox", { name: "Allow usage analysis" }).setChecked(allow);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(allow ? "You allow usage analysis." : "You don’t allow usage analysis.")).toBeVisible();
};

test("ACC-10, ACC-28: an account without a privacy choice is asked first and then redirected to the requested page", async ({ page, baseURL }) => {
  await withNewMember(baseURL, async ({ client, email, path }) => {
    await clearChoice(email);
    for (const [suffix, status] of [["/sites", 307], ["/sites/download", 401], ["/find?q=a", 401]] as const) {
      expect([suffix, (await client.get(path + suffix)).status]).toEqual([suffix, status]);
    }
    await copyCookies(page, client);
    await page.goto(`${path}/sites?sort=-name`);
    await expect(page).toHaveURL(/\/welcome\/privacy\?next=/);
    await expectAccessibleOnPhone(page);
    await page.getByRole("button", { name: "Allow", exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(`${path}/sites?sort=-name`);
    await client.get("/orgs", { "Sec-Purpose": "prefetch" });
    await client.get("/orgs", { "X-Background": "1" });
    await client.payload("/orgs", { "Next-Router-Prefetch": "1" });
    await expect.poll(() => recordedPages(client), { timeout: 30_000 }).toEqual(["/orgs/[orgId]/sites"]);
    await page.goto("/welcome/privacy");
    await expect(page).toHaveURL(/\/orgs\/[\da-f-]{36}/);
  });
});

test("ACC-28: with consent each opened page is recorded once; withdrawing consent deletes the records", async ({ page, baseURL }) => {
  await withNewMember(baseURL, async ({ client, path }) => {
    await copyCookies(page, client);
    await saveChoice(page, true);
    await openEveryPage(page, path);
    const opened = ["/orgs/[orgId]/sites/[siteId]", "/orgs/[orgId]/sites", "/account", "/orgs/new", "/orgs", "/orgs/[orgId]/sites"];
    await expect.poll(async () => (await recordedPages(client)).slice(0, 3), { timeout: 30_000 }).toEqual(opened.slice(0, 3));
    const pages = await recordedPages(client);
    for (const one of opened) expect(pages).toContain(one);
    expect(pages.join()).not.toMatch(/[\da-f]{8}-|berlin|\?/i);
    await saveChoice(page, false);
    expect(await recordedPages(client)).toEqual([]);
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-28: without consent no page view is recorded", async ({ page, baseURL }) => {
    await withNewMember(baseURL, async ({ client, email, path }) => {
      await clearChoice(email);
      await copyCookies(page, client);
      await page.goto("/account");
      await page.getByRole("button", { name: "Don’t allow" }).click();
      await expect(page).toHaveURL("/account");
      await openEveryPage(page, path);
      await saveChoice(page, true);
      await page.goto("/orgs");
      // Earlier page views would have been written before this one.
      await expect.poll(async () => (await recordedPages(client)).includes("/orgs"), { timeout: 30_000 }).toBe(true);
      expect((await recordedPages(client)).filter((one) => one !== "/account")).toEqual(["/orgs"]);
      await saveChoice(page, false);
      expect(await recordedPages(client)).toEqual([]);
    });
  });

  test("ACC-28: consent is off by default for new accounts in every region", async ({ page }) => {
    for (const region of ["europe", "global"]) {
      await page.goto(`/create-account?region=${region}`);
      await expect(page.getByRole("checkbox", { name: "Allow usage analysis" })).not.toBeChecked();
    }
  });
});
