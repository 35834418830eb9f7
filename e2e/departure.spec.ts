import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { generateSync } from "otplib";
import { demoPassword } from "../db/seed/people.ts";
import { filled, newBrowser, signedInAs } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { newWord } from "./setup/cast.ts";
import { sessionsAged } from "./setup/clocks.ts";
import { expectMailTo } from "./setup/mail.ts";
import { openAs, signIn, tabTo } from "./setup/stage.ts";
import { addMember, newOwner, type Owner } from "./setup/test-data.ts";

/** A member of a new organization, and its owner. */
async function newMember() {
  const owner = await newOwner("leaving");
  return { owner, email: (await addMember(owner.orgId)).email };
}

const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });

async function choose(page: Page, item: string) {
  await page.getByRole("button", { name: "Utilities" }).click();
  await page.getByRole("link", { name: item }).click();
}

/** What is true once somebody has gone: in this browser, at the door, in the mail and in the organization's log. */
async function expectGone(page: Page, { email: ownerEmail, orgId }: Owner, email: string) {
  await expect(page.getByText("Your account is deleted, and you are signed out")).toBeVisible();
  await signIn(page, email);
  await expect(page.getByText("Email and password do not match").first()).toBeVisible();
  await expectMailTo(email, /^Your account at .* is deleted/);
  const owner = await signedInAs(test.info().project.use.baseURL, ownerEmail);
  const { body } = await owner.get(`/orgs/${orgId}/audit-log/download?format=ndjson&period=24h&message=Delete+account`);
  expect(body).toContain(`Delete account of ${email}`);
}

async function leave(page: Page) {
  await choose(page, "Delete Account");
  const open = dialog(page, "Delete Account");
  await expect(open.getByText("1 organization", { exact: false })).toBeVisible();
  await expect(open.getByText("for 30 days")).toBeVisible();
  await open.getByRole("button", { name: "Delete Account" }).click();
  await expect(open.getByText("Tick this box to delete the account")).toBeVisible();
  await open.getByRole("checkbox").check();
  await open.getByRole("button", { name: "Delete Account" }).click();
}

test("ACC-29: an account is deleted, and with it everything that could open it", async ({ page, baseURL }) => {
  const { owner, email } = await newMember();
  const elsewhere = await signedInAs(baseURL, email);
  await openAs(page, email, "/account");
  await leave(page);
  await expectGone(page, owner, email);
  expect((await elsewhere.get("/account")).location).toMatch(/^\/sign-in/);
});

test("ACC-29: an organization opens in a tab of its own, and its only Super User cannot leave it", async ({ page, context }) => {
  const { email } = await newMember();
  const name = newWord("Fjord");
  await openAs(page, email, "/account");
  await choose(page, "Create Organization");
  await dialog(page, "Create Organization").getByLabel("Name").fill(name);
  const opening = context.waitForEvent("page");
  await dialog(page, "Create Organization").getByRole("button", { name: "OK" }).click();
  const tab = await opening;
  await expect(tab.getByRole("heading", { name: "Site Configuration" })).toBeVisible();
  await expect(tab.getByRole("button", { name: new RegExp(name) })).toBeVisible();
  await tab.close();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/\/account$/);

  await choose(page, "Delete Account");
  const open = dialog(page, "Delete Account");
  await expect(open.getByText("You are the only Super User")).toBeVisible();
  await expect(open.getByRole("link", { name })).toHaveAttribute("href", /^\/orgs\/[\da-f-]{36}\/administrators$/);
  await expect(open.getByRole("button", { name: "Delete Account" })).toHaveCount(0);
  await expectAccessible(page);
});

test.describe("with script switched off", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-29: by plain forms an organization opens in a tab of its own, and an account is deleted", async ({ page, context }) => {
    const [first, second] = [await newMember(), await newMember()];
    await openAs(page, first.email, "/account?dialog=organization");
    await dialog(page, "Create Organization").getByLabel("Name").fill(newWord("Plain"));
    const opening = context.waitForEvent("page");
    await dialog(page, "Create Organization").getByRole("button", { name: "OK" }).click();
    const tab = await opening;
    await expect(tab.getByRole("link", { name: "Primary Site" })).toBeVisible();
    await tab.close();
    await context.clearCookies();

    await openAs(page, second.email, "/account");
    await leave(page);
    await expectGone(page, second.owner, second.email);
  });
});

