import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { linkInEmail } from "./setup/mail.ts";
import { countedSteps, newEffort, type Person } from "./setup/counted-steps.ts";
import { closeByEscape, openSignedIn } from "./setup/pages.ts";
import { newPassword } from "./setup/sign-up.ts";
import { addSites, newOwner } from "./setup/test-data.ts";
import { uniqueEmail } from "./setup/unique.ts";

async function createAccount({ page, click, check, fill, openLink }: Person, email: string) {
  await page.goto("/sign-in");
  await click(page.getByRole("link", { name: "Create Account" }));
  await expect(page.getByRole("heading", { name: "Create Account" })).toBeVisible();
  await fill(page.getByLabel("Email"), email);
  await fill(page.getByLabel("First Name"), "Founder");
  await fill(page.getByRole("textbox", { name: "Password" }), newPassword);
  await check(page.getByLabel(/I accept the terms/));
  await click(page.getByRole("button", { name: "Create Account" }));
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  await openLink(await linkInEmail(page.request, email, /Confirm your email/));
  await click(page.getByRole("button", { name: "Confirm and sign in" }));
  await expect(page.getByRole("heading", { name: "Create Organization" })).toBeVisible();
  await fill(page.getByLabel("Name"), "Fjord Ferries");
  await click(page.getByRole("button", { name: "Create Organization" }));
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
}

async function invite({ page, click, check, fill }: Person, email: string) {
  await click(page.getByRole("link", { name: "Invite a colleague" }));
  await expect(page.getByRole("heading", { name: /Invite Administrator$/ })).toBeVisible();
  await fill(page.getByLabel("Email"), email);
  await check(page.getByRole("radio", { name: /^Network Admin/ }));
  await check(page.getByRole("radio", { name: /^All Sites/ }));
  await click(page.getByRole("button", { name: "Invite", exact: true }).first());
  await expect(page.getByRole("link", { name: email })).toBeVisible();
}

async function accept({ page, click, check, fill, openLink }: Person, email: string) {
  await openLink(await linkInEmail(page.request, email, /^Invitation to/));
  await click(page.getByRole("button", { name: "Accept" }));
  await expect(page.getByRole("heading", { name: "Create your login" })).toBeVisible();
  await fill(page.getByLabel("First Name"), "Invited");
  await fill(page.getByRole("textbox", { name: "Password" }), newPassword);
  await check(page.getByLabel(/I accept the terms/));
  await click(page.getByRole("button", { name: "Create Login" }));
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
}

async function createSite(page: Page, name: string) {
  await page.getByRole("link", { name: "Site Configuration" }).click();
  await page.getByRole("link", { name: "Create Site" }).first().click();
  await page.getByLabel("Site Name").fill(name);
  await page.getByLabel("Country").selectOption("DK");
  await page.getByLabel("Time Zone").selectOption("Europe/Copenhagen");
  await page.getByRole("button", { name: "Create Site" }).click();
  await expect(page.getByRole("link", { name })).toBeVisible();
}

test("ACC-1, ADM-3: from the sign-in page to the first invited colleague who sees a page: few clicks, fields and pages, one password each", async ({ page, newContextPage }) => {
  const [founder, invited] = [uniqueEmail("founder"), uniqueEmail("invited")];
  const other = await newContextPage();
  const effort = newEffort();
  const person = countedSteps(page, effort);
  await createAccount(person, founder);
  await invite(person, invited);
  await accept(countedSteps(other, effort), invited);
  expect(effort.clicks).toBeLessThanOrEqual(18);
  expect(effort.fields).toBeLessThanOrEqual(8);
  expect([...effort.pages].length, [...effort.pages].join(", ")).toBeLessThanOrEqual(8);
  expect([effort.passwords.get(page), effort.passwords.get(other)]).toEqual([1, 1]);

  await createSite(other, "Quay Seven");
  await page.getByRole("link", { name: "Audit Logs" }).click();
  await page.getByRole("button", { name: /^Time period/ }).click();
  await page.getByRole("link", { name: "Last 24 Hr" }).click();
  const log = page.getByRole("table");
  for (const message of ["Added organization Fjord Ferries", "Added site Quay Seven", `Invited administrator ${invited}`, "Signed in"]) {
    await expect(log.getByText(message).first()).toBeVisible();
  }
  await expect(log.getByText("Founder").first()).toBeVisible();
  const entry = log.getByRole("row", { name: /Added site Quay Seven/ });
  await expect(entry).toContainText("Invited");
  await entry.getByRole("link", { name: "View details" }).click();
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

  const more = page.getByRole("button", { name: "More" });
  const openDeletion = async () => {
    await more.press("Enter");
    await page.getByRole("link", { name: "Delete Site" }).press("Enter");
  };
  await openDeletion();
  const dialog = page.getByRole("dialog", { name: "Delete Primary Site?" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await closeByEscape(dialog);
  await expect(dialog).toHaveCount(0);
  await expect(more).toBeFocused();
  await openDeletion();
  await dialog.getByRole("button", { name: "Delete Site" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Site deleted")).toBeVisible();
  await expect(page.getByText("No sites yet")).toBeVisible();
});
