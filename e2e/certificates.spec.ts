import type { Page } from "@playwright/test";
import { newCertificate, privateKeyAs, rsaKeys } from "../lib/testing/certificates.ts";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { tidewaterMembers } from "./setup/demo-members.ts";
import { fillForm, signedInClient } from "./setup/http-client.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addMember, newOwner } from "./setup/test-data.ts";
import { ageSessions } from "./setup/time.ts";

const radsec = newCertificate({ name: "radius.fjord.example" });
const device = newCertificate({ name: "ap.fjord.example", keys: rsaKeys() });
const stranger = newCertificate({ name: "other.fjord.example" });
const keyBytes = device.privateKey.split("\n")[1]?.slice(0, 40) ?? "";

async function addRadsec(page: Page) {
  await page.getByRole("link", { name: "Add a RadSec Certificate" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a RadSec Certificate" });
  const field = dialog.getByRole("textbox", { name: "Certificates" });
  await field.fill(radsec.privateKey);
  await dialog.getByRole("button", { name: "Add Certificates" }).click();
  await expect(dialog).toContainText("This holds a private key, which was not stored");
  await field.fill(radsec.pem.replaceAll("\n", "\r\n"));
  await dialog.getByRole("button", { name: "Add Certificates" }).click();
  await expect(page.getByText("RadSec certificate added")).toBeVisible();
  await expect(page.getByRole("list", { name: "RadSec Certificates" })).toContainText("CN=radius.fjord.example");
}

async function setDevice(page: Page) {
  await page.getByRole("link", { name: "Set AP RadSec Certificate" }).click();
  const dialog = page.getByRole("dialog", { name: "AP RadSec Certificate" });
  const [key, certificate] = [dialog.getByRole("textbox", { name: "Private Key" }), dialog.getByRole("textbox", { name: "Signed Certificate" })];
  const save = () => dialog.getByRole("button", { name: "Save Certificate" }).click();
  await key.fill(privateKeyAs(device.privateKey, "pkcs1"));
  await certificate.fill(stranger.pem);
  await save();
  await expect(certificate).toHaveAccessibleDescription("This certificate belongs to another private key");
  expect(await page.content()).not.toContain(keyBytes);
  await key.fill(privateKeyAs(device.privateKey, "pkcs1"));
  await certificate.fill(device.pem);
  await save();
  await expect(page.getByText("AP RadSec certificate saved")).toBeVisible();
  await expect(page.getByText(/^Set on .* by Ines Lantern$/)).toBeVisible();
}

async function remove(page: Page) {
  await page.getByRole("link", { name: "Remove CN=radius.fjord.example" }).click();
  await page.getByRole("dialog", { name: "Remove this certificate?" }).getByRole("button", { name: "Remove Certificate" }).click();
  await expect(page.getByText("RadSec certificate removed")).toBeVisible();
  await page.getByRole("link", { name: "Remove", exact: true }).click();
  await page.getByRole("dialog", { name: "Remove the AP RadSec certificate?" }).getByRole("button", { name: "Remove Certificate" }).click();
  await expect(page.getByText("AP RadSec certificate removed")).toBeVisible();
  await expect(page.getByRole("link", { name: "Set AP RadSec Certificate" })).toBeVisible();
}

async function addSetRemove(page: Page) {
  const owner = await newOwner("certificates");
  const path = `/orgs/${owner.orgId}/settings`;
  await openSignedIn(page, owner.email, path);
  await addRadsec(page);
  await setDevice(page);
  const reader = await addMember(owner.orgId, { role: "super_observer" });
  const client = await signedInClient(test.info().project.use.baseURL, reader.email);
  for (const at of [path, `${path}?dialog=ap-certificate`, `${path}?dialog=view-ap-certificate`, `/orgs/${owner.orgId}/audit-log`, "/mailbox"]) {
    expect((await client.get(at)).body, at).not.toContain(keyBytes);
    expect((await client.get(at, { rsc: "1" })).body, at).not.toContain(keyBytes);
  }
  expect((await client.get(path)).body).toContain("CN=ap.fjord.example");
  await remove(page);
  expect(await inDatabase((sql) => sql`select 1 from organization_secrets where organization_id = ${owner.orgId}`)).toHaveLength(0);
}

test("ORG-10, CRY-2: certificates are added, refused beside their field, set with a key that reaches no page, and removed", async ({ page }) => addSetRemove(page));

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5, ORG-10, CRY-2: certificates are added, refused beside their field, set with a key that reaches no page, and removed", async ({ page }) => addSetRemove(page));
});

test("ORG-10: the organization's own certificate is viewed and downloaded", async ({ page }) => {
  const client = await openSignedIn(page, tidewaterMembers.networkAdmin, "/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: "View Certificate" }).click();
  const dialog = page.getByRole("dialog", { name: "Organization certificate" });
  await expect(dialog).toContainText("O=Tidewater Retail, OU=Organization CA, CN=");
  await expect(dialog.getByRole("button", { name: "Copy certificate" })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Prepare New Certificate" })).toHaveCount(0);
  await expectAccessible(page);
  const at = `${new URL(page.url()).pathname}/organization-certificate`;
  const [pem, crt] = [await client.get(`${at}?format=pem`), await client.get(`${at}?format=crt`)];
  expect(pem.headers.get("content-disposition")).toBe('attachment; filename="organization-certificate.pem"');
  expect(pem.body).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  expect([crt.status, crt.headers.get("content-type")]).toEqual([200, "application/pkix-cert"]);
  await expectAccessibleOnPhone(page, 320);
});

test("SES-11: a private key is set only within ten minutes after a proof of identity", async ({ page }) => {
  const owner = await newOwner("late-key");
  const path = `/orgs/${owner.orgId}/settings?dialog=ap-certificate`;
  const client = await openSignedIn(page, owner.email, path);
  const form = fillForm(await client.formOn(path, "Save Certificate"), { privateKey: device.privateKey, certificate: device.pem });
  await ageSessions(owner.email, { reauthenticated_at: 11 });
  const { status, body } = await client.send(form);
  expect(status).toBe(401);
  expect(body).toContain("Confirm it’s you first");
  expect(body).not.toContain(keyBytes);
  await page.goto(path);
  await expect(page.getByRole("dialog").getByRole("button", { name: "Confirm" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save Certificate" })).toHaveCount(0);
  expect(await inDatabase((sql) => sql`select 1 from organization_secrets where organization_id = ${owner.orgId}`)).toHaveLength(0);
});
