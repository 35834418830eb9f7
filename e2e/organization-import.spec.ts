import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "./setup/accessibility.ts";
import { signedInClient } from "./setup/http-client.ts";
import { linkInEmail } from "./setup/mail.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addMember, addSites, newOwner } from "./setup/test-data.ts";

const items = (page: Page, name: string) => page.getByRole("list", { name }).getByRole("listitem");

/** Exports, edits the document, reads the plan, applies it and imports it once more from a file. */
async function journey(page: Page) {
  const owner = await newOwner("import");
  await addSites(owner, [{ name: "Kiel" }]);
  const settings = `/orgs/${owner.orgId}/settings`;
  const invited = `nora.${owner.orgId}@example.test`;
  const client = await openSignedIn(page, owner.email, `${settings}/export`);
  await expect(page.getByRole("link", { name: "Download YAML" })).toHaveAttribute("href", `${settings}/export/document`);
  const { body: exported, headers } = await client.get(`${settings}/export/document`);
  expect(headers.get("content-disposition")).toBe('attachment; filename="organization.yaml"');
  await page.getByRole("link", { name: "Import a document" }).click();

  await page.getByRole("textbox", { name: /^YAML/ }).fill(exported.replace("sites:", "devices: []\nsites:"));
  await page.getByRole("button", { name: "Show Plan" }).click();
  await expect(page.getByText(/^Line \d+, devices: “devices” is not known here\.$/).first()).toBeVisible();
  await page.getByRole("textbox", { name: /^YAML/ }).fill(exported);
  await page.getByRole("button", { name: "Show Plan" }).click();
  await expect(page.getByText("Nothing to change: the organization is as the document says.")).toBeVisible();
  await page.getByRole("button", { name: "Edit Document" }).click();

  const changed = exported.replace("name: Kiel", "name: Kiel\n    address: Hafen 1").replace(/ {4}address: ""\n/, "").replace("settings:\n", "settings:\n  session_expiry: 600\n");
  const document = `${changed}  - {email: ${invited}, role: observer, scope: site, sites: [Kiel]}\n`;
  await page.getByRole("textbox", { name: /^YAML/ }).fill(document);
  await page.getByRole("button", { name: "Show Plan" }).click();
  await expect(page.getByText("3 changes to make.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: /^YAML/ })).toBeHidden();
  await expect(items(page, "Plan")).toHaveText([/^Session Policy: Session Timeout after: changed from the default to 600/, /^Site Kiel: changed: address from “.*” to “Hafen 1”/, `Administrator ${invited}: invited by email as Observer for the site Kiel`]);
  return { owner, invited, document, settings };
}

async function apply(page: Page, { owner, invited, document, settings }: Awaited<ReturnType<typeof journey>>) {
  await page.getByRole("button", { name: "Apply 3 Changes" }).click();
  await expect(page.getByText("3 changes made.")).toBeVisible();
  await expect(items(page, "Changes")).toHaveCount(3);
  expect(await linkInEmail(page.request, invited, /Invitation to/)).toContain("/invite/");
  await page.getByRole("link", { name: "Done" }).click();
  await expect(page.getByLabel(/^Session Timeout/)).toHaveValue("600");
  await page.goto(`/orgs/${owner.orgId}/audit-log`);
  await expect(page.getByText(/Imported a document into .*: 1 setting changed, 1 site changed, 1 administrator added/).first()).toBeVisible();

  await page.goto(`${settings}/import`);
  await page.getByLabel("YAML file").setInputFiles({ name: "organization.yaml", mimeType: "application/yaml", buffer: Buffer.from(document) });
  await page.getByRole("button", { name: "Show Plan" }).click();
  await expect(page.getByText("Nothing to change: the organization is as the document says.")).toBeVisible();
}

test("ORG-31: an exported organization is edited and imported after a plan, with one entry", async ({ page }) => {
  const world = await journey(page);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
  await apply(page, world);
  await page.getByRole("button", { name: "Edit Document" }).click();
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

test("ORG-31, TEN-5: a Super Observer exports and is not offered the import", async ({ page, baseURL }) => {
  const owner = await newOwner("export");
  const reader = await addMember(owner.orgId, { role: "super_observer" });
  await openSignedIn(page, reader.email, `/orgs/${owner.orgId}/settings`);
  await page.getByRole("button", { name: "More" }).click();
  await expect(page.getByRole("link", { name: "Import", exact: true })).toHaveCount(0);
  await page.getByRole("link", { name: "Export", exact: true }).click();
  await expect(page.getByRole("heading", { name: /Export/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Import a document" })).toHaveCount(0);
  const client = await signedInClient(baseURL, reader.email);
  expect((await client.get(`/orgs/${owner.orgId}/settings/export/document`)).body).toContain("format_version: 1");
  expect((await client.get(`/orgs/${owner.orgId}/settings/import`)).status).toBe(403);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ORG-31, X-5: the plan and the import work in plain pages", async ({ page }) => {
    await apply(page, await journey(page));
  });
});
