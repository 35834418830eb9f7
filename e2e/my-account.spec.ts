import type { Page } from "@playwright/test";
import { demoPassword } from "../db/seed/people.ts";
import { fillForm, signedInClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { expectEmail, linkInEmail } from "./setup/mail.ts";
import { closeByEscape, openSignedIn, signIn } from "./setup/pages.ts";
import { newPassword } from "./setup/sign-up.ts";
import { newOwner, type Owner } from "./setup/test-data.ts";
import { ageSessions } from "./setup/time.ts";
import { uniqueEmail } from "./setup/unique.ts";

const sections = ["Account Information", "Authentication", "Preferences", "Social Sign In", "Email Notification", "Privacy Settings"];

const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
const expectText = (page: Page, words: string) => expect(page.getByText(words).last()).toBeVisible();

async function openMyAccount(page: Page, word: string): Promise<Owner> {
  const owner = await newOwner(word);
  await openSignedIn(page, owner.email, "/account");
  return owner;
}

async function saveEverything(page: Page) {
  const owner = await openMyAccount(page, "profile");
  await field(page, "First Name (required)").fill("Inés");
  await field(page, "Last Name").fill("Lanternfeld");
  await field(page, "Primary Phone").fill("+49 30 1234567");
  await field(page, "Secondary Phone").fill("not a number");
  await page.getByRole("radio", { name: "xxxx.xxxx.xxxx" }).check();
  await page.getByRole("checkbox", { name: "24-Hour Time" }).check();
  await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
  await page.getByRole("checkbox", { name: "Allow usage analysis" }).check();
  await save(page);
  await expectText(page, "Enter a number");
  await expect(field(page, "First Name (required)")).toHaveValue("Inés");
  await expect(page.getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
  await field(page, "Secondary Phone").fill("0351 998877");
  await save(page);
  await expectText(page, "Account saved");
  await expect(page.getByText("3 Mar 2026, 14:05 and 5c5b.35a1.b2c3")).toBeVisible();
  await expect(page.getByText("You allow usage analysis")).toBeVisible();
  for (const [name, value] of [["First Name (required)", "Inés"], ["Primary Phone", "+49 30 1234567"], ["Secondary Phone", "0351 998877"]] as const) {
    await expect(field(page, name)).toHaveValue(value);
  }
  await save(page);
  await expectText(page, "No changes to save");
  await page.goto(`/orgs/${owner.orgId}/audit-log?period=24h`);
  await expect(page.getByText(/^Changed .* of own account/)).toHaveCount(1);
  await expect(page.getByText("Changed privacy choice")).toHaveCount(1);
  await page.goto(`/orgs/${owner.orgId}/administrators`);
  await expect(page.getByRole("row", { name: /Inés Lanternfeld/ })).toBeVisible();
}

test("ACC-20 to ACC-29: the sections are in the documented order, each linked from the table of contents", async ({ page }) => {
  await openMyAccount(page, "order");
  const titles = await page.getByRole("main").locator("section[id] h2").allInnerTexts();
  expect(titles.slice(0, sections.length)).toEqual(sections);
  const contents = page.getByRole("navigation", { name: "On this page" });
  expect(await contents.getByRole("link").allInnerTexts()).toEqual(titles);
  const ids = await page.getByRole("main").locator("section[id]").evaluateAll((cards) => cards.map(({ id }) => `#${id}`));
  expect(await contents.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href")))).toEqual(ids);
  for (const title of titles) {
    await contents.getByRole("link", { name: title, exact: true }).click();
    await expect(page.getByRole("heading", { name: title, exact: true })).toBeInViewport();
  }
  for (const name of ["Utilities", "Save"]) await expect(page.getByRole("button", { name, exact: true })).toBeInViewport();
});

test("ACC-20, ACC-24, ACC-28: changes on My Account are saved, logged and shown on other pages", async ({ page }) => {
  await saveEverything(page);
});

test("ACC-24: 12 or 24 hours and the time zone apply to every page with times", async ({ page }) => {
  const owner = await openMyAccount(page, "hours");
  const pages = [`/orgs/${owner.orgId}/audit-log?period=24h`, `/orgs/${owner.orgId}/administrators`, "/account"];
  await inDatabase((sql) => sql`update accounts set last_sign_in_at = '2026-03-03T14:05:00Z' where id = ${owner.accountId}`);
  for (const hours of ["12", "24"] as const) {
    await page.goto("/account");
    await page.getByRole("checkbox", { name: "24-Hour Time" }).setChecked(hours === "24");
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await save(page);
    await expectText(page, "Account saved");
    for (const at of pages) {
      await page.goto(at);
      const texts = await page.locator("main time").evaluateAll((times: HTMLTimeElement[]) => times.flatMap(({ title, textContent }) => [title, textContent]));
      const times = texts.flatMap((text) => /\d:\d\d(:\d\d)?( [ap]m)?/.exec(text)?.[0] ?? []);
      expect(times.length, at).toBeGreaterThan(0);
      expect(times.filter((time) => time.endsWith("m") !== (hours === "12")), at).toEqual([]);
    }
  }
});

test("ACC-24: each save shows a message and keeps focus and scroll position", async ({ page }) => {
  await page.clock.install();
  await openMyAccount(page, "place");
  for (const _ of [1, 2]) {
    await page.getByRole("checkbox", { name: "24-Hour Time" }).click();
    await page.keyboard.press("Enter");
    await expectText(page, "Account saved");
    await expect(page.getByRole("button", { name: "Save", exact: true })).toBeFocused();
    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(0);
    await page.clock.fastForward(9_000);
    await expect(page.getByRole("status").filter({ hasText: /./ })).toHaveCount(0);
  }
});

test("ACC-21, AUT-1, AUT-2: the password rules are listed and checked while typing; a common password is refused with the reason", async ({ page }) => {
  const owner = await openMyAccount(page, "rules");
  await inDatabase((sql) => sql`update organizations set settings = '{"password_policy": {"enabled": true, "min_length": 12, "requires_special_char": true}}' where id = ${owner.orgId}`);
  await page.reload();
  const rules = page.getByRole("list").filter({ hasText: "requires at least 12 characters" }).getByRole("listitem");
  await expect(rules.nth(0)).toHaveText(`${owner.organization} requires at least 12 characters`);
  await expect(rules.nth(1)).toContainText("requires at least one special character");
  await field(page, "New password").fill("lanternquays12");
  await expect(rules.nth(0)).toContainText("met");
  await expect(rules.nth(1)).not.toContainText("met");
  await field(page, "New password").fill("password-1234");
  await expect(rules.nth(1)).toContainText("met");
  await save(page);
  await expectText(page, "Enter your current password");
  await field(page, "Current password").fill(demoPassword);
  await save(page);
  await expectText(page, "many people use this password");
  await field(page, "New password").fill(newPassword);
  await field(page, "Current password").fill("not-the-current-one");
  await save(page);
  await expectText(page, "Wrong password");
});

test("AUT-4, PWD-4: a new password ends every other session", async ({ page, baseURL }) => {
  const owner = await openMyAccount(page, "secret");
  const otherSession = await signedInClient(baseURL, owner.email);
  expect((await otherSession.get("/account")).status).toBe(200);
  await field(page, "New password").fill(newPassword);
  await field(page, "Current password").fill(demoPassword);
  await save(page);
  await expectText(page, "All other browsers are signed out");
  await expect(field(page, "New password")).toHaveValue("");
  expect((await otherSession.get("/account")).location).toContain("/sign-in");
  await page.context().clearCookies();
  await signIn(page, owner.email, newPassword);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
});

const confirmation = /Confirm your new email address/;

async function changeEmail(page: Page) {
  const owner = await openMyAccount(page, "moving");
  const newEmail = `moved-${owner.email}`;
  await page.getByRole("link", { name: "CHANGE" }).click();
  const dialog = page.getByRole("dialog", { name: "Change Email" });
  await dialog.getByLabel("New email address").fill("two@example.test, three@example.test");
  await dialog.getByRole("button", { name: "Send link" }).click();
  await expectText(page, "Enter one email address");
  await dialog.getByLabel("New email address").fill(newEmail);
  await dialog.getByRole("button", { name: "Send link" }).click();
  await expectText(page, "Email sent to the new address");
  await expect(page.getByText(`To confirm ${newEmail}`)).toBeVisible();
  const older = await linkInEmail(page.request, newEmail, confirmation);
  await page.getByRole("link", { name: "Send again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
  await expectText(page, "Email sent");
  const link = await linkInEmail(page.request, newEmail, confirmation, older);
  await page.goto(older);
  await expect(page.getByRole("heading", { name: "There is a newer link" })).toBeVisible();
  await page.goto(link);
  await page.reload();
  await page.getByRole("button", { name: "Confirm email address" }).click();
  await expectText(page, "Email address changed");
  await expect(page.locator("section#account-information")).toContainText(newEmail);
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This address is already confirmed" })).toBeVisible();
  return { owner, newEmail };
}

test("LNK-7, AUT-9: an email address changes when the new one is confirmed, and the old one is notified", async ({ page, baseURL }) => {
  const { owner, newEmail } = await changeEmail(page);
  await expectEmail(owner.email, /was changed$/);
  await signedInClient(baseURL, newEmail);
  await page.context().clearCookies();
  await signIn(page, owner.email);
  await expectText(page, "Email and password don’t match");
});

test("LNK-7: confirming a new email address without a session asks for the password", async ({ page, newContextPage }) => {
  const owner = await openMyAccount(page, "reader");
  const newEmail = uniqueEmail("read");
  await page.goto("/account?dialog=email");
  await page.getByLabel("New email address").fill(newEmail);
  await page.getByRole("button", { name: "Send link" }).click();
  await expectText(page, "Email sent");
  const link = await linkInEmail(page.request, newEmail, confirmation);
  const reader = await newContextPage();
  await reader.goto(link);
  await expect(reader.locator("main")).not.toContainText(owner.email);
  await reader.getByRole("textbox", { name: "Password" }).fill("not-the-password");
  await reader.getByRole("button", { name: "Confirm email address" }).click();
  await expectText(reader, "Wrong password");
  await page.goto("/account?dialog=email-cancel");
  await page.getByRole("dialog").getByRole("button", { name: "Discard new address" }).click();
  await expectText(page, "Your email address was not changed");
  await reader.goto(link);
  await expect(reader.getByRole("heading", { name: "There is a newer link" })).toBeVisible();
});

test("SES-11: eleven minutes after sign-in changing the email address requires the password", async ({ page, baseURL }) => {
  const owner = await openMyAccount(page, "stale");
  const client = await signedInClient(baseURL, owner.email);
  const form = fillForm(await client.formOn("/account?dialog=email", "Send link"), { email: `stale-${owner.email}` });
  await ageSessions(owner.email, { reauthenticated_at: 11 });
  await client.send(form);
  expect(await inDatabase((sql) => sql`select 1 from email_tokens where email = ${owner.email}`)).toHaveLength(0);
  await page.goto("/account?dialog=email");
  await page.getByRole("dialog").getByRole("textbox", { name: "Password" }).fill(demoPassword);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByLabel("New email address")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-20, ACC-24, ACC-28: My Account is saved by a plain form", async ({ page }) => {
    await saveEverything(page);
  });

  test("LNK-7: an email address is changed by plain forms", async ({ page }) => {
    await changeEmail(page);
  });
});

const isFocused = (page: Page, name: string) => page.evaluate((fieldName) => document.activeElement?.getAttribute("name") === fieldName, name);

test("ACC-20: My Account works by keyboard, is accessible and fits 360 px", async ({ page }) => {
  const owner = await openMyAccount(page, "keys");
  await expectAccessible(page);
  await field(page, "First Name (required)").focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("Keyla");
  await page.keyboard.press("Enter");
  await expectText(page, "Account saved");
  await page.getByRole("link", { name: "CHANGE" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Change Email" })).toBeVisible();
  await expectAccessible(page);
  for (let stops = 0; stops < 3 && !(await isFocused(page, "email")); stops += 1) await page.keyboard.press("Tab");
  await page.keyboard.type("not an address");
  await page.keyboard.press("Enter");
  await expectText(page, "Enter one email address");
  await closeByEscape(page.getByRole("dialog", { name: "Change Email" }));
  await expect(page.getByRole("link", { name: "CHANGE" })).toBeFocused();
  for (const at of ["/account", "/account?dialog=email", `/orgs/${owner.orgId}/sites`]) {
    await page.goto(at);
    await expectAccessibleOnPhone(page);
  }
});
