import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { demoPassword } from "../db/seed/people.ts";
import { fillForm, newHttpClient, signedInClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { ageSessions } from "./setup/time.ts";
import { expectEmail } from "./setup/mail.ts";
import { openSignedIn, signIn, tabTo } from "./setup/pages.ts";
import { addMember, newOwner, type Owner } from "./setup/test-data.ts";
import { enableTwoFactor } from "./setup/two-factor.ts";
import { uniqueWord } from "./setup/unique.ts";

/** A member of a new organization, and its owner. */
async function newMember() {
  const owner = await newOwner("leaving");
  return { owner, email: (await addMember(owner.orgId)).email };
}

const dialog = (page: Page, name: string) => page.getByRole("dialog", { name });

async function chooseUtility(page: Page, item: string) {
  await page.getByRole("button", { name: "Utilities" }).click();
  await page.getByRole("link", { name: item }).click();
}

/** Checks that an account is deleted: the message, sign-in, the email and the audit log of the organization. */
async function expectDeleted(page: Page, { email: ownerEmail, orgId }: Owner, email: string) {
  await expect(page.getByText("Your account was deleted")).toBeVisible();
  await signIn(page, email);
  await expect(page.getByText("Email and password don’t match").first()).toBeVisible();
  await expectEmail(email, /^Your .* account was deleted$/);
  const owner = await signedInClient(test.info().project.use.baseURL, ownerEmail);
  const { body } = await owner.get(`/orgs/${orgId}/audit-log/download?format=ndjson&period=24h&message=Deleted+account`);
  expect(body).toContain(`Deleted account of ${email}`);
}

async function deleteAccount(page: Page) {
  await chooseUtility(page, "Delete Account");
  const open = dialog(page, "Delete Account");
  await expect(open.getByText("1 organization", { exact: false })).toBeVisible();
  await expect(open.getByText("for 30 days")).toBeVisible();
  await open.getByRole("button", { name: "Delete Account" }).click();
  await expect(open.getByText("Check this box to delete the account")).toBeVisible();
  await open.getByRole("checkbox").check();
  await open.getByRole("button", { name: "Delete Account" }).click();
}

test("ACC-29: deleting an account ends its sessions and its sign-in", async ({ page, baseURL }) => {
  const { owner, email } = await newMember();
  const otherSession = await signedInClient(baseURL, email);
  await openSignedIn(page, email, "/account");
  await deleteAccount(page);
  await expectDeleted(page, owner, email);
  expect((await otherSession.get("/account")).location).toMatch(/^\/sign-in/);
});

test("ACC-29: a new organization opens in a new tab, its only Super User cannot delete their account while others are in it, and deletes it too when nobody is", async ({ page, context }) => {
  const { owner, email } = await newMember();
  const name = uniqueWord("Fjord");
  await openSignedIn(page, email, "/account");
  await chooseUtility(page, "Create Organization");
  await dialog(page, "Create Organization").getByLabel("Name").fill(name);
  const opening = context.waitForEvent("page");
  await dialog(page, "Create Organization").getByRole("button", { name: "OK" }).click();
  const tab = await opening;
  await expect(tab.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(tab.getByRole("button", { name: new RegExp(name) })).toBeVisible();
  await tab.close();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/\/account$/);

  const [created] = await inDatabase((sql) => sql<{ id: string }[]>`select id from organizations where name = ${name}`);
  const other = await addMember(String(created?.id));
  await chooseUtility(page, "Delete Account");
  const open = dialog(page, "Delete Account");
  await expect(open.getByText("You are the only Super User")).toBeVisible();
  await expect(open.getByRole("link", { name })).toHaveAttribute("href", /^\/orgs\/[\da-f-]{36}\/administrators$/);
  await expect(open.getByRole("button", { name: "Delete Account" })).toHaveCount(0);
  await expectAccessible(page);

  await inDatabase((sql) => sql`delete from memberships where id = ${other.id}`);
  await page.reload();
  await expect(open.getByText("1 site, its groups and its audit log")).toBeVisible();
  await expectAccessible(page);
  await open.getByRole("checkbox").check();
  await open.getByRole("textbox", { name: "Name of the organization" }).fill("Fjord");
  await open.getByRole("button", { name: "Delete Account" }).click();
  await expect(open.getByText(`Enter exactly: ${name}`)).toBeVisible();
  await open.getByRole("textbox", { name: "Name of the organization" }).fill(name);
  await open.getByRole("button", { name: "Delete Account" }).click();
  await expectDeleted(page, owner, email);
  expect(await inDatabase((sql) => sql`select 1 from organizations where name = ${name}`)).toEqual([]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-29: by plain forms a new organization opens in a new tab, and an account is deleted", async ({ page, context }) => {
    const [first, second] = [await newMember(), await newMember()];
    await openSignedIn(page, first.email, "/account?dialog=organization");
    await dialog(page, "Create Organization").getByLabel("Name").fill(uniqueWord("Plain"));
    const opening = context.waitForEvent("page");
    await dialog(page, "Create Organization").getByRole("button", { name: "OK" }).click();
    const tab = await opening;
    await expect(tab.getByRole("heading", { name: "Overview" })).toBeVisible();
    await tab.close();
    await context.clearCookies();

    await openSignedIn(page, second.email, "/account");
    await deleteAccount(page);
    await expectDeleted(page, second.owner, second.email);
  });
});

