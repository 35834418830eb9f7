import type { BrowserContextOptions, Page } from "@playwright/test";
import { fillForm, signedInClient } from "./setup/http-client.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "./setup/accessibility.ts";
import { clientOf, demoOrganization } from "./setup/organizations.ts";
import { inDatabase } from "./setup/database.ts";
import { superUserOf } from "./setup/access-grid.ts";
import { expectEmail, linkInEmail } from "./setup/mail.ts";
import { copyCookies, openSignedIn, signIn } from "./setup/pages.ts";
import { demoPassword } from "../db/seed/people.ts";
import { addMember, newOwner } from "./setup/test-data.ts";

const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

type NewContextPage = (options: BrowserContextOptions) => Promise<Page>;

async function signInWithFirefox(newContextPage: NewContextPage, email: string) {
  const page = await newContextPage({ userAgent: firefox });
  await signIn(page, email);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  return page;
}

/** How many emails about a sign-in with a new browser were queued. */
const countSignInEmails = async (email: string) =>
  (await inDatabase((sql) => sql`select 1 from email_outbox where recipient = ${email} and template = 'new-sign-in'`)).length;

const sessionsOf = (page: Page) => page.getByRole("region", { name: "Sessions" });

test("SES-8, AUT-9: a new browser is reported by email, is listed, and can be signed out from the list", async ({ page, newContextPage }) => {
  const { email } = await newOwner("known");
  await openSignedIn(page, email, "/account");
  const other = await signInWithFirefox(newContextPage, email);
  await expectEmail(email, /^New sign-in to your .* account$/);

  await page.reload();
  const sessions = sessionsOf(page);
  await expect(sessions.getByText("This browser")).toHaveCount(1);
  const row = sessions.getByRole("listitem").filter({ hasText: "Firefox on Windows" }).first();
  await expect(row).toContainText("Signed in with password");
  await row.getByRole("link", { name: /^End/ }).click();
  const dialog = page.getByRole("dialog", { name: "End the session in Firefox on Windows?" });
  await dialog.getByRole("button", { name: "End session" }).click();
  await expect(page.getByText("Session ended")).toBeVisible();
  await expect(sessions.getByRole("link", { name: /^End.*Firefox/ })).toHaveCount(0);
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in\?next=/);
  await signIn(other, email);
  await expect(other.getByRole("heading", { name: "Overview" })).toBeVisible();
  expect(await countSignInEmails(email), "the second sign-in of a known browser sends nothing").toBe(1);
});

test("AUT-9, LNK-7: after a change of email address known browsers stay known, and a new one is reported", async ({ baseURL, request }) => {
  const { email } = await newOwner("known");
  const moved = `moved.${email}`;
  const [client, other] = [await signedInClient(baseURL, email), await signedInClient(baseURL, email)];
  await client.send(fillForm(await client.formOn("/account?dialog=email", "Send link"), { email: moved }));
  const { pathname } = new URL(await linkInEmail(request, moved, /Confirm/));
  expect((await client.send(await client.formOn(pathname, "Confirm email address"))).location).toContain("notice=email-changed");

  for (const known of [client, other]) {
    known.jar.delete("__Host-signalbox.session");
    const form = fillForm(await known.formOn("/sign-in", "Sign in"), { email: moved, password: demoPassword });
    expect((await known.send(form)).location).toMatch(/^\/orgs/);
  }
  expect(await countSignInEmails(moved), "known browsers").toBe(0);
  await signedInClient(baseURL, moved);
  expect(await countSignInEmails(moved), "a new browser").toBe(1);
});

test("SES-8: without JavaScript all other sessions are ended at once", async ({ newContextPage, baseURL }) => {
  const { email } = await newOwner("known");
  const [other, third] = [await signedInClient(baseURL, email), await signedInClient(baseURL, email)];
  const page = await newContextPage({ javaScriptEnabled: false });
  await openSignedIn(page, email, "/account");
  await sessionsOf(page).getByRole("link", { name: "End all others" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End all others" }).click();
  await expect(page).toHaveURL(/\/account\?notice=other-sessions-ended/);
  await expect(sessionsOf(page).getByText("This browser")).toHaveCount(1);
  await expect(sessionsOf(page).getByRole("link", { name: /^End/ })).toHaveCount(0);
  for (const one of [other, third]) expect((await one.get("/account")).location).toMatch(/^\/sign-in\?next=/);
});

test("SES-8: failed attempts since the last sign-in are shown with their origin, and recent activity is listed", async ({ page, baseURL }) => {
  const { email } = await newOwner("tries");
  await signedInClient(baseURL, email);
  await signIn(page, email, "not the right password");
  await expect(page.getByText("Email and password don’t match")).toBeVisible();
  await signIn(page, email);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  // The worker records failed attempts.
  const countFailedAttempts = async () => {
    await page.goto("/account");
    return sessionsOf(page).getByText(/^1 failed attempt since/).count();
  };
  await expect.poll(countFailedAttempts, { timeout: 30_000 }).toBe(1);
  await sessionsOf(page).getByText("Recent activity of your account").press("Enter");
  await expect(sessionsOf(page).getByRole("list", { name: "Recent activity" })).toContainText("Sign-in refused");
});

test("SES-8, AUT-10: by keyboard alone, a Super User ends a member's sessions and starts their reset", async ({ page, newContextPage, baseURL, request }) => {
  const owner = await newOwner("ending");
  const { email, id } = await addMember(owner.orgId);
  const member = await newContextPage();
  await openSignedIn(member, email, `/orgs/${owner.orgId}/sites`);
  await copyCookies(page, await signedInClient(baseURL, owner.email));

  const chooseFromMore = async (item: string, button: string) => {
    await page.goto(`/orgs/${owner.orgId}/administrators/${id}`);
    await page.getByRole("button", { name: "More" }).press("Enter");
    await page.getByRole("link", { name: item }).press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: button }).press("Enter");
  };
  await chooseFromMore("End Sessions", "End Sessions");
  await expect(page.getByText("Sessions ended")).toBeVisible();
  await member.reload();
  await expect(member).toHaveURL(/\/sign-in\?next=/);
  await signIn(member, email);
  await expect(member.getByRole("heading", { name: "Site Configuration" })).toBeVisible();

  await chooseFromMore("Send Password Reset", "Send Password Reset");
  await expect(page.getByText("Password reset link sent")).toBeVisible();
  await member.goto(await linkInEmail(request, email, /password/i));
  await expect(member.getByRole("button", { name: "Set new password" })).toBeVisible();
});

test("ADM-1, PWD-6: the list, the page and the CSV of administrators show the second factor and the password age", async ({ page, baseURL }) => {
  const organization = await demoOrganization(baseURL, "Tidewater Retail");
  await copyCookies(page, await clientOf(baseURL, superUserOf[organization.name]));
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
  const { body } = await organization.superUser.get(`${organization.path}/administrators/download`);
  expect(body.split("\r\n")[0]).toContain("Last sign-in,2FA,Password changed,Status");
  expect(body).toMatch(/^Elin Sandberg,.*,On,\d{4}-/m);
});

test("sessions and their dialogs are accessible in light and dark, and fit 360 px", async ({ page, baseURL }) => {
  const { email } = await newOwner("fits");
  await signedInClient(baseURL, email);
  await openSignedIn(page, email, "/account");
  const endSession = await sessionsOf(page).locator("a[href*='dialog=end-session&']").first().getAttribute("href");
  for (const path of ["/account", String(endSession), "/account?dialog=end-sessions"]) {
    await page.goto(path);
    await expectFitsPhone(page);
    await expectAccessibleInBothThemes(page);
  }
});
