import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { fillForm, signedInClient } from "./setup/http-client.ts";
import { inDatabase } from "./setup/database.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addMember, newOwner, type Owner } from "./setup/test-data.ts";

const settingsPath = ({ orgId }: Owner) => `/orgs/${orgId}/settings`;
const box = (page: Page, name: string | RegExp) => page.getByRole("textbox", { name });
const contents = (page: Page) => page.getByRole("navigation", { name: "On this page" });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).first().click();
const canary = "canary-4b17-netcloud";

test("ORG-1, ORG-3, X-11: settings are changed in one form that marks unsaved and faulty sections, and saved with one entry", async ({ page }) => {
  const owner = await newOwner("settings");
  await openSignedIn(page, owner.email, settingsPath(owner));
  await expect(page.getByText(owner.orgId)).toBeVisible();
  await box(page, /^Session Timeout/).fill("5");
  await expect(contents(page).getByRole("link", { name: "Session Policy · changed" })).toBeVisible();
  await save(page);
  await expect(box(page, /^Session Timeout/)).toHaveAccessibleDescription("Enter a number from 10 to 20160");
  await expect(box(page, /^Session Timeout/)).toBeFocused();
  await expect(contents(page).getByRole("link", { name: "Session Policy · check this" })).toBeVisible();
  await expectAccessible(page);
  await box(page, /^Session Timeout/).fill("600");
  await box(page, /^Organization Name/).fill("Fjord Ferries");
  await save(page);
  await expect(page.getByText("Settings saved")).toBeVisible();
  await expect(page.getByRole("button", { name: /Fjord Ferries/ }).first()).toBeVisible();
  await page.getByRole("link", { name: "View in audit log" }).click();
  await expect(page.getByText("Changed Organization and Session Policy in Fjord Ferries").first()).toBeVisible();
});

test("ORG-7, CRY-2: a secret is set, replaced and removed, and its bytes reach no page", async ({ page }) => {
  const owner = await newOwner("secret");
  await openSignedIn(page, owner.email, settingsPath(owner));
  await box(page, "CP API key").fill(canary);
  await save(page);
  await expect(page.getByText("Settings saved")).toBeVisible();
  await expect(page.getByText(/^Set on .* by Ines Lantern$/)).toBeVisible();
  expect(await page.content()).not.toContain(canary);
  const client = await signedInClient(test.info().project.use.baseURL, owner.email);
  for (const path of [settingsPath(owner), `/orgs/${owner.orgId}/audit-log`, "/mailbox"]) {
    expect((await client.get(path)).body).not.toContain(canary);
    expect((await client.get(path, { rsc: "1" })).body).not.toContain(canary);
  }
  await page.getByText("Replace or remove CP API key").click();
  await page.getByRole("checkbox", { name: "Remove the CP API key" }).check();
  await save(page);
  await expect(page.getByText(/^Set on .* by Ines Lantern$/)).toHaveCount(0);
  const left = await inDatabase((sql) => sql`select 1 from organization_secrets where organization_id = ${owner.orgId}`);
  expect(left).toHaveLength(0);
});

test("X-6: two people change different settings, and neither loses anything", async ({ page }) => {
  const owner = await newOwner("pair");
  const ada = await addMember(owner.orgId, { firstName: "Ada", lastName: "Weir", role: "super_user" });
  await openSignedIn(page, owner.email, settingsPath(owner));
  await box(page, /^Session Timeout/).fill("600");
  const client = await signedInClient(test.info().project.use.baseURL, ada.email);
  const form = fillForm(await client.formOn(settingsPath(owner), "Save"), { "ssr.conductor_hosts": "192.0.2.10", session_expiry: "60" });
  expect((await client.send(form)).status).toBe(303);
  await save(page);
  await expect(page.getByText("Ada Weir changed these settings after you opened them")).toBeVisible();
  await expect(page.getByText("Ada Weir changed this to “60”")).toBeVisible();
  await expect(box(page, "IP addresses")).toHaveValue("192.0.2.10");
  await save(page);
  await expect(page.getByText("Settings saved")).toBeVisible();
  await expect(box(page, /^Session Timeout/)).toHaveValue("600");
  await expect(box(page, "IP addresses")).toHaveValue("192.0.2.10");
});

test("TEN-5: a Super Observer reads the settings and is offered no change", async ({ page }) => {
  const owner = await newOwner("reader");
  const reader = await addMember(owner.orgId, { role: "super_observer" });
  await openSignedIn(page, reader.email, settingsPath(owner));
  await expect(page.getByText("Minimum length")).toBeVisible();
  await expect(page.getByRole("main").getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
  await expectAccessibleOnPhone(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5, ORG-8: settings are saved, and errors stand beside their fields", async ({ page }) => {
    const owner = await newOwner("plain");
    await openSignedIn(page, owner.email, settingsPath(owner));
    await page.getByRole("radio", { name: /^Edge tunnel/ }).check();
    await box(page, /^Session Timeout/).fill("120");
    await save(page);
    await expect(page.getByText("Enter the ID of at least one edge tunnel")).toBeVisible();
    await expect(box(page, /^Session Timeout/)).toHaveValue("120");
    await page.getByRole("radio", { name: "L2TP tunnel" }).check();
    await save(page);
    await expect(page.getByText("Settings saved")).toBeVisible();
    await expect(page.getByRole("radio", { name: "L2TP tunnel" })).toBeChecked();
  });
});
