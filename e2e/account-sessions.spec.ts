import type { BrowserContextOptions, Page } from "@playwright/test";
import { filled, signedInAs } from "./browser.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "./setup/accessibility.ts";
import { browserOf, organizationCalled } from "./setup/cast.ts";
import { inDatabase } from "./setup/database.ts";
import { superUserOf } from "./setup/grid.ts";
import { expectMailTo, linkMailedTo } from "./setup/mail.ts";
import { enterAs, openAs, signIn } from "./setup/stage.ts";
import { demoPassword } from "../db/seed/people.ts";
import { addMember, newOwner } from "./setup/test-data.ts";

const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

type Elsewhere = (options: BrowserContextOptions) => Promise<Page>;

async function inFirefox(elsewhere: Elsewhere, email: string) {
  const page = await elsewhere({ userAgent: firefox });
  await signIn(page, email);
  await expect(page.getByRole("heading", { name: "Site Configuration" })).toBeVisible();
  return page;
}

const sessionsOf = (page: Page) => page.getByRole("region", { name: "Sessions" });

test("SES-8, AUT-9: a browser that is new is told of by mail, stands in the list, and is signed out from there", async ({ page, elsewhere }) => {
  const { email } = await newOwner("known");
  await openAs(page, email, "/account");
  const other = await inFirefox(elsewhere, email);
  await expectMailTo(email, /New sign-in to your account/);

  await page.reload();
  const sessions = sessionsOf(page);
  await expect(sessions.getByText("This browser")).toHaveCount(1);
  const row = sessions.getByRole("listitem").filter({ hasText: "Firefox on Windows" }).first();
  await expect(row).toContainText("Signed in with password");
  await row.getByRole("link", { name: /^End/ }).click();
  const dialog = page.getByRole("dialog", { name: "End the session of Firefox on Windows" });
  await dialog.getByRole("button", { name: "End session" }).click();
  await expect(page.getByText("Session ended")).toBeVisible();
  await expect(sessions.getByRole("link", { name: /^End.*Firefox/ })).toHaveCount(0);
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in\?next=/);
  await signIn(other, email);
  await expect(other.getByRole("heading", { name: "Site Configuration" })).toBeVisible();
  const told = await inDatabase((sql) => sql`select 1 from email_outbox where recipient = ${email} and template = 'new-sign-in'`);
  expect(told, "the browser is known by now").toHaveLength(1);
});

test("AUT-9, LNK-7: after a change of address the person's browsers are as known as before, and a new one is told of", async ({ baseURL, request }) => {
  const { email } = await newOwner("known");
  const moved = `moved.${email}`;
  const told = async () => (await inDatabase((sql) => sql`select 1 from email_outbox where recipient = ${moved} and template = 'new-sign-in'`)).length;
  const [browser, other] = [await signedInAs(baseURL, email), await signedInAs(baseURL, email)];
  await browser.send(filled(await browser.formOn("/account?dialog=email", "Send link"), { email: moved }));
  const { pathname } = new URL(await linkMailedTo(request, moved, /Confirm/));
  expect((await browser.send(await browser.formOn(pathname, "Confirm email address"))).location).toContain("notice=email-changed");

  for (const known of [browser, other]) {
    known.jar.delete("__Host-signalbox.session");
    const form = filled(await known.formOn("/sign-in", "Sign in"), { email: moved, password: demoPassword });
    expect((await known.send(form)).location).toMatch(/^\/orgs/);
  }
  expect(await told(), "these browsers are the same").toBe(0);
  await signedInAs(baseURL, moved);
  expect(await told(), "this one is not").toBe(1);
});

