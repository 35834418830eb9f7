import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes } from "./setup/accessibility.ts";
import { tidewaterMembers } from "./setup/demo-members.ts";
import { clientOf, demoOrganization } from "./setup/organizations.ts";
import { daysAgo, pastWeek, timeZoneNearNoon } from "./setup/time.ts";
import { copyCookies, closeByEscape, signIn } from "./setup/pages.ts";

const { superUser, networkAdmin, observer } = tidewaterMembers;

/** Opens the log as a member of Tidewater Retail; returns its path. */
async function openLog(page: Page, baseURL: string | undefined, email: string, search = ""): Promise<string> {
  const { path } = await demoOrganization(baseURL, "Tidewater Retail");
  await copyCookies(page, await clientOf(baseURL, email));
  await page.goto(`${path}/audit-log${search}`);
  return `${path}/audit-log`;
}

const rows = (page: Page) => page.locator(".list tbody tr");
const timesOf = (page: Page) => page.locator("tbody time").evaluateAll((all) => all.map((one) => one.getAttribute("datetime") ?? ""));
const period = (page: Page) => page.getByRole("button", { name: /^Time period/ });

test.use({ timezoneId: timeZoneNearNoon() });

test("AUD-1: opens on today with the newest entry first, including the viewer's own login", async ({ page }) => {
  await signIn(page, superUser);
  await page.getByRole("link", { name: "Audit Logs" }).click();
  await expect(page.getByRole("heading", { name: "Audit Logs", level: 1 })).toBeVisible();
  await expect(period(page)).toContainText("Today");
  await expect(rows(page).filter({ hasText: /Mara Okafor.*Signed in/ }).first()).toBeVisible();
  await expect(page.getByRole("columnheader")).toHaveText(["Timestamp", "Admin", "Site", "Message", "Actions"]);
  const times = await timesOf(page);
  expect(times).toEqual(times.toSorted().toReversed());
  await expect(page.getByText(/today · times in \S+/)).toBeVisible();
});

test("AUD-4: details show the values before and after a change; X, Escape and Back close them", async ({ page, baseURL }) => {
  await openLog(page, baseURL, superUser, `?${pastWeek()}&message=changed+site`);
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
  await expect(page).toHaveURL(/message=changed/);
  await row.getByRole("link", { name: "View details" }).click();
  await closeByEscape(details);
  await expect(details).toBeHidden();
});