test("ACC-29, X-7: by keyboard alone, after confirming who it is, with nothing for axe to find", async ({ page }) => {
  const { owner, email } = await newMember();
  await openAs(page, email, "/account");
  await sessionsAged(email, { reauthenticated_at: 11 });
  await page.reload();
  await tabTo(page, /^Utilities$/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Delete Account$/);
  await page.keyboard.press("Enter");
  const open = dialog(page, "Delete Account");
  await expect(open.getByRole("textbox", { name: "Password" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type(demoPassword);
  await page.keyboard.press("Enter");
  await expect(open.getByRole("checkbox")).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Space");
  await tabTo(page, /^Delete Account$/);
  await page.keyboard.press("Enter");
  await expectGone(page, owner, email);
});

test("SES-11, ACC-29: a copy of one's data is downloaded, and only soon after confirming who it is", async ({ page, baseURL }) => {
  const { email, owner } = await newMember();
  await openAs(page, email, "/account");
  await choose(page, "Download my data");
  const coming = page.waitForEvent("download");
  await dialog(page, "Download my data").getByRole("link", { name: "Download" }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe("signalbox-account.json");
  const copy = JSON.parse(await readFile(await file.path(), "utf8")) as Record<string, unknown>;
  expect(copy).toMatchObject({ profile: { email }, memberships: [{ organization: owner.organization, role: "observer" }] });

  await sessionsAged(email, { reauthenticated_at: 11 });
  const refused = await page.request.get("/account/export");
  expect([refused.status(), await refused.json()]).toEqual([403, { detail: expect.stringContaining("Confirm that it is you first") }]);
  await page.goto("/account?dialog=export");
  await expect(dialog(page, "Download my data").getByRole("textbox", { name: "Password" })).toBeVisible();
  expect((await newBrowser(baseURL).get("/account/export")).status).toBe(401);
});

test("CRY-2: once they were shown, neither seed nor recovery codes nor hashes come out of any page, payload or export", async ({ baseURL }) => {
  const { owner, email } = await newMember();
  const own = await signedInAs(baseURL, email);
  await own.send(await own.formOn("/account/two-factor", "Begin"));
  const { body: setUp } = await own.get("/account/two-factor");
  const seed = (/<code[^>]*>([A-Z2-7 ]+)</.exec(setUp)?.[1] ?? "").replaceAll(" ", "");
  await own.send(filled(await own.formOn("/account/two-factor", "Verify"), { code: generateSync({ secret: seed }) }));
  const { body: shown } = await own.get("/account/two-factor/codes");
  const codes = [...shown.matchAll(/>((?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4})</g)].map(([, code = ""]) => code);
  expect([seed.length, codes.length]).toEqual([32, 10]);
  await own.send(filled(await own.formOn("/account/two-factor/codes", "Done"), { stored: "true" }));

  const heard: [path: string, body: string][] = [];
  const dialogs = ["email", "delete", "export", "organization", "recovery-codes", "two-factor-off", "end-sessions"];
  const pages = ["/account", "/account/two-factor", "/account/two-factor/codes", ...dialogs.map((name) => `/account?dialog=${name}`)];
  for (const path of pages) heard.push([path, (await own.get(path)).body], [`payload of ${path}`, (await own.payload(path)).body]);
  heard.push(["the copy", (await own.get("/account/export")).body]);
  const [boss, org] = [await signedInAs(baseURL, owner.email), `/orgs/${owner.orgId}`];
  const logs = [`${org}/audit-log?period=24h`, `${org}/audit-log/download?format=csv&period=24h`, `${org}/audit-log/download?format=ndjson&period=24h`, `${org}/administrators/download`];
  for (const path of logs) heard.push([path, (await boss.get(path)).body]);

  const written = [seed, seed.match(/.{4}/g)?.join(" ") ?? seed, ...codes, ...codes.map((code) => code.replaceAll("-", "")), "$argon2"];
  for (const [path, body] of heard) {
    expect(body.length, path).toBeGreaterThan(0);
    for (const secret of written) expect(body.includes(secret), `${path} tells ${secret.slice(0, 4)}…`).toBe(false);
  }
});