test("SES-8: without script all other browsers are signed out at once", async ({ elsewhere, baseURL }) => {
  const { email } = await newOwner("known");
  const [other, third] = [await signedInAs(baseURL, email), await signedInAs(baseURL, email)];
  const page = await elsewhere({ javaScriptEnabled: false });
  await openAs(page, email, "/account");
  await sessionsOf(page).getByRole("link", { name: "End all others" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
  await expect(page).toHaveURL(/\/account\?notice=other-sessions-ended/);
  await expect(sessionsOf(page).getByText("This browser")).toHaveCount(1);
  await expect(sessionsOf(page).getByRole("link", { name: /^End/ })).toHaveCount(0);
  for (const one of [other, third]) expect((await one.get("/account")).location).toMatch(/^\/sign-in\?next=/);
});

test("SES-8: failed tries since the last sign-in are told, with where they came from, and what happened can be read", async ({ page, baseURL }) => {
  const { email } = await newOwner("tries");
  await signedInAs(baseURL, email);
  await signIn(page, email, "not the right password");
  await expect(page.getByText("Email and password do not match")).toBeVisible();
  await signIn(page, email);
  await expect(page.getByRole("heading", { name: "Site Configuration" })).toBeVisible();
  const told = async () => {
    await page.goto("/account");
    return sessionsOf(page).getByText(/^1 failed try since/).count();
  };
  await expect.poll(told, { timeout: 30_000 }).toBe(1);
  await sessionsOf(page).getByText("Recent activity of your account").press("Enter");
  await expect(sessionsOf(page).getByRole("list", { name: "Recent activity" })).toContainText("Login refused");
});

test("SES-8, AUT-10: by keyboard alone, a Super User ends a member's sessions and starts their reset", async ({ page, elsewhere, baseURL, request }) => {
  const owner = await newOwner("ending");
  const { email, id } = await addMember(owner.orgId);
  const member = await elsewhere();
  await openAs(member, email, `/orgs/${owner.orgId}/sites`);
  await enterAs(page, await signedInAs(baseURL, owner.email));

  const choose = async (item: string, button: string) => {
    await page.goto(`/orgs/${owner.orgId}/administrators/${id}`);
    await page.getByRole("button", { name: "More" }).press("Enter");
    await page.getByRole("link", { name: item }).press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: button }).press("Enter");
  };
  await choose("End Sessions", "End Sessions");
  await expect(page.getByText("Sessions ended")).toBeVisible();
  await member.reload();
  await expect(member).toHaveURL(/\/sign-in\?next=/);
  await signIn(member, email);
  await expect(member.getByRole("heading", { name: "Site Configuration" })).toBeVisible();

  await choose("Send Password Reset", "Send Password Reset");
  await expect(page.getByText("The mail with the reset link is on its way")).toBeVisible();
  await member.goto(await linkMailedTo(request, email, /password/i));
  await expect(member.getByRole("button", { name: "Set new password" })).toBeVisible();
});

test("ADM-1, PWD-6: the list, the page and the download of administrators say who has a second factor and how old passwords are", async ({ page, baseURL }) => {
  const organization = await organizationCalled(baseURL, "Tidewater Retail");
  await enterAs(page, await browserOf(baseURL, superUserOf[organization.name]));
  await page.goto(`${organization.path}/administrators?sort=-passwordAge`);
  const row = page.getByRole("row", { name: /Elin Sandberg/ });
  await expect(row.getByRole("cell", { name: "On", exact: true })).toBeVisible();
  await expect(row.getByRole("cell", { name: /^\d+ days?$/ })).toBeVisible();
  const ages = await page.getByRole("cell", { name: /^\d+ days?$/ }).allInnerTexts();
  const days = ages.map((text) => Number.parseInt(text, 10));
  expect(days.length).toBeGreaterThan(10);
  expect(days.toSorted((one, other) => other - one)).toEqual(days);
  await row.getByRole("link").click();
  await expect(page.getByText(/^On since \d+ \w+ \d{4}$/)).toBeVisible();
  await expect(page.getByText(/^Changed \d+ \w+ \d{4}, \d+ days? ago$/)).toBeVisible();
  const { body } = await organization.boss.get(`${organization.path}/administrators/download`);
  expect(body.split("\r\n")[0]).toContain("Last sign-in,2FA,Password changed,Status");
  expect(body).toMatch(/^Elin Sandberg,.*,On,\d{4}-/m);
});

test("the sessions and their dialogs are accessible and fit 360 pixels, in light and dark", async ({ page, baseURL }) => {
  const { email } = await newOwner("fits");
  await signedInAs(baseURL, email);
  await openAs(page, email, "/account");
  const one = await sessionsOf(page).locator("a[href*='dialog=end-session&']").first().getAttribute("href");
  for (const path of ["/account", String(one), "/account?dialog=end-sessions"]) {
    await page.goto(path);
    await expectFitsPhone(page);
    await expectAccessibleInBothThemes(page);
  }
});
