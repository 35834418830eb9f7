import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { demoPassword } from "../db/seed/people.ts";
import { expect, test } from "./fixtures.ts";

const superUser = "mara.okafor@tidewater.example";
const networkAdmin = "priya.raman@tidewater.example";
const observer = "tomasz.nowak@tidewater.example";

/** Signs in and goes to the log: its path. */
async function openLog(page: Page, email: string, search = ""): Promise<string> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(demoPassword);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/orgs\/[\da-f-]{36}/);
  const path = `/orgs/${/\/orgs\/([\da-f-]{36})/.exec(page.url())?.[1]}/audit-log`;
  await page.goto(path + search);
  return path;
}

const rows = (page: Page) => page.locator(".list tbody tr");
const period = (page: Page) => page.getByRole("button", { name: /^Time period/ });

test.use({ timezoneId: "Europe/Berlin" });

test("AUD-1: opens on today with the newest first, the visitor's own login among them", async ({ page }) => {
  await openLog(page, superUser);
  await expect(page.getByRole("heading", { name: "Audit Logs", level: 1 })).toBeVisible();
  await expect(period(page)).toContainText("Today");
  expect(await page.getByRole("columnheader").allTextContents()).toEqual(["Timestamp", "Admin", "Site", "Message", "Actions"]);
  await expect(rows(page).filter({ hasText: /Mara Okafor.*Login/ }).first()).toBeVisible();
  const times = await page.locator("tbody time").evaluateAll((all) => all.map((one) => one.getAttribute("datetime") ?? ""));
  expect(times).toEqual(times.toSorted().toReversed());
  await expect(page.getByText(/today · times in \S+/)).toBeVisible();
});

test("AUD-4: details show both sides of a change; X, Escape and Back close them", async ({ page }) => {
  await openLog(page, superUser, "?period=7d&message=update+site");
  const row = rows(page).first();
  const message = await row.locator("td").nth(3).textContent();
  await row.getByRole("link", { name: "View details" }).click();
  const details = page.getByRole("dialog", { name: message ?? "" });
  await expect(details.getByRole("columnheader", { name: "Before" })).toBeVisible();
  await expect(details.locator("del, ins").first()).toBeVisible();
  await expect(details.getByText("Browser")).toBeVisible();
  await page.reload();
  await expect(details).toBeVisible();
  await details.getByRole("link", { name: "Close" }).click();
  await expect(details).toBeHidden();
  await expect(page).toHaveURL(/message=update/);
  await row.getByRole("link", { name: "View details" }).click();
  await expect(details).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(details).toBeHidden();
});

test("AUD-2 and AUD-5: a period is chosen, kept by a refresh, and taken back by Reset", async ({ page }) => {
  const path = await openLog(page, superUser);
  await period(page).click();
  await page.getByRole("link", { name: "Last 7 Days" }).click();
  await expect(page).toHaveURL(`${path}?period=7d`);
  await expect(period(page)).toContainText("Last 7 Days");
  await page.reload();
  await expect(period(page)).toContainText("Last 7 Days");
  const link = page.locator("figure a").first();
  await link.click();
  await expect(page).toHaveURL(/period=range&from=/);
  await expect(rows(page).first()).toBeVisible();
  await page.getByRole("link", { name: "Reset" }).click();
  await expect(page).toHaveURL(path);
  await expect(period(page)).toContainText("Today");
});

test("AUD-2: a custom range by its two inputs and Apply", async ({ page }) => {
  await openLog(page, superUser);
  await period(page).click();
  await page.getByText("Custom Range").click();
  const form = page.getByRole("form", { name: "Custom Range" });
  const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 16);
  await form.getByLabel("Start").fill(at(9));
  await form.getByLabel("End").fill(at(2));
  await form.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/period=range&from=.*&to=/);
  const times = await page.locator("tbody time").evaluateAll((all) => all.map((one) => one.getAttribute("datetime") ?? ""));
  expect(times.length).toBe(50);
  expect(times.every((time) => time < new Date(Date.now() - 1.5 * 86_400_000).toISOString())).toBe(true);
});

