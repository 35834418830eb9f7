import type { Page } from "@playwright/test";
import { demoPassword } from "../db/seed/people.ts";
import { type Browser, filled, newBrowser } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectFitsPhone } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { linkMailedTo } from "./setup/mail.ts";
import { signIn } from "./setup/stage.ts";
import { staff } from "./setup/staff.ts";
import { newOwner, type Owner } from "./setup/test-data.ts";

const another = "another-lantern-52-quiet";
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name, level: 1 });
const secret = (page: Page, name: string | RegExp) => page.getByRole("textbox", { name });

/** Makes the password of somebody whose organization asks for a new one every thirty days this old. */
const aged = ({ accountId, orgId }: Owner, days: number) =>
  inDatabase(async (sql) => {
    await sql`update organizations set password_expiry_days = 30 where id = ${orgId}`;
    await sql`update accounts set password_changed_at = now() - make_interval(days => ${days}) where id = ${accountId}`;
  });

async function change(page: Page, current: string, chosen: string) {
  await secret(page, /^Current password/).fill(current);
  await secret(page, /^New password/).fill(chosen);
  await page.getByRole("button", { name: "Change password" }).click();
}

async function withoutHead(baseURL: string | undefined, { email }: Owner): Promise<Browser> {
  const browser = newBrowser(baseURL);
  const answer = await browser.send(filled(await browser.formOn("/sign-in", "Sign in"), { email, password: demoPassword }));
  expect(answer.status).toBe(303);
  return browser;
}

async function fits(page: Page) {
  await expectFitsPhone(page);
  await expectAccessible(page);
}

async function expired(page: Page) {
  const owner = await newOwner("old");
  await aged(owner, 31);
  await page.goto(`/orgs/${owner.orgId}/sites?sort=name`);
  await signIn(page, owner.email);
  await expect(heading(page, "Change your password")).toBeVisible();
  await expect(page.getByText(`${owner.organization} asks its members for a new password every 30 days.`)).toBeVisible();
  await page.goto(`/orgs/${owner.orgId}/administrators`);
  await expect(heading(page, "Change your password")).toBeVisible();
  await change(page, "not-the-password-at-all", another);
  await expect(page.getByText(/^This is not your password/)).toBeVisible();
  await change(page, demoPassword, "password123");
  await expect(page.getByText(/widely used and is guessed first/)).toBeVisible();
  await change(page, demoPassword, another);
  await expect(page).toHaveURL(new RegExp(`/orgs/${owner.orgId}/administrators`));
  await expect(page.getByText("Saved, with your new password. Every other browser is signed out")).toBeVisible();
  await page.goto("/welcome/password");
  await expect(page).not.toHaveURL(/welcome/);
}

async function notices(page: Page) {
  const owner = await newOwner("partner");
  expect(staff("partner", owner.orgId, "on", "--as", "Ida Holm")).toEqual({ code: 0, said: `${owner.organization} is a partner now.` });
  await page.goto(`/orgs/${owner.orgId}/administrators`);
  await signIn(page, owner.email);
  await expect(heading(page, "Notice to administrators of partners")).toBeVisible();
  await page.goto(`/orgs/${owner.orgId}/sites`);
  await page.getByRole("button", { name: "Decline" }).click();
  await expect(page.getByText("You are signed out")).toBeVisible();

  await page.goto(`/orgs/${owner.orgId}/audit-log?period=24h`);
  await signIn(page, owner.email);
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(page).toHaveURL(new RegExp(`/orgs/${owner.orgId}/audit-log\\?period=24h`));
  await expect(page.getByText(/^Accept login notice for administrators of partners, version [\da-f]{8}$/)).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Ida Holm" }).filter({ hasText: "Mark as partner" })).toBeVisible();

  await page.context().clearCookies();
  await inDatabase((sql) => sql`update memberships set role = 'network_admin' where account_id = ${owner.accountId}`);
  await page.goto("/sign-in");
  await signIn(page, owner.email);
  await expect(heading(page, "Notice to partners")).toBeVisible();
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(heading(page, "Site Configuration")).toBeVisible();
}

