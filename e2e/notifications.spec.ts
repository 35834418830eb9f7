import type { Page } from "@playwright/test";
import { asOwn, filled, type Form, newBrowser } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectFitsPhone } from "./setup/accessibility.ts";
import { browserOf, done, organizationCalled } from "./setup/cast.ts";
import { enterAs, escapeFrom, withMember } from "./setup/stage.ts";
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
  await dialog(page).getByRole("link", { name: "Close" }).last().click();
  await expect(dialog(page)).toHaveCount(0);
  await card(page).getByRole("link", { name: "Tidewater Retail: organization, Berlin Mitte and 2 more sites" }).click();
  await toggle(page, /^Enable Org Notifications/).click();
  await toggle(page, "Gdańsk").click();
  await expect(toggle(page, "Gdańsk")).not.toBeChecked();
  await page.reload();
  await expect(toggle(page, /^Enable Org Notifications/)).not.toBeChecked();
  await expect(toggle(page, "Rotterdam")).toBeChecked();
  await dialog(page).getByRole("link", { name: "Close" }).last().click();
  await expect(card(page).getByRole("link", { name: "Tidewater Retail: Berlin Mitte and 1 more site" })).toBeVisible();
}

test("ACC-26: what one is told of is switched in a dialog, and the card lists it", async ({ page, baseURL }) => {
  await withMember(baseURL, async ({ browser }) => {
    await enterAs(page, browser);
    await journey(page);
  });
});

test.describe("with script switched off", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-26: what one is told of is switched by plain forms, and the list stays where it is", async ({ page, baseURL }) => {
    await withMember(baseURL, async ({ browser }) => {
      await enterAs(page, browser);
      await journey(page);
      await page.goto(`${dialogPath}&search=ham`);
      await toggle(page, "Hamburg Hafen").click();
      await expect(page).toHaveURL(/dialog=notifications&search=ham#notify-[\da-f-]{36}$/);
      await expect(dialog(page).getByRole("switch")).toHaveCount(2);
      await dialog(page).getByRole("searchbox").fill("nowhere");
      await dialog(page).getByRole("searchbox").press("Enter");
      await expect(dialog(page).getByText("No site is called like this.")).toBeVisible();
    });
  });
});

test("X-9, ACC-26: by keyboard alone: a switch keeps the focus, shows at once what is saved, and is not drawn anew", async ({ page, baseURL }) => {
  await withMember(baseURL, async ({ browser }) => {
    await enterAs(page, browser);
    await page.goto("/account");
    await expectFitsPhone(page);
    await card(page).getByRole("link", { name: "Enable email notifications" }).focus();
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toBeVisible();
    await expectAccessible(page);
    await expectFitsPhone(page);
    const lyon = toggle(page, "Lyon Part-Dieu");
    await lyon.focus();
    const drawn = await lyon.elementHandle();
    const saved = page.waitForResponse((response) => response.request().method() === "POST");
    await page.keyboard.press("Space");
    await expect(lyon).toBeChecked();
    await saved;
    await expect(lyon).toBeFocused();
    for (let times = 0; times < 3; times += 1) await page.keyboard.press("Space");
    await expect(lyon).not.toBeChecked();
    await expect(lyon).toBeFocused();
    expect(await drawn?.evaluate((element) => element.isConnected)).toBe(true);
    await escapeFrom(dialog(page));
    await expect(dialog(page)).toHaveCount(0);
    await expect.poll(async () => (await browser.get(dialogPath)).body.includes('aria-checked="true"')).toBe(false);
  });
});

test.describe("with a network that fails", () => {
  test.use({ expectedComplaints: [/ERR_FAILED/] });

  test("ACC-26: what could not be saved goes back, with the reason, and can be tried again", async ({ page, baseURL }) => {
    await withMember(baseURL, async ({ browser }) => {
      await enterAs(page, browser);
      await page.goto(dialogPath);
      const lille = toggle(page, "Lille Flandres");
      await page.route("**/account*", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
      await lille.click();
      await expect(dialog(page).getByRole("alert")).toHaveText("Not saved: the server did not answer. Try again.");
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

test("ACC-26: of several organizations one is chosen in the dialog, and one stays where one was", async ({ page, baseURL }) => {
  await withMember(baseURL, async ({ browser, accountId, path }) => {
    const other = await organizationCalled(baseURL, "Harbourline Logistics");
    const id = await joinOrganization(other.id, accountId);
    await enterAs(page, browser);
    await page.goto(`${path}/sites`);
    await page.goto(dialogPath);
    await expect(toggle(page, "Berlin Mitte")).toBeVisible();
    await dialog(page).getByRole("button", { name: /^Organization/ }).click();
    await dialog(page).getByRole("link", { name: other.name }).click();
    await expect(dialog(page).getByText(`alert configuration of ${other.name}`)).toBeVisible();
    await toggle(page, /^Enable Org Notifications/).click();
    await expect(toggle(page, /^Enable Org Notifications/)).toBeChecked();
    await dialog(page).getByRole("link", { name: "Close" }).last().click();
    await card(page).getByRole("link", { name: `${other.name}: organization` }).click();
    await toggle(page, /^Enable Org Notifications/).click();
    await expect(card(page).getByText("No email notifications yet")).toBeAttached();
    await page.goto("/");
    await expect(page).toHaveURL(new RegExp(path));
    await done(other, `administrators/${id}?dialog=revoke`, "Revoke Access");
  });
});

test("TEN-3, TEN-4, ADM-7: nobody switches anything where they hold nothing, or sees the sites of others", async ({ baseURL }) => {
  const [tidewater, harbourline] = [await organizationCalled(baseURL, "Tidewater Retail"), await organizationCalled(baseURL, "Harbourline Logistics")];
  const tomasz = await browserOf(baseURL, "tomasz.nowak@tidewater.example");
  const form = await tidewater.boss.formOn(dialogPath, "Berlin Mitte");
  const own = await tomasz.formOn(dialogPath, "Gdańsk");
  expect((await tomasz.get(dialogPath)).body).not.toContain("Berlin Mitte");
  const berlin = Object.fromEntries(form.pairs).siteId ?? "";
  const foreign: [string, Form][] = [
    ["a site out of scope", filled(own, { siteId: berlin })],
    ["another organization", filled(own, { organization: harbourline.id, siteId: "" })],
    ["no organization", filled(own, { organization: "nonsense" })],
  ];
  for (const [what, tried] of foreign) {
    for (const how of ["send", "call"] as const) expect([what, how, (await tomasz[how](tried)).status]).toEqual([what, how, 404]);
  }
  expect((await harbourline.boss.call(await asOwn(harbourline.boss, form))).status).toBe(404);
  expect((await newBrowser(baseURL).call(form)).status).toBe(401);
  for (const browser of [tomasz, tidewater.boss, harbourline.boss]) expect((await browser.get(dialogPath)).body).not.toContain('aria-checked="true"');
  const aiko = await browserOf(baseURL, "aiko.tanaka@tidewater.example");
  const { body } = await aiko.get(dialogPath);
  expect(body).toContain("Enable Org Notifications");
  expect(body).not.toContain("Berlin Mitte");
});
