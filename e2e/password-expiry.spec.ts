import type { Page } from "@playwright/test";
import { demoPassword } from "../db/seed/people.ts";
import { fillForm, signedInClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { linkInEmail } from "./setup/mail.ts";
import { signIn } from "./setup/pages.ts";
import { newPassword } from "./setup/sign-up.ts";
import { runStaffCommand } from "./setup/staff.ts";
import { newOwner, type Owner } from "./setup/test-data.ts";

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name, level: 1 });
const passwordField = (page: Page, name: string | RegExp) => page.getByRole("textbox", { name });

/** Sets the age of a password, in an organization with a limit of 30 days. */
const setPasswordAge = ({ accountId, orgId }: Owner, days: number) =>
  inDatabase(async (sql) => {
    await sql`update organizations set settings = '{"password_policy": {"enabled": true, "expiry_in_days": 30}}' where id = ${orgId}`;
    await sql`update accounts set password_changed_at = now() - make_interval(days => ${days}) where id = ${accountId}`;
  });

async function changePassword(page: Page, current: string, chosen: string) {
  await passwordField(page, /^Current password/).fill(current);
  await passwordField(page, /^New password/).fill(chosen);
  await page.getByRole("button", { name: "Change password" }).click();
}

async function changeExpiredPassword(page: Page) {
  const owner = await newOwner("old");
  await setPasswordAge(owner, 31);
  await page.goto(`/orgs/${owner.orgId}/sites?sort=name`);
  await signIn(page, owner.email);
  await expect(heading(page, "Change your password")).toBeVisible();
  await expect(page.getByText(`${owner.organization} requires its members to choose a new password every 30 days.`)).toBeVisible();
  await page.goto(`/orgs/${owner.orgId}/administrators`);
  await expect(heading(page, "Change your password")).toBeVisible();
  await changePassword(page, "not-the-password-at-all", newPassword);
  await expect(page.getByText(/^Wrong password/)).toBeVisible();
  await changePassword(page, demoPassword, "password123");
  await expect(page.getByText(/many people use this password/)).toBeVisible();
  await changePassword(page, demoPassword, newPassword);
  await expect(page).toHaveURL(new RegExp(`/orgs/${owner.orgId}/administrators`));
  await expect(page.getByText("Saved, with your new password. All other browsers are signed out")).toBeVisible();
  await page.goto("/welcome/password");
  await expect(page).not.toHaveURL(/welcome/);
}

async function acceptNotices(page: Page) {
  const owner = await newOwner("partner");
  expect(runStaffCommand("partner", owner.orgId, "on", "--as", "Ida Holm")).toEqual({ code: 0, output: `${owner.organization} is a partner now.` });
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
  await expect(page.getByText(/^Accepted login notice for administrators of partners, version [\da-f]{8}$/)).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Ida Holm" }).filter({ hasText: "a partner" })).toBeVisible();

  await page.context().clearCookies();
  await inDatabase((sql) => sql`update memberships set role = 'network_admin' where account_id = ${owner.accountId}`);
  await page.goto("/sign-in");
  await signIn(page, owner.email);
  await expect(heading(page, "Notice to partners")).toBeVisible();
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(heading(page, "Overview")).toBeVisible();
}

/** All pending steps in their order, and then the requested page. */
async function completePendingSteps(page: Page) {
  const owner = await newOwner("dues");
  await setPasswordAge(owner, 31);
  runStaffCommand("partner", owner.orgId, "on", "--as", "Ida Holm");
  await inDatabase(async (sql) => {
    await sql`update organizations set settings = '{"password_policy": {"enabled": true, "expiry_in_days": 30, "requires_two_factor_auth": true}}' where id = ${owner.orgId}`;
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
  await changePassword(page, demoPassword, newPassword);
  await expect(heading(page, "May we record which pages you open?")).toBeVisible();
  await page.getByRole("button", { name: "Don’t allow" }).click();
  await expect(page).toHaveURL(new RegExp(`/account\\?next=.*${owner.orgId}.*administrators`));
  await inDatabase((sql) => sql`update organizations set settings = '{}' where id = ${owner.orgId}`);
  await page.goto(`/orgs/${owner.orgId}/administrators`);
  await expect(page).toHaveURL(new RegExp(`/orgs/${owner.orgId}/administrators`));
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("PWD-3: an expired password allows only its change, and then everything", async ({ page }) => changeExpiredPassword(page));

    test("PWD-5: partners accept their login notice at each sign-in, and their administrators another", async ({ page }) => acceptNotices(page));

    test("ACC-10: notice, password, privacy choice and second factor are required in this order", async ({ page }) => completePendingSteps(page));
  });
}