/** Everything that can be due at once, in its order, and then the page that was wanted first. */
async function allDues(page: Page) {
  const owner = await newOwner("dues");
  await aged(owner, 31);
  staff("partner", owner.orgId, "on", "--as", "Ida Holm");
  await inDatabase(async (sql) => {
    await sql`update organizations set two_factor_required = true where id = ${owner.orgId}`;
    await sql`update accounts set analytics_allowed = null where id = ${owner.accountId}`;
  });
  await page.goto(`/orgs/${owner.orgId}/administrators`);
  await signIn(page, owner.email);
  await expect(heading(page, /^Notice to/)).toBeVisible();
  await page.goto("/welcome/privacy");
  await expect(heading(page, /^Notice to/)).toBeVisible();
  await page.goto(`/orgs/${owner.orgId}/administrators`);
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(heading(page, "Change your password")).toBeVisible();
  await change(page, demoPassword, another);
  await expect(heading(page, "May we see which pages you use?")).toBeVisible();
  await page.getByRole("button", { name: "Do not allow" }).click();
  await expect(page).toHaveURL(new RegExp(`/account\\?next=.*${owner.orgId}.*administrators`));
  await inDatabase((sql) => sql`update organizations set two_factor_required = false where id = ${owner.orgId}`);
  await page.goto(`/orgs/${owner.orgId}/administrators`);
  await expect(page).toHaveURL(new RegExp(`/orgs/${owner.orgId}/administrators`));
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with script" : "with script switched off", () => {
    test.use({ javaScriptEnabled });

    test("PWD-3: after the end only the change is open, and then everything", async ({ page }) => expired(page));

    test("PWD-5: partners accept their notice at each sign-in, and whoever administers them another", async ({ page }) => notices(page));

    test("ACC-10: notice, password, privacy and second factor are due in this order", async ({ page }) => allDues(page));
  });
}

test("PWD-3: while the change is due pages, actions and downloads are refused to a browser that was let in before", async ({ baseURL }) => {
  const owner = await newOwner("refused");
  const path = `/orgs/${owner.orgId}`;
  const browser = await withoutHead(baseURL, owner);
  const site = filled(await browser.formOn(`${path}/sites/new`, "Create Site"), { name: "Late", country: "DE", timeZone: "Europe/Berlin" });
  await aged(owner, 31);
  for (const at of [`${path}/sites`, `${path}/administrators`, "/account", "/orgs", "/orgs/new", "/welcome/notice"]) {
    const { status, location } = await browser.get(at);
    expect([at, status, new URL(location, baseURL).pathname]).toEqual([at, 307, "/welcome/password"]);
  }
  for (const at of [`${path}/sites/download?format=csv`, `${path}/audit-log/download?format=csv`]) {
    expect([at, (await browser.get(at)).status]).toEqual([at, 401]);
  }
  expect(await browser.send(site)).toMatchObject({ status: 307, location: expect.stringContaining("/welcome/password") });
  expect((await browser.call(site)).status).toBe(401);
  const made = await inDatabase(async (sql) => sql`select 1 from sites where organization_id = ${owner.orgId}`);
  expect(made).toHaveLength(0);
});

test("PWD-3: a suspended account says whom to write to, at sign-in and by link, until staff reinstate it", async ({ page }) => {
  const owner = await newOwner("suspended");
  await aged(owner, 130);
  await page.goto("/recover");
  await page.getByLabel("Email").fill(owner.email);
  await page.getByRole("button", { name: "Send reset link" }).click();
  const link = await linkMailedTo(page.request, owner.email, /Choose a new password/);
  await inDatabase((sql) => sql`update accounts set suspended_at = now(), suspension_reason = 'password' where id = ${owner.accountId}`);
  await page.goto(link);
  await expect(heading(page, "This account is suspended")).toBeVisible();
  await expect(page.getByText("Write to support@localhost")).toBeVisible();
  await page.goto("/sign-in");
  await signIn(page, owner.email);
  await expect(page.getByText("This account is suspended. Write to support@localhost").first()).toBeVisible();

  expect(staff("reinstate", "nobody@example.test", "--as", "Ida Holm")).toMatchObject({ code: 1, said: expect.stringContaining("There is no account") });
  expect(staff("reinstate", owner.email)).toMatchObject({ code: 1, said: expect.stringContaining("--as") });
  expect(staff("reinstate", owner.email, "--as", "Ida Holm")).toMatchObject({ code: 0, said: expect.stringContaining("is reinstated") });
  expect(staff("group", owner.email, "public", "--as", "Ida Holm")).toMatchObject({ code: 0, said: expect.stringContaining("public now; it was in customer") });
  expect(staff("dance")).toMatchObject({ code: 1, said: expect.stringMatching(/^Usage/) });
  await signIn(page, owner.email);
  await expect(heading(page, "Change your password")).toBeVisible();
});

test("PWD-3, PWD-5: both pages are accessible, and fit 360 pixels", async ({ page }) => {
  const owner = await newOwner("fits");
  await aged(owner, 31);
  staff("partner", owner.orgId, "on", "--as", "Ida Holm");
  await page.goto("/sign-in");
  await signIn(page, owner.email);
  await expect(heading(page, /^Notice to/)).toBeVisible();
  await fits(page);
  await page.getByRole("button", { name: "Accept" }).press("Enter");
  await expect(heading(page, "Change your password")).toBeVisible();
  await fits(page);
});
