import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "./setup/accessibility.ts";
import { linkInEmail } from "./setup/mail.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addSites, newOwner } from "./setup/test-data.ts";

const items = (page: Page, name: string) => page.getByRole("list", { name }).getByRole("listitem");
const status = (page: Page) => page.getByRole("status").filter({ hasText: "invited" });

/** Pastes a list, corrects it after the preview, and invites; then the same with a file. */
async function journey(page: Page) {
  const owner = await newOwner("several");
  await addSites(owner, [{ name: "Kiel" }]);
  const address = (name: string) => `${name}.${owner.orgId}@example.test`;
  const list = `/orgs/${owner.orgId}/administrators`;
  await openSignedIn(page, owner.email, `${list}/invite`);
  await page.getByRole("link", { name: "Invite several people" }).click();
  await page.getByLabel("Email addresses").fill(`Ada Berg <${address("ada")}>, ${owner.email}; eva.example.test`);
  await page.getByRole("radio", { name: /^Observer/ }).check();
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText("Choose the site access")).toBeVisible();
  await expect(page.getByLabel("Email addresses")).toHaveValue(/^Ada Berg/);
  await page.getByRole("radio", { name: "Specific Sites" }).check();
  await page.getByRole("checkbox", { name: "Kiel" }).check();
  await page.getByRole("button", { name: "Preview" }).click();

  await expect(status(page)).toHaveText("1 person will be invited, 2 not.");
  await expect(items(page, "Preview")).toHaveText([`Ada Berg (${address("ada")}): will be invited`, `${owner.email}: is already an administrator`, "eva.example.test: not an email address"]);
  await expect(page.getByLabel("Email addresses")).toBeHidden();
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByLabel("Email addresses").fill(`Ada Berg <${address("ada")}>\n${address("eva")}`);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByText("Observer, 1 site").first()).toBeVisible();
  await page.getByRole("button", { name: "Invite 2 people" }).click();
  await expect(status(page)).toHaveText("2 people invited.");
  await expect(items(page, "Results")).toHaveText([`Ada Berg (${address("ada")}): invited`, `${address("eva")}: invited`]);
  await page.getByRole("link", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /Ada Berg/ })).toContainText("Kiel");
  await expect(page.getByRole("row", { name: new RegExp(address("eva")) })).toContainText("Invited");
  expect(await linkInEmail(page.request, address("eva"), /Invitation to/)).toContain("/invite/");

  await page.goto(`${list}/invite/several`);
  const csv = `\uFEFFLast name;First name;Email;Department\r\nFalk;Nora;${address("nora")};IT\r\nBerg;Ada;${address("ada")};IT\r\n`;
  await page.getByLabel("CSV file").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await page.getByRole("radio", { name: /^Super Observer/ }).check();
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(items(page, "Preview")).toHaveText([`Nora Falk (${address("nora")}): will be invited`, `Ada Berg (${address("ada")}): is already invited. Resend the invitation instead`]);
  await expect(page.getByText("Super Observer, all sites").first()).toBeVisible();
}

test("ADM-8, X-10: several people are invited from a pasted list and a CSV file after a preview", async ({ page }) => {
  await journey(page);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await page.getByRole("button", { name: "Change" }).click();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ADM-8, X-5: several people are invited from a pasted list and a CSV file by plain forms", async ({ page }) => {
    await journey(page);
    await page.getByRole("button", { name: "Invite 1 person" }).click();
    await expect(status(page)).toHaveText("1 person invited, 1 not.");
  });
});
