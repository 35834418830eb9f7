import type { Page } from "@playwright/test";
import { signedInAs } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { inDatabase } from "./setup/database.ts";
import { enterAs, openAs, signIn, signOut } from "./setup/stage.ts";
import { joinOrganization, newOwner, type Owner } from "./setup/test-data.ts";

const menu = (page: Page) => page.getByRole("navigation", { name: "Main" });
const setRole = ({ accountId }: Owner, role: string) =>
  inDatabase((sql) => sql`update memberships set role = ${role} where account_id = ${accountId}`);

/** Opens the sites of somebody new and marks the frame, so that another one would be noticed. */
async function atSites(page: Page): Promise<Owner> {
  const owner = await newOwner("frame");
  await openAs(page, owner.email, `/orgs/${owner.orgId}/sites`);
  await page.getByRole("banner").evaluate((frame) => frame.setAttribute("data-same", ""));
  return owner;
}

const isSame = (page: Page) => page.locator("[data-same]").count();

test("X-4: the frame is kept from page to page, and says where one is", async ({ page }) => {
  const { organization } = await atSites(page);
  await expect(menu(page).getByRole("link", { name: "Site Configuration" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Create Site" }).first().click();
  await expect(page).toHaveTitle(`Create Site · Site Configuration · ${organization} · Signalbox`);
  await expect(menu(page).getByRole("link", { name: "Site Configuration" })).toHaveAttribute("aria-current", "page");
  await menu(page).getByRole("link", { name: "Administrators" }).click();
  await expect(page).toHaveTitle(`Administrators · ${organization} · Signalbox`);
  await expect(menu(page).locator("[aria-current]")).toHaveText("Administrators");
  expect(await isSame(page)).toBe(1);
});

test("X-4: a menu of the frame closes when the page beneath it changes", async ({ page }) => {
  await atSites(page);
  await menu(page).getByRole("link", { name: "Administrators" }).click();
  await expect(page.getByRole("heading", { name: "Administrators", level: 1 })).toBeVisible();
  await page.getByRole("button", { name: /^Organization/ }).click();
  await expect(page.getByRole("link", { name: "All organizations" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Site Configuration", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "All organizations" })).toBeHidden();
});

test("TEN-5: whose role was changed is shown the menu of the new one by the next page", async ({ page }) => {
  const owner = await atSites(page);
  await setRole(owner, "observer");
  await menu(page).getByRole("link", { name: "Audit Logs" }).click();
  await expect(page.getByRole("heading", { name: "Your role does not include this page" })).toBeVisible();
  await expect(menu(page).getByRole("link")).toHaveText(["Site Configuration"]);
  await setRole(owner, "super_user");
  await menu(page).getByRole("link", { name: "Site Configuration" }).click();
  await expect(menu(page).getByRole("link")).toHaveText(["Administrators", "Audit Logs", "Site Configuration"]);
  expect(await isSame(page)).toBe(1);
});

test("SES-2: a frame that was drawn for one account shows the one that signed in since", async ({ page, context }) => {
  const owner = await atSites(page);
  const other = await newOwner("frame");
  await inDatabase((sql) => sql`update accounts set first_name = 'Otto' where id = ${other.accountId}`);
  await joinOrganization(owner.orgId, other.accountId, "super_user");
  const second = await context.newPage();
  await second.goto("/account");
  await signOut(second);
  await signIn(second, other.email);
  await expect(second.getByText(`Signed in as ${other.email}`)).toBeVisible();
  await menu(page).getByRole("link", { name: "Administrators" }).click();
  await expect(page.getByRole("button", { name: "Account of Otto Lantern" })).toBeVisible();
});

test("X-7: the key handler of the palette takes a keydown without a key", async ({ page }) => {
  await atSites(page);
  await page.evaluate(() => window.dispatchEvent(new Event("keydown")));
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "Find a page, site or person" })).toBeFocused();
});

test.describe("with script switched off", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5: a page that is refused or not there shows its content within the frame, and answers with its status", async ({ page, baseURL }) => {
    const owner = await newOwner("frame");
    const stranger = await newOwner("frame");
    await enterAs(page, await signedInAs(baseURL, owner.email));
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
    await expect(page.getByRole("heading", { name: "Your role does not include this page" })).toBeVisible();
    await expect(menu(page).getByRole("link")).toHaveText(["Site Configuration"]);
    for (const orgId of [stranger.orgId, missing, "nonsense"]) {
      const answer = await page.goto(`/orgs/${orgId}/sites`);
      expect([orgId, answer?.status()]).toEqual([orgId, 404]);
      await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
      await expect(page).toHaveTitle("Not found · Signalbox");
      await expect(page.locator("body")).not.toContainText(stranger.organization);
    }
  });
});
