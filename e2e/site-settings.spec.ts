import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectFitsPhone } from "./setup/accessibility.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addSites, newOwner } from "./setup/test-data.ts";

const contents = (page: Page) => page.getByRole("navigation", { name: "On this page" });
const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).first().click();

async function openSite(page: Page, word: string) {
  const owner = await newOwner(word);
  const [id = ""] = await addSites(owner, [{ name: "Bergen Quay" }]);
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/sites/${id}`);
  return { id, path: `/orgs/${owner.orgId}/sites/${id}` };
}

test("SIT-8, SIT-9, SIT-10: sections of a site are changed together; a faulty one is marked, and one entry says what changed", async ({ page }) => {
  const { path } = await openSite(page, "sections");
  const engagement = section(page, "Engagement Analytics");
  await engagement.getByRole("group", { name: "Visitor" }).getByLabel("Min dwell (s)").fill("200");
  await section(page, "AP Uplink Monitoring").getByRole("checkbox", { name: "Enable uplink monitoring" }).uncheck();
  await section(page, "Switch Management").getByLabel("Switch proxy").selectOption("Off");
  await section(page, "Switch Management").getByRole("textbox", { name: "Root password" }).fill("canary-root-4711");
  await expect(contents(page).getByRole("link", { name: "Switch Management · changed" })).toBeVisible();
  await save(page);
  await expect(engagement.getByText("Overlaps Passerby (1–300)")).toBeVisible();
  await expect(contents(page).getByRole("link", { name: "Engagement Analytics · check this" })).toBeVisible();
  await engagement.getByRole("group", { name: "Visitor" }).getByLabel("Min dwell (s)").fill("600");
  await engagement.getByRole("group", { name: "Sunday" }).getByRole("checkbox", { name: "Closed" }).check();
  await expectAccessible(page);
  await save(page);
  await expect(page.getByText("Site saved")).toBeVisible();
  await page.getByRole("link", { name: "View in audit log" }).click();
  await expect(page.getByText(/Switch Management/).first()).toBeVisible();
  expect(await page.content()).not.toContain("canary-root-4711");

  await page.goto(path);
  await expect(engagement.getByRole("group", { name: "Visitor" }).getByLabel("Min dwell (s)")).toHaveValue("600");
  await expect(engagement.getByRole("group", { name: "Sunday" }).getByRole("checkbox", { name: "Closed" })).toBeChecked();
  await expect(section(page, "AP Uplink Monitoring").getByRole("checkbox", { name: "Enable uplink monitoring" })).not.toBeChecked();
  await expect(section(page, "Switch Management").getByLabel("Switch proxy")).toHaveValue("false");
  await expect(section(page, "Switch Management").getByText(/^Set on .* by Ines Lantern$/)).toBeVisible();
  await expectFitsPhone(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5, SIT-8, SIT-10: sections are saved, and errors stand beside their fields", async ({ page }) => {
    await openSite(page, "plain-sections");
    await section(page, "Occupancy Analytics").getByRole("checkbox", { name: "Notifications" }).check();
    await section(page, "Site Proxy").getByLabel("Proxy URL").fill("https://ann:secret@proxy.example.com");
    await save(page);
    await expect(page.getByText("Leave out user name and password: everyone who can view this site sees this address")).toBeVisible();
    await section(page, "Site Proxy").getByLabel("Proxy URL").fill("https://proxy.example.com:8080");
    await save(page);
    await expect(page.getByText("Enter at least one address for the notifications")).toBeVisible();
    await section(page, "Occupancy Analytics").getByLabel("Email Addresses").fill("Nora@Example.com\nomar@example.com");
    await save(page);
    await expect(page.getByText("Site saved")).toBeVisible();
    await expect(section(page, "Occupancy Analytics").getByLabel("Email Addresses")).toHaveValue("nora@example.com\nomar@example.com");
    await expect(section(page, "Site Proxy").getByLabel("Proxy URL")).toHaveValue("https://proxy.example.com:8080");
  });
});
