import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { openRedirectPayloads } from "../lib/testing/open-redirect-payloads.ts";
import { throwawayDataFolder } from "../scripts/start/settings.ts";
import { type Browser, filled, newBrowser, signedInAs } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectFitsPhone } from "./setup/accessibility.ts";
import { answerOf, chooseAt, type GoogleAccount, newGoogleAccount } from "./setup/google.ts";
import { openAs } from "./setup/stage.ts";
import { newOwner } from "./setup/test-data.ts";

/** A new owner who has signed in without a screen. */
async function newPerson(baseURL: string | undefined) {
  const owner = await newOwner("google");
  return { ...owner, browser: await signedInAs(baseURL, owner.email) };
}

async function enable(page: Page, account: GoogleAccount) {
  await page.getByRole("link", { name: "ENABLE Sign in with Google" }).click();
  const dialog = page.getByRole("dialog", { name: "Enable Sign in with Google" });
  await expect(dialog.getByRole("link", { name: "No" })).toBeVisible();
  await dialog.getByRole("button", { name: "Yes" }).click();
  await chooseAt(page, account);
}

async function enterByGoogle(page: Page, account: GoogleAccount, at = "/sign-in") {
  await page.goto(at);
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await chooseAt(page, account);
}

async function journey(page: Page) {
  const { email, orgId } = await newOwner("google");
  const [account, home] = [newGoogleAccount(), `/orgs/${orgId}`];
  const browser = await openAs(page, email, "/account");
  await enable(page, account);
  await expect(page).toHaveURL(/\/account/);
  await expect(page.getByText("Your Google account is linked")).toBeVisible();
  await expect(page.getByText(account.email)).toBeVisible();
  await page.context().clearCookies();
  await enterByGoogle(page, account, `/sign-in?next=${encodeURIComponent(`${home}/sites?sort=-name`)}`);
  await expect(page).toHaveURL(`${home}/sites?sort=-name`);
  const entries = (await browser.get(`${home}/audit-log/download?period=24h`)).body.split("\r\n");
  expect(entries.filter((entry) => entry.includes(email) && entry.includes("Link Google account"))).toHaveLength(1);
  await page.goto("/account");
  await expect(page.getByText(/^Linked .* Last used \d/)).toBeVisible();
  await page.getByRole("link", { name: "DISABLE Sign in with Google" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("Your Google account is no longer linked")).toBeVisible();
  await page.context().clearCookies();
  await enterByGoogle(page, account);
  await expect(page.getByRole("heading", { name: "That Google account is not linked" })).toBeVisible();
  await expect(page.getByText("Social Sign In")).toBeVisible();
}

test("ACC-13, ACC-25: linked, signed in with, unlinked, and closed again", async ({ page }) => {
  await journey(page);
});

test.describe("with script switched off", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-13, ACC-25: linked, signed in with, unlinked, and closed again by plain forms", async ({ page }) => {
    await journey(page);
  });
});

test("ACC-13: who turns back at Google is where they were, and nothing has changed", async ({ page }) => {
  const { email } = await newOwner("google");
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with Google" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Nothing was changed: Google was left before the end")).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Sign in to/ })).toBeVisible();
  await openAs(page, email, "/account?dialog=google");
  await page.getByRole("button", { name: "Yes" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Nothing was changed: Google was left before the end")).toBeVisible();
  await expect(page.getByRole("link", { name: "ENABLE Sign in with Google" })).toBeVisible();
});

const wayCookie = "__Host-signalbox.google";

/** Goes to Google from a page, and gives what it sends back. */
async function wayFrom(browser: Browser, page: string, button: string, account: GoogleAccount, fields = {}) {
  const { status, location } = await browser.send(filled(await browser.formOn(page, button), fields));
  expect(status).toBe(303);
  return answerOf(location, account);
}

const toLink = (browser: Browser, account: GoogleAccount) => wayFrom(browser, "/account?dialog=google", "Yes", account);
const toEnter = (browser: Browser, account: GoogleAccount, fields = {}) =>
  wayFrom(browser, "/sign-in", "Sign in with Google", account, fields);

