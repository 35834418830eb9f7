import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { linkInEmail } from "./setup/mail.ts";
import { closeByEscape, openSignedIn } from "./setup/pages.ts";
import { newPassword, signUp } from "./setup/sign-up.ts";
import { addSites, newOwner } from "./setup/test-data.ts";
import { uniqueEmail } from "./setup/unique.ts";

async function createAccount(page: Page, email: string) {
  await signUp(page, email, { firstName: "Founder", lastName: "Of Ferries", region: "Global" });
  await page.goto(await linkInEmail(page.request, email, /Confirm your email/));
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
}

async function createSite(page: Page, name: string) {
  await page.getByRole("link", { name: "Create Site" }).first().click();
  await page.getByLabel("Site Name").fill(name);
  await page.getByLabel("Country").selectOption("DK");
  await page.getByLabel("Time Zone").selectOption("Europe/Copenhagen");
  await page.getByRole("button", { name: "Create Site" }).click();
  await expect(page.getByRole("link", { name })).toBeVisible();
}

async function invite(page: Page, email: string, site: string) {
  await page.getByRole("link", { name: "Administrators" }).click();
  await page.getByRole("link", { name: "Invite Administrator" }).click();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("First Name").fill("Invited");
  await page.getByLabel("Last Name").fill("Person");
  await page.getByRole("radio", { name: /^Network Admin/ }).check();
  await page.getByRole("radio", { name: /^Specific Sites/ }).check();
  await page.getByRole("checkbox", { name: site }).check();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText(email)).toBeVisible();
}

async function accept(page: Page, email: string) {
  await page.goto(await linkInEmail(page.request, email, /^Invitation to/));
  await page.getByRole("button", { name: "Accept" }).click();
  await page.goto(await linkInEmail(page.request, email, /Create your login/));
  await page.getByRole("textbox", { name: "Password" }).fill(newPassword);
  await page.getByLabel(/I accept the terms/).check();
  await page.getByRole("button", { name: "Create Login" }).click();
}

test("the main journey: from sign-up to an invited person who sees what role and scope allow", async ({ page, newContextPage }) => {
  const [founder, invited] = [uniqueEmail("founder"), uniqueEmail("invited")];
  await createAccount(page, founder);
  await page.getByLabel("Name").fill("Fjord Ferries");
  await page.getByRole("button", { name: "Create Organization" }).click();
  await expect(page.getByRole("link", { name: "Name and place your first site" })).toBeVisible();
  await page.getByRole("link", { name: "Site Configuration" }).click();
  await expect(page.getByRole("link", { name: "Primary Site" })).toBeVisible();
  await createSite(page, "Quay Seven");
  await invite(page, invited, "Quay Seven");

  const other = await newContextPage();
  await accept(other, invited);
  await other.getByRole("link", { name: "Site Configuration" }).click();
  await expect(other.getByRole("link", { name: "Quay Seven" })).toBeVisible();
  await expect(other.getByText("Primary Site")).toHaveCount(0);
  await expect(other.getByRole("link", { name: "Create Site" })).toHaveCount(0);
  await expect(other.getByText("1 site", { exact: true })).toBeVisible();

  await page.getByRole("link", { name: "Audit Logs" }).click();
  await page.getByRole("button", { name: /^Time period/ }).click();
  await page.getByRole("link", { name: "Last 24 Hr" }).click();
  const log = page.getByRole("table");
  for (const message of ["Added organization Fjord Ferries", "Added site Quay Seven", "Invited administrator Invited Person", "Signed in"]) {
    await expect(log.getByText(message).first()).toBeVisible();
  }
  await expect(log.getByText("Founder Of Ferries").first()).toBeVisible();
  await expect(log.getByText("Invited Person").first()).toBeVisible();
  await log.getByRole("row", { name: /Added site Quay Seven/ }).getByRole("link", { name: "View details" }).click();
  await expect(page.getByRole("dialog")).toContainText("127.0.0.1");
  await closeByEscape(page.getByRole("dialog"));
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("X-7, X-10: a site is found and deleted by keyboard, on accessible pages", async ({ page }) => {
  const owner = await newOwner("keys");
  await addSites(owner, [{ name: "Primary Site" }]);
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/sites`);
  await expect(page.getByRole("link", { name: "Primary Site" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.keyboard.type("primary");
  await expect(page.getByRole("option", { name: /Primary Site/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Site Name")).toHaveValue("Primary Site");
  await expectAccessible(page);

  await page.getByRole("link", { name: "Delete Site" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Delete Primary Site" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await closeByEscape(dialog);
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Delete Site" })).toBeFocused();
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Delete Site" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Site deleted")).toBeVisible();
  await expect(page.getByText("No sites yet")).toBeVisible();
});
