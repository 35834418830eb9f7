import type { Page } from "@playwright/test";
import { withIdentityOf, fillForm, type Form, newHttpClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectFitsPhone } from "./setup/accessibility.ts";
import { tidewaterMembers } from "./setup/demo-members.ts";
import { clientOf, submitForm, demoOrganization } from "./setup/organizations.ts";
import { copyCookies, closeByEscape, withNewMember } from "./setup/pages.ts";
import { joinOrganization } from "./setup/test-data.ts";

const dialogPath = "/account?dialog=notifications";
const dialog = (page: Page) => page.getByRole("dialog", { name: "Enable Email Notifications" });
const toggle = (page: Page, name: string | RegExp) => dialog(page).getByRole("switch", { name });
const card = (page: Page) => page.getByRole("region", { name: "Email Notification" });

async function journey(page: Page) {
  await page.goto("/account");
  await expect(card(page).getByText("No email notifications yet")).toBeVisible();
  await card(page).getByRole("link", { name: "Enable email notifications" }).click();
  await expect(toggle(page, /^Enable Org Notifications/)).not.toBeChecked();
  await toggle(page, /^Enable Org Notifications/).click();
  await expect(toggle(page, /^Enable Org Notifications/)).toBeChecked();
  for (const site of ["Berlin Mitte", "Gdańsk", "Rotterdam"]) {
    await toggle(page, site).click();
    await expect(toggle(page, site)).toBeChecked();
  }
  await dialog(page).getByRole("link", { name: "Done" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await card(page).getByRole("link", { name: "Tidewater Retail: organization, Berlin Mitte and 2 more sites" }).click();
  await toggle(page, /^Enable Org Notifications/).click();
  await toggle(page, "Gdańsk").click();
  await expect(toggle(page, "Gdańsk")).not.toBeChecked();
  await page.reload();
  await expect(toggle(page, /^Enable Org Notifications/)).not.toBeChecked();
  await expect(toggle(page, "Rotterdam")).toBeChecked();
  await dialog(page).getByRole("link", { name: "Done" }).click();
  await expect(card(page).getByRole("link", { name: "Tidewater Retail: Berlin Mitte and 1 more site" })).toBeVisible();
}

test("ACC-26: notifications are switched in a dialog and listed on the card", async ({ page, baseURL }) => {
  await withNewMember(baseURL, async ({ client }) => {
    await copyCookies(page, client);
    await journey(page);
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-26: notifications are switched by plain forms, and the list keeps its position", async ({ page, baseURL }) => {
    await withNewMember(baseURL, async ({ client }) => {
      await copyCookies(page, client);
      await journey(page);
      await page.goto(`${dialogPath}&search=ham`);
      await toggle(page, "Hamburg Hafen").click();
      await expect(page).toHaveURL(/dialog=notifications&search=ham#notify-[\da-f-]{36}$/);
      await expect(dialog(page).getByRole("switch")).toHaveCount(2);
      await dialog(page).getByRole("searchbox").fill("nowhere");
      await dialog(page).getByRole("searchbox").press("Enter");
      await expect(dialog(page).getByText("No results")).toBeVisible();
    });
  });
});

test("X-9, ACC-26: by keyboard a switch keeps the focus, updates at once and is not rendered again", async ({ page, baseURL }) => {
  await withNewMember(baseURL, async ({ client }) => {
    await copyCookies(page, client);
    await page.goto("/account");
    await expectFitsPhone(page);
    await card(page).getByRole("link", { name: "Enable email notifications" }).focus();
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toBeVisible();
    await expectAccessible(page);
    await expectFitsPhone(page);
    const lyon = toggle(page, "Lyon Part-Dieu");
    await lyon.focus();
    const element = await lyon.elementHandle();
    const saved = page.waitForResponse((response) => response.request().method() === "POST");
    await page.keyboard.press("Space");
    await expect(lyon).toBeChecked();
    await saved;
    await expect(lyon).toBeFocused();
    for (let times = 0; times < 3; times += 1) await page.keyboard.press("Space");
    await expect(lyon).not.toBeChecked();
    await expect(lyon).toBeFocused();
    expect(await element?.evaluate((element) => element.isConnected)).toBe(true);
    await closeByEscape(dialog(page));
    await expect(dialog(page)).toHaveCount(0);
    await expect.poll(async () => (await client.get(dialogPath)).body.includes('aria-checked="true"')).toBe(false);
  });
});

test.describe("when the network fails", () => {
  test.use({ expectedConsoleErrors: [/ERR_FAILED/] });

  test("ACC-26: a switch that could not be saved is reset, with the reason, and can be tried again", async ({ page, baseURL }) => {
    await withNewMember(baseURL, async ({ client }) => {
      await copyCookies(page, client);
      await page.goto(dialogPath);
      const lille = toggle(page, "Lille Flandres");
      await page.route("**/account*", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
      await lille.click();
      await expect(dialog(page).getByRole("alert")).toHaveText("Not saved: the server didn’t answer. Try again.");
      await expect(lille).not.toBeChecked();
      await page.unroute("**/account*");
      await lille.click();
      await expect(lille).toBeChecked();
      await expect(dialog(page).getByRole("alert")).toHaveCount(0);
      await page.reload();
      await expect(lille).toBeChecked();
    });
  });
});

test("ACC-26: one of several organizations is chosen in the dialog without leaving the current one", async ({ page, baseURL }) => {
  await withNewMember(baseURL, async ({ client, accountId, path }) => {
    const other = await demoOrganization(baseURL, "Harbourline Logistics");
    const id = await joinOrganization(other.id, accountId);
    await copyCookies(page, client);
    await page.goto(`${path}/sites`);
    await page.goto(dialogPath);
    await expect(toggle(page, "Berlin Mitte")).toBeVisible();
    await dialog(page).getByRole("button", { name: /^Organization/ }).click();
    await dialog(page).getByRole("link", { name: other.name }).click();
    await expect(dialog(page).getByText(`alert configuration of ${other.name}`)).toBeVisible();
    await toggle(page, /^Enable Org Notifications/).click();
    await expect(toggle(page, /^Enable Org Notifications/)).toBeChecked();
    await dialog(page).getByRole("link", { name: "Done" }).click();
    await card(page).getByRole("link", { name: `${other.name}: organization` }).click();
    await toggle(page, /^Enable Org Notifications/).click();
    await expect(card(page).getByText("No email notifications yet")).toBeAttached();
    await page.goto("/");
    await expect(page).toHaveURL(new RegExp(path));
    await submitForm(other, `administrators/${id}?dialog=revoke`, "Revoke Access");
  });
});

test("TEN-3, TEN-4, ADM-7: notifications of other sites and organizations can neither be switched nor seen", async ({ baseURL }) => {
  const [tidewater, harbourline] = [await demoOrganization(baseURL, "Tidewater Retail"), await demoOrganization(baseURL, "Harbourline Logistics")];
  const observer = await clientOf(baseURL, tidewaterMembers.observer);
  const form = await tidewater.superUser.formOn(dialogPath, "Berlin Mitte");
  const ownForm = await observer.formOn(dialogPath, "Gdańsk");
  expect((await observer.get(dialogPath)).body).not.toContain("Berlin Mitte");
  const berlin = Object.fromEntries(form.pairs).siteId ?? "";
  const foreign: [string, Form][] = [
    ["a site out of scope", fillForm(ownForm, { siteId: berlin })],
    ["another organization", fillForm(ownForm, { organization: harbourline.id, siteId: "" })],
    ["no organization", fillForm(ownForm, { organization: "nonsense" })],
  ];
  for (const [what, foreignForm] of foreign) {
    for (const method of ["send", "call"] as const) expect([what, method, (await observer[method](foreignForm)).status]).toEqual([what, method, 404]);
  }
  expect((await harbourline.superUser.call(await withIdentityOf(harbourline.superUser, form))).status).toBe(404);
  expect((await newHttpClient(baseURL).call(form)).status).toBe(401);
  for (const client of [observer, tidewater.superUser, harbourline.superUser]) expect((await client.get(dialogPath)).body).not.toContain('aria-checked="true"');
  const reporting = await clientOf(baseURL, tidewaterMembers.reporting);
  const { body } = await reporting.get(dialogPath);
  expect(body).toContain("Enable Org Notifications");
  expect(body).not.toContain("Berlin Mitte");
});