/** A browser that is still nobody's after it asked for this. */
async function expectRefused(browser: Browser, answer: string, page: "/account" | "/sign-in", why = "over") {
  const session = browser.jar.get("__Host-signalbox.session");
  const { status, location } = await browser.get(answer);
  expect([status, location]).toEqual([307, `${page}?notice=google-${why}`]);
  expect(browser.jar.get("__Host-signalbox.session")).toBe(session);
}

test("SSO-7: an answer counts in the browser, the session and for the errand it was asked for", async ({ baseURL }) => {
  const [owner, other] = [await newPerson(baseURL), await newPerson(baseURL)];
  const account = newGoogleAccount();
  const linking = await toLink(owner.browser, account);
  await expectRefused(newBrowser(baseURL), linking, "/sign-in");
  await expectRefused(other.browser, linking, "/account");

  const thief = newBrowser(baseURL, other.browser.jar);
  thief.jar.set(wayCookie, owner.browser.jar.get(wayCookie) ?? "");
  expect((await thief.get(linking)).location).toBe("/google/refused?why=other-account");
  expect((await thief.get("/google/refused?why=other-account")).body).toContain(`You are now signed in as ${other.email}`);

  const visitor = newBrowser(baseURL);
  const entering = await toEnter(visitor, account);
  const swapped = newBrowser(baseURL, owner.browser.jar);
  swapped.jar.set(wayCookie, visitor.jar.get(wayCookie) ?? "");
  await expectRefused(swapped, linking, "/account");
  visitor.jar.set(wayCookie, owner.browser.jar.get(wayCookie) ?? "");
  await expectRefused(visitor, entering, "/sign-in");

  const callback = "/google/callback";
  const forged = [callback, `${callback}?state=`, `${callback}?state=x&code=y`, `${callback}?error=access_denied`];
  for (const answer of [...forged, linking.replace("state=", "state=x")]) await expectRefused(owner.browser, answer, "/account");
  expect((await owner.browser.get(linking)).location).toMatch(/^\/account\?notice=google-linked_[\da-f-]{36}$/);
  await expectRefused(owner.browser, linking, "/account");
});

test("SSO-7: a session that ended on the way links nothing", async ({ baseURL }) => {
  const { browser } = await newPerson(baseURL);
  const linking = await toLink(browser, newGoogleAccount());
  await browser.send(await browser.formOn("/orgs", "Sign out"));
  await expectRefused(browser, linking, "/sign-in", "signed-out");
});

test("SSO-8: whatever is planted as the way back, the whole road ends here", async ({ baseURL }) => {
  const { browser } = await newPerson(baseURL);
  const account = newGoogleAccount();
  await browser.get(await toLink(browser, account));
  expect(openRedirectPayloads.length).toBeGreaterThanOrEqual(40);
  for (const next of openRedirectPayloads) {
    const visitor = newBrowser(baseURL);
    const { status, location } = await visitor.get(await toEnter(visitor, account, { next }));
    expect([next, status, location]).toEqual([next, 307, expect.stringMatching(/^\/orgs(?:\/|$)/)]);
  }
});

test("ACC-13: nothing of an answer is in the log", async ({ baseURL }) => {
  const { browser } = await newPerson(baseURL);
  const account = newGoogleAccount();
  const answers = [await toLink(browser, account)];
  await browser.get(answers[0] ?? "");
  const visitor = newBrowser(baseURL);
  answers.push(await toEnter(visitor, account));
  await visitor.get(answers[1] ?? "");
  const { requestId } = await visitor.get(answers[1] ?? "");
  const written = () => readFileSync(path.join(throwawayDataFolder(process.env.E2E_PORT), "logs", "web.log"), "utf8");
  await expect.poll(written).toContain(requestId);
  const log = written();
  expect(log).toContain("/google/callback");
  for (const answer of answers) {
    const { searchParams } = new URL(answer, baseURL);
    for (const name of ["code", "state"]) expect(log).not.toContain(searchParams.get(name));
  }
  expect(log).not.toContain(account.sub);
});

test("every page and dialog of this flow is accessible, and fits 360 pixels", async ({ page }) => {
  const { email } = await newOwner("google");
  const check = async (at: string) => {
    await page.goto(at);
    await expectFitsPhone(page);
    await expectAccessible(page);
  };
  for (const at of ["/sign-in", "/google/refused", "/google/refused?why=suspended"]) await check(at);
  await openAs(page, email, "/account");
  for (const at of ["/account", "/account?dialog=google"]) await check(at);
});