test("PWD-3: while the password is expired an open session gets no pages, actions or downloads", async ({ baseURL }) => {
  const owner = await newOwner("refused");
  const path = `/orgs/${owner.orgId}`;
  const client = await signedInClient(baseURL, owner.email);
  const site = fillForm(await client.formOn(`${path}/sites/new`, "Create Site"), { name: "Late", country: "DE", timeZone: "Europe/Berlin" });
  await setPasswordAge(owner, 31);
  for (const at of [`${path}/sites`, `${path}/administrators`, "/account", "/orgs", "/orgs/new", "/welcome/notice"]) {
    const { status, location } = await client.get(at);
    expect([at, status, new URL(location, baseURL).pathname]).toEqual([at, 307, "/welcome/password"]);
  }
  for (const at of [`${path}/sites/download?format=csv`, `${path}/audit-log/download?format=csv`]) {
    expect([at, (await client.get(at)).status]).toEqual([at, 401]);
  }
  expect(await client.send(site)).toMatchObject({ status: 303, location: expect.stringContaining("/welcome/password") });
  expect((await client.call(site)).status).toBe(401);
  const created = await inDatabase(async (sql) => sql`select 1 from sites where organization_id = ${owner.orgId}`);
  expect(created).toHaveLength(0);
});

test("PWD-3: a suspended account shows whom to contact until staff reinstate it", async ({ page }) => {
  const owner = await newOwner("suspended");
  await setPasswordAge(owner, 130);
  await page.goto("/recover");
  await page.getByLabel("Email").fill(owner.email);
  await page.getByRole("button", { name: "Send reset link" }).click();
  const link = await linkInEmail(page.request, owner.email, /Choose a new password/);
  await inDatabase((sql) => sql`update accounts set suspended_at = now(), suspension_reason = 'password' where id = ${owner.accountId}`);
  await page.goto(link);
  await expect(heading(page, "This account is suspended")).toBeVisible();
  await expect(page.getByText("Write to support@localhost")).toBeVisible();
  await page.goto("/sign-in");
  await signIn(page, owner.email);
  await expect(page.getByText("This account is suspended. Write to support@localhost").first()).toBeVisible();

  expect(runStaffCommand("reinstate", "nobody@example.test", "--as", "Ida Holm")).toMatchObject({ code: 1, output: expect.stringContaining("There is no account") });
  expect(runStaffCommand("reinstate", owner.email)).toMatchObject({ code: 1, output: expect.stringContaining("--as") });
  expect(runStaffCommand("reinstate", owner.email, "--as", "Ida Holm")).toMatchObject({ code: 0, output: expect.stringContaining("is reinstated") });
  expect(runStaffCommand("group", owner.email, "public", "--as", "Ida Holm")).toMatchObject({ code: 0, output: expect.stringContaining("public now; it was in customer") });
  expect(runStaffCommand("dance")).toMatchObject({ code: 1, output: expect.stringMatching(/^Usage/) });
  await signIn(page, owner.email);
  await expect(heading(page, "Change your password")).toBeVisible();
});

test("PWD-3, PWD-5: the login notice and the page of an expired password are accessible and fit 360 px", async ({ page }) => {
  const owner = await newOwner("fits");
  await setPasswordAge(owner, 31);
  runStaffCommand("partner", owner.orgId, "on", "--as", "Ida Holm");
  await page.goto("/sign-in");
  await signIn(page, owner.email);
  await expect(heading(page, /^Notice to/)).toBeVisible();
  await expectAccessibleOnPhone(page);
  await page.getByRole("button", { name: "Accept" }).press("Enter");
  await expect(heading(page, "Change your password")).toBeVisible();
  await expectAccessibleOnPhone(page);
});
