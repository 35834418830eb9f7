import type { Page } from "@playwright/test";
import { signedInClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { inDatabase } from "./setup/database.ts";
import { copyCookies, openSignedIn, signIn, signOut } from "./setup/pages.ts";
import { joinOrganization, newOwner, type Owner } from "./setup/test-data.ts";

const menu = (page: Page) => page.getByRole("navigation", { name: "Main" });
const setRole = ({ accountId }: Owner, role: string) =>
  inDatabase((sql) => sql`update memberships set role = ${role} where account_id = ${accountId}`);

/** Opens the sites of a new owner and marks the app shell, to notice when it is replaced. */
async function openSites(page: Page): Promise<Owner> {
  const owner = await newOwner("shell");
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/sites`);
  await page.getByRole("banner").evaluate((frame) => frame.setAttribute("data-same", ""));
  return owner;
}

const keptShells = (page: Page) => page.locator("[data-same]").count();

test("X-4: the app shell persists across navigation and marks the current page", async ({ page }) => {
  const { organization } = await openSites(page);
  await expect(menu(page).getByRole("link", { name: "Site Configuration" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Create Site" }).first().click();
  await expect(page).toHaveTitle(`Create Site · Site Configuration · ${organization} · Signalbox`);
  await expect(menu(page).getByRole("link", { name: "Site Configuration" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Site Configuration" }).last().click();
  await page.getByRole("link", { name: "Site Groups" }).click();
  await expect(page).toHaveTitle(/^Site Groups · /);
  await expect(menu(page).locator("[aria-current]")).toHaveText("Site Configuration");
  await menu(page).getByRole("link", { name: "Administrators" }).click();
  await expect(page).toHaveTitle(`Administrators · ${organization} · Signalbox`);
  await expect(menu(page).locator("[aria-current]")).toHaveText("Administrators");
  expect(await keptShells(page)).toBe(1);
});

test("X-4: a menu of the app shell closes on navigation", async ({ page }) => {
  await openSites(page);
  await menu(page).getByRole("link", { name: "Administrators" }).click();
  await expect(page.getByRole("heading", { name: "Administrators", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: /^Organization/ }).click();
  await expect(page.getByRole("link", { name: "All organizations" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Site Configuration", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "All organizations" })).toBeHidden();
});

test("TEN-5: after a role change the next page shows the menu of the new role", async ({ page }) => {
  const owner = await openSites(page);
  await setRole(owner, "observer");
  await menu(page).getByRole("link", { name: "Audit Logs" }).click();
  await expect(page.getByRole("heading", { name: "Your role doesn’t include this page" })).toBeVisible();
  await expect(menu(page).getByRole("link")).toHaveText(["Overview", "Site Configuration"]);
  await setRole(owner, "super_user");
  await menu(page).getByRole("link", { name: "Site Configuration" }).click();
  await expect(menu(page).getByRole("link")).toHaveText(["Overview", "Administrators", "Audit Logs", "Mobile SDK", "Site Configuration", "Settings"]);
  expect(await keptShells(page)).toBe(1);
});

test("SES-2: an app shell rendered for one account shows the account that signed in since", async ({ page, context }) => {
  const owner = await openSites(page);
  const other = await newOwner("shell");
  await inDatabase((sql) => sql`update accounts set first_name = 'Otto' where id = ${other.accountId}`);
  await joinOrganization(owner.orgId, other.accountId, "super_user");
  const second = await context.newPage();
  await second.goto("/account");
  await signOut(second);
  await signIn(second, other.email);
  await expect(second.getByText(`Signed in as ${other.email}`)).toBeVisible();
  await menu(page).getByRole("link", { name: "Administrators" }).click();
  await expect(page.getByRole("button", { name: "Otto Lantern’s account" })).toBeVisible();
});

test("X-7: the key handler of the palette takes a keydown without a key", async ({ page }) => {
  await openSites(page);
  await page.evaluate(() => window.dispatchEvent(new Event("keydown")));
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Search pages, sites, people and actions" })).toBeFocused();
});

test("X-10: keys lead to the search, the list of keys, the entries of a menu and the actions of the palette", async ({ page }) => {
  await openSites(page);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Search sites" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.locator("main").focus();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(keys).toContainText("Search this list");
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  await page.getByRole("button", { name: "’s account" }).click();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("link", { name: "My Account" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeFocused();
  await page.keyboard.press("Escape");

  await page.keyboard.press("Control+k");
  const palette = page.getByRole("combobox", { name: "Search pages, sites, people and actions" });
  await palette.fill("qqqq");
  await expect(page.getByText("No results for “qqqq”")).toBeVisible();
  await expect(page.getByRole("option", { name: /^Create Site(?! Group)/ })).toBeVisible();
  await palette.fill("appear dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("Control+k");
  await palette.fill("invite");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Invite Administrator" })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5: 403 and 404 pages are rendered in the app shell with their status", async ({ page, baseURL }) => {
    const owner = await newOwner("shell");
    const otherOwner = await newOwner("shell");
    await copyCookies(page, await signedInClient(baseURL, owner.email));
    const missing = crypto.randomUUID();
    for (const at of [`sites/${missing}`, "sites/nonsense", `administrators/${missing}`]) {
      const answer = await page.goto(`/orgs/${owner.orgId}/${at}`);
      expect([at, answer?.status()]).toEqual([at, 404]);
      await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
      await expect(menu(page).getByRole("link", { name: "Audit Logs" })).toBeVisible();
    }
    await setRole(owner, "observer");
    const refused = await page.goto(`/orgs/${owner.orgId}/audit-log`);
    expect(refused?.status()).toBe(403);
    await expect(page.getByRole("heading", { name: "Your role doesn’t include this page" })).toBeVisible();
    await expect(menu(page).getByRole("link")).toHaveText(["Overview", "Site Configuration"]);
    for (const orgId of [otherOwner.orgId, missing, "nonsense"]) {
      const answer = await page.goto(`/orgs/${orgId}/sites`);
      expect([orgId, answer?.status()]).toEqual([orgId, 404]);
      await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
      await expect(page).toHaveTitle("Not found · Signalbox");
      await expect(page.locator("body")).not.toContainText(otherOwner.organization);
    }
  });
});