test("AUD-3: by people, and by words as they are typed", async ({ page }) => {
  await openLog(page, superUser, "?period=7d");
  await page.getByRole("button", { name: /^Admins/ }).click();
  const menu = page.locator("#filter-admins");
  await menu.getByRole("checkbox", { name: "Priya Raman" }).check();
  await expect(page).toHaveURL(/admins=/);
  await expect(page.getByRole("button", { name: /^Admins/ })).toContainText("1");
  await page.keyboard.press("Escape");
  const names = rows(page).locator("td:nth-child(2)");
  await expect.poll(async () => new Set(await names.allTextContents())).toEqual(new Set(["Priya Raman"]));
  await page.getByRole("searchbox", { name: "Search by Message" }).pressSequentially("login");
  await expect(page).toHaveURL(/message=login/);
  await expect.poll(async () => (await rows(page).locator("td:nth-child(4)").allTextContents()).every((text) => /login/i.test(text))).toBe(true);
});

test("AUD-11: older and newer pages lead there and back", async ({ page }) => {
  await openLog(page, superUser, "?period=7d");
  const first = await rows(page).first().textContent();
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(/after=/);
  await expect(rows(page).first()).not.toHaveText(first ?? "");
  await page.getByRole("link", { name: "Newer" }).click();
  await expect(rows(page).first()).toHaveText(first ?? "");
});

test("AUD-8: a Network Admin of some sites sees those; who may not read the log is told so", async ({ page, browser }) => {
  const path = await openLog(page, superUser, "?period=7d");
  const foreign = await page.locator(".list tbody tr", { hasText: "Organization" }).getByRole("link", { name: "View details" }).first().getAttribute("href");
  const other = await (await browser.newContext()).newPage();
  await openLog(other, networkAdmin, "?period=7d");
  await expect(rows(other).first()).toBeVisible();
  await expect(other.locator(".list tbody")).not.toContainText("Organization");
  expect((await other.goto(foreign ?? path))?.status()).toBe(404);
  await other.context().close();
  const third = await (await browser.newContext()).newPage();
  await openLog(third, observer);
  await expect(third.getByRole("heading", { name: "Your role does not include this page" })).toBeVisible();
  expect((await third.request.get(path)).status()).toBe(403);
  expect((await third.request.get(`${path}/download?format=csv`)).status()).toBe(403);
  await third.context().close();
});

test("AUD-10: downloads hold what the filter shows, and are on the record", async ({ page }) => {
  const path = await openLog(page, superUser, "?period=7d&message=login");
  await page.getByRole("button", { name: "Download" }).click();
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV", exact: true }).click()]);
  expect(csv.suggestedFilename()).toMatch(/^audit-log-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await csv.path(), "utf8")).trim().split("\r\n");
  expect(lines[0]).toContain("Timestamp,Admin,Email");
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.slice(1).every((line) => line.includes("Login"))).toBe(true);
  const answer = await page.request.get(`${path}/download?format=ndjson&period=7d&message=login`);
  expect((await answer.text()).trim().split("\n").map((line) => JSON.parse(line).name)).toContain("session.started");
  await page.goto(`${path}?message=export+audit+log`);
  await expect(rows(page).first()).toContainText("Export audit log as NDJSON");
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5 and AUD-3: period, search and details work", async ({ page }) => {
    await openLog(page, superUser, "?period=7d");
    const search = page.getByRole("searchbox", { name: "Search by Message" });
    await search.fill("update site");
    await search.press("Enter");
    await expect(page).toHaveURL(/message=update/);
    await rows(page).first().getByRole("link", { name: "View details" }).click();
    await expect(page.getByRole("dialog").getByText("Before")).toBeVisible();
    await page.getByRole("dialog").getByRole("link", { name: "Close" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

for (const scheme of ["light", "dark"] as const) {
  test(`X-3: axe finds nothing, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await openLog(page, superUser, "?period=7d&message=update+site");
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await period(page).click();
    await page.getByText("Custom Range").click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.keyboard.press("Escape");
    await rows(page).first().getByRole("link", { name: "View details" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}
