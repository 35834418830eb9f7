import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { tidewaterMembers } from "./setup/demo-members.ts";
import { newHttpClient } from "./setup/http-client.ts";
import { openSignedIn } from "./setup/pages.ts";
import { uniqueWord } from "./setup/unique.ts";

/** Creates a key by its page and returns the secret that is shown. */
async function createKey(page: Page, name: string): Promise<string> {
  await openSignedIn(page, tidewaterMembers.superUser, "/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Mobile SDK" }).click();
  await page.getByRole("main").getByRole("link", { name: "Create SDK Key" }).first().click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create SDK Key" }).click();
  const dialog = page.getByRole("dialog", { name: "Store this key now" });
  await expect(dialog.getByRole("img", { name: "QR code of the enrollment link" })).toBeVisible();
  return (await dialog.getByText(/^sdk_[\w-]{43}$/).textContent()) ?? "";
}

async function createEnrollRevoke(page: Page) {
  const name = uniqueWord("kiosk");
  const secret = await createKey(page, name);
  const dialog = page.getByRole("dialog");
  const link = (await dialog.getByText(/^https?:.*\/enroll\//).textContent()) ?? "";
  expect(link).toBe(`${new URL(page.url()).origin}/enroll/${secret}`);
  await page.reload();
  await expect(dialog).toContainText(secret);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toContainText("Store the key first, then confirm it here");
  await dialog.getByLabel("I have stored this key").check();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toHaveCount(0);
  const row = page.getByRole("row", { name });
  await expect(row).toContainText(`sdk_…${secret.slice(-4)}`);
  await page.goto(`${new URL(page.url()).pathname}?dialog=new-key`);
  await expect(dialog).toContainText("A secret key is shown only once");
  expect(await page.content()).not.toContain(secret);

  const visitor = newHttpClient(test.info().project.use.baseURL);
  const opened = await visitor.get(`/enroll/${secret}`);
  expect(opened.status).toBe(200);
  expect(opened.body).toContain("Tidewater Retail");

  await page.goto(new URL(page.url()).pathname);
  await page.getByRole("main").getByRole("link", { name, exact: true }).click();
  await page.getByRole("link", { name: "Revoke SDK Key" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke SDK Key" }).click();
  await expect(page.getByText("SDK key revoked")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name, exact: true })).toHaveCount(0);
  const closed = await visitor.get(`/enroll/${secret}`);
  expect([closed.status, closed.body.includes("This key doesn’t work"), closed.body.includes("Tidewater")]).toEqual([404, true, false]);
}

test("ORG-19: a key is created, shown once with its code, opened as an app would, and revoked", async ({ page }) => createEnrollRevoke(page));

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ORG-19: a key is created, shown once with its code, opened as an app would, and revoked", async ({ page }) => createEnrollRevoke(page));
});

test("ORG-19: no file that another session reads has the key, and the pages are accessible at 320 px", async ({ page, newContextPage }) => {
  const name = uniqueWord("beacon");
  const secret = await createKey(page, name);
  await expectAccessibleOnPhone(page, 320);
  const path = new URL(page.url()).pathname;
  const other = await newContextPage();
  const reader = await openSignedIn(other, tidewaterMembers.networkAdmin, `${path}?dialog=new-key`);
  await expect(other.getByRole("main").getByRole("link", { name, exact: true })).toBeVisible();
  for (const at of [`${path}?dialog=new-key`, `${path}/download`, path.replace("mobile-sdk", "audit-log")]) expect((await reader.get(at)).body, at).not.toContain(secret);
  for (const at of [path, `${path}/new`, `/enroll/${secret}`, "/enroll/unknown-key-of-an-app"]) {
    await page.goto(at);
    await expect(page.getByRole("main")).toBeVisible();
    await expectAccessibleOnPhone(page, 320);
  }
});