test("AUD-2, AUD-5: a period is kept by a reload and cleared by Reset", async ({ page, baseURL }) => {
  const path = await openLog(page, baseURL, superUser);
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

test("AUD-2: a custom range is entered and applied", async ({ page, baseURL }) => {
  await openLog(page, baseURL, superUser);
  await period(page).click();
  await page.getByText("Custom Range").click();
  const form = page.getByRole("form", { name: "Custom Range" });
  await form.getByLabel("Start").fill(`${daysAgo(9)}T08:30`);
  await form.getByLabel("End").fill(`${daysAgo(3)}T08:30`);
  await form.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/period=range&from=.*&to=/);
  const newest = async () => (await page.locator("tbody time").first().getAttribute("datetime")) ?? "";
  await expect.poll(async () => (await newest()) < daysAgo(2)).toBe(true);
  const times = await timesOf(page);
  expect(times).toHaveLength(50);
  expect(times.every((time) => time < daysAgo(2))).toBe(true);
});

test("AUD-3: filters by administrators, and by message while typing", async ({ page, baseURL }) => {
  await openLog(page, baseURL, superUser, "?period=7d&findAdmin=priya");
  await page.getByRole("button", { name: /^Admin/ }).click();
  const menu = page.locator("#filter-admins");
  await menu.getByRole("checkbox", { name: "Priya Raman" }).check();
  await expect(page).toHaveURL(/admins=/);
  await expect(page.getByRole("button", { name: /^Admin: ./ })).toBeVisible();
  await page.keyboard.press("Escape");
  const names = rows(page).locator("td:nth-child(2)");
  await expect.poll(async () => new Set(await names.allTextContents())).toEqual(new Set(["Priya Raman"]));
  await page.getByRole("searchbox", { name: "Search by Message" }).pressSequentially("signed");
  await expect(page).toHaveURL(/message=signed/);
  await expect.poll(async () => (await rows(page).locator("td:nth-child(4)").allTextContents()).every((text) => /signed/i.test(text))).toBe(true);
});

test("AUD-11: Older and Newer page through the log", async ({ page, baseURL }) => {
  await openLog(page, baseURL, superUser, `?${pastWeek()}`);
  const newest = async () => (await timesOf(page))[0];
  const first = await newest();
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(/after=/);
  await expect.poll(newest).not.toBe(first);
  await page.getByRole("link", { name: "Newer" }).click();
  await expect.poll(newest).toBe(first);
});

test("AUD-8: a Network Admin of some sites sees only their entries; others get 403", async ({ page, baseURL, newContextPage }) => {
  const path = await openLog(page, baseURL, superUser, "?period=7d");
  const organizationEntry = await page.locator(".list tbody tr", { hasText: "Organization" }).getByRole("link", { name: "View details" }).first().getAttribute("href");
  const other = await newContextPage();
  await openLog(other, baseURL, networkAdmin, "?period=7d");
  await expect(rows(other).first()).toBeVisible();
  await expect(other.locator(".list tbody")).not.toContainText("Organization");
  expect((await other.goto(organizationEntry ?? path))?.status()).toBe(404);
  const third = await newContextPage();
  await openLog(third, baseURL, observer);
  await expect(third.getByRole("heading", { name: "Your role doesn’t include this page" })).toBeVisible();
  expect((await third.request.get(path)).status()).toBe(403);
  expect((await third.request.get(`${path}/download?format=csv`)).status()).toBe(403);
});

test("AUD-10: downloads contain what the filter shows and are recorded in the audit log", async ({ page, baseURL }) => {
  const path = await openLog(page, baseURL, superUser, "?period=7d&message=signed+in");
  await page.getByRole("button", { name: "Download" }).click();
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "CSV", exact: true }).click()]);
  expect(csv.suggestedFilename()).toMatch(/^audit-log-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await csv.path(), "utf8")).trim().split("\r\n");
  expect(lines[0]).toContain("Timestamp,Admin,Email");
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.slice(1).every((line) => line.includes("Signed in"))).toBe(true);
  const answer = await page.request.get(`${path}/download?format=ndjson&period=7d&message=signed+in`);
  expect((await answer.text()).trim().split("\n").map((line) => JSON.parse(line).name)).toContain("session.started");
  await page.goto(`${path}?period=24h&message=exported+audit+log`);
  for (const format of ["CSV", "NDJSON"]) await expect(rows(page).filter({ hasText: `Exported audit log as ${format}` }).first()).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5, AUD-3: period, search and details work", async ({ page, baseURL }) => {
    await openLog(page, baseURL, superUser, "?period=7d");
    const search = page.getByRole("searchbox", { name: "Search by Message" });
    await search.fill("changed site");
    await search.press("Enter");
    await expect(page).toHaveURL(/message=changed/);
    await rows(page).first().getByRole("link", { name: "View details" }).click();
    await expect(page.getByRole("dialog").getByText("Before")).toBeVisible();
    await page.getByRole("dialog").getByRole("link", { name: "Close" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
});

test("X-10: the audit log is accessible in light and dark", async ({ page, baseURL }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openLog(page, baseURL, superUser, `?${pastWeek()}&message=changed+site`);
  await expectAccessibleInBothThemes(page);
  await period(page).click();
  await page.getByText("Custom Range").click();
  await expectAccessibleInBothThemes(page);
  await page.keyboard.press("Escape");
  await rows(page).first().getByRole("link", { name: "View details" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessibleInBothThemes(page);
});
