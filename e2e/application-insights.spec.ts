import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "@playwright/test";
import { throwawayDataFolder } from "../scripts/start/settings.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { chooseGoogleAccount } from "./setup/google.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addMember, newOwner } from "./setup/test-data.ts";
import { uniqueWord } from "./setup/unique.ts";

const readLog = () => readFileSync(path.join(throwawayDataFolder(process.env.E2E_PORT), "logs", "web.log"), "utf8");
const accountLink = (page: Page, company: string) => page.getByRole("list", { name: "Zoom" }).getByRole("link", { name: company });

async function linkZoom(page: Page, company: string) {
  await page.getByRole("link", { name: "Link Account of Zoom" }).click();
  await expect(page.getByRole("dialog", { name: "Link a Zoom account" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Continue to Zoom" }).click();
  await chooseGoogleAccount(page, { sub: company, email: company });
}

test("ORG-13: an account is linked at the application, shown with who linked it, and unlinked", async ({ page }) => {
  const owner = await newOwner("insights");
  const company = uniqueWord("company");
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/settings`);
  await expect(page.getByRole("list", { name: "Microsoft Teams" })).toContainText("Not set up on this installation");
  const callback = page.waitForRequest(/link-account\/callback/);
  await linkZoom(page, company);
  await expect(page.getByText("Account linked")).toBeVisible();
  const { searchParams } = new URL((await callback).url());
  await expect.poll(readLog).toContain("/link-account/callback");
  for (const name of ["code", "state"]) expect(readLog()).not.toContain(searchParams.get(name));
  await expect(page.getByRole("list", { name: "Zoom" })).toContainText(/Linked by Ines Lantern on/);
  await expectAccessibleOnPhone(page);
  await accountLink(page, company).click();
  await expect(page.getByRole("heading", { name: company, level: 1 })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Unlink" }).click();
  const dialog = page.getByRole("dialog", { name: `Unlink ${company}?` });
  await expect(dialog).toContainText("Its access is withdrawn at Zoom, too.");
  await dialog.getByRole("button", { name: "Unlink" }).click();
  await expect(page.getByText("Account unlinked")).toBeVisible();
  await expect(accountLink(page, company)).toHaveCount(0);
  await page.getByRole("link", { name: "View in audit log" }).click();
  await expect(page.getByText(`Unlinked Zoom account ${company}`).first()).toBeVisible();
});

test("ORG-13: a link that ended says so and is linked again; who cancels at the application links nothing", async ({ page }) => {
  const owner = await newOwner("ended");
  const company = uniqueWord("company");
  const settings = `/orgs/${owner.orgId}/settings`;
  await openSignedIn(page, owner.email, settings);
  await linkZoom(page, company);
  await expect(page.getByText("Account linked")).toBeVisible();
  await inDatabase((sql) => sql`update linked_accounts set failed_at = now(), refresh_at = null where organization_id = ${owner.orgId}`);
  await page.goto(settings);
  await expect(page.getByRole("list", { name: "Zoom" })).toContainText("Link again");
  await accountLink(page, company).click();
  await page.getByRole("link", { name: "Link again" }).click();
  await page.getByRole("button", { name: "Continue to Zoom" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Nothing was linked: you cancelled at the application")).toBeVisible();
  await linkZoom(page, company);
  await expect(page.getByText("Account linked")).toBeVisible();
  await expect(page.getByRole("list", { name: "Zoom" })).not.toContainText("Link again");
});

test("ORG-13: a person who loses the right while they are at the application links nothing", async ({ page }) => {
  const owner = await newOwner("demoted");
  const other = await addMember(owner.orgId, { role: "super_user" });
  await openSignedIn(page, other.email, `/orgs/${owner.orgId}/settings`);
  await page.getByRole("link", { name: "Link Account of Zoom" }).click();
  await page.getByRole("button", { name: "Continue to Zoom" }).click();
  await expect(page.getByRole("heading", { name: "Choose an account" })).toBeVisible();
  await inDatabase((sql) => sql`update memberships set role = 'network_admin' where id = ${other.id}`);
  await chooseGoogleAccount(page, { sub: "refused", email: "refused" });
  await expect(page.getByText("Your role doesn’t allow this, so nothing was linked")).toBeVisible();
  const linked = await inDatabase((sql) => sql`select 1 from linked_accounts where organization_id = ${owner.orgId}`);
  expect(linked).toHaveLength(0);
});

test("ORG-11, CRY-2: the CloudShark test says that nothing answers, and shows no token again", async ({ page }) => {
  const owner = await newOwner("shark");
  const canary = "canary-7c1e-cloudshark";
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/settings`);
  await page.getByRole("link", { name: "Test connection" }).click();
  const dialog = page.getByRole("dialog", { name: "Test the CloudShark connection" });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Test connection" }).click();
  await expect(dialog.getByRole("textbox", { name: /^API token/ })).toHaveAccessibleDescription("Enter an API token");
  await dialog.getByRole("textbox", { name: /^API token/ }).fill(canary);
  await dialog.getByRole("textbox", { name: "URL" }).fill("https://127.0.0.1/");
  await dialog.getByRole("button", { name: "Test connection" }).click();
  await expect(dialog).toContainText("No CloudShark answered at this address");
  await page.goto(`/orgs/${owner.orgId}/audit-log`);
  await expect(page.getByText("Tested the CloudShark connection: no answer").first()).toBeVisible();
  expect(await page.content()).not.toContain(canary);
});