test("ACC-29, X-7: an account is deleted by keyboard after re-authentication, on accessible pages", async ({ page }) => {
  const { owner, email } = await newMember();
  await openSignedIn(page, email, "/account");
  await ageSessions(email, { reauthenticated_at: 11 });
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
  await expectDeleted(page, owner, email);
});

test("SES-11, ACC-29: one's own data is downloaded only shortly after authentication", async ({ page, baseURL }) => {
  const { email, owner } = await newMember();
  await openSignedIn(page, email, "/account");
  await chooseUtility(page, "Download my data");
  const downloading = page.waitForEvent("download");
  await dialog(page, "Download my data").getByRole("link", { name: "Download" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("signalbox-account.json");
  const copy = JSON.parse(await readFile(await file.path(), "utf8")) as Record<string, unknown>;
  expect(copy).toMatchObject({ profile: { email }, memberships: [{ organization: owner.organization, role: "observer" }] });

  await ageSessions(email, { reauthenticated_at: 11 });
  const refused = await page.request.get("/account/export");
  expect([refused.status(), await refused.json()]).toEqual([403, { detail: expect.stringContaining("Confirm it’s you first") }]);
  await page.goto("/account?dialog=export");
  await expect(dialog(page, "Download my data").getByRole("textbox", { name: "Password" })).toBeVisible();
  expect((await newHttpClient(baseURL).get("/account/export")).status).toBe(401);
});

test("CRY-2: after enrolment no page, payload or export contains the TOTP seed, recovery codes or hashes", async ({ baseURL }) => {
  const { owner, email } = await newMember();
  const member = await signedInClient(baseURL, email);
  const seed = await enableTwoFactor(member);
  const { body: shown } = await member.get("/account/two-factor/codes");
  const codes = [...shown.matchAll(/>((?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4})</g)].map(([, code = ""]) => code);
  expect([seed.length, codes.length]).toEqual([32, 10]);
  await member.send(fillForm(await member.formOn("/account/two-factor/codes", "Done"), { stored: "true" }));

  const responses: [path: string, body: string][] = [];
  const dialogs = ["email", "delete", "export", "organization", "recovery-codes", "two-factor-off", "end-sessions"];
  const pages = ["/account", "/account/two-factor", "/account/two-factor/codes", ...dialogs.map((name) => `/account?dialog=${name}`)];
  for (const path of pages) responses.push([path, (await member.get(path)).body], [`payload of ${path}`, (await member.payload(path)).body]);
  responses.push(["the copy", (await member.get("/account/export")).body]);
  const [ownerClient, org] = [await signedInClient(baseURL, owner.email), `/orgs/${owner.orgId}`];
  const logs = [`${org}/audit-log?period=24h`, `${org}/audit-log/download?format=csv&period=24h`, `${org}/audit-log/download?format=ndjson&period=24h`, `${org}/administrators/download`];
  for (const path of logs) responses.push([path, (await ownerClient.get(path)).body]);

  const secrets = [seed, seed.match(/.{4}/g)?.join(" ") ?? seed, ...codes, ...codes.map((code) => code.replaceAll("-", "")), "$argon2"];
  for (const [path, body] of responses) {
    expect(body.length, path).toBeGreaterThan(0);
    for (const secret of secrets) expect(body.includes(secret), `${path} contains ${secret.slice(0, 4)}…`).toBe(false);
  }
});
