import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible, expectAccessibleOnPhone } from "./setup/accessibility.ts";
import { signedInClient } from "./setup/http-client.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addMember, addSites, newOwner } from "./setup/test-data.ts";

const zone = "Europe/Copenhagen";

/** A half-hour of the site that is between 30 and 60 minutes away. */
function soon(): string {
  const halfHour = 1_800_000;
  const at = (Math.floor(Date.now() / halfHour) + 2) * halfHour;
  return new Date(at).toLocaleTimeString("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
}

async function newSite(word: string) {
  const owner = await newOwner(word);
  const [siteId = ""] = await addSites(owner, [{ name: "Aarhus Depot" }]);
  return { owner, path: `/orgs/${owner.orgId}/sites/${siteId}` };
}

const card = (page: Page) => page.getByRole("region", { name: "AP Firmware Upgrade" });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).first().click();

test("SIT-7: automatic upgrades to custom versions are scheduled, and the page says when the next run is and why it is not sooner", async ({ page }) => {
  const { owner, path } = await newSite("firmware");
  await openSignedIn(page, owner.email, path);
  await expect(card(page)).toContainText("Auto update is off, so no run is planned.");
  await card(page).getByLabel("Enable Auto Update").check();
  await expect(card(page).getByRole("status")).toContainText(/^Next run if you save now: Sunday, .*, 2:00 am, Copenhagen/);
  await expect(card(page).getByRole("status")).toContainText("Every Sunday at 2:00 am, site time.");

  await card(page).getByLabel("Auto upgrade to custom firmware").check();
  await save(page);
  await expect(card(page)).toContainText("Select a version for at least one model");
  const select = card(page).getByRole("button", { name: "Select Version" });
  await expect(select).toBeFocused();
  await select.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Select Firmware Version" });
  await dialog.getByLabel(/^AP41/).selectOption("0.12.27139");
  await page.keyboard.press("Escape");
  await expect(card(page)).toContainText("No versions selected.");
  await select.click();
  await dialog.getByLabel(/^AP41/).selectOption("0.12.27452");
  await dialog.getByLabel(/^AP45/).selectOption("0.15.31960");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(select).toBeFocused();
  await expect(card(page).getByRole("list", { name: "Selected versions" })).toContainText("AP450.15.31960 (rc2)");

  await card(page).getByLabel("Day of Week").selectOption("Any day");
  await card(page).getByLabel("Time of Day").selectOption(soon());
  await expect(card(page).getByRole("status")).toContainText("less than 2 hours after saving, so the first run is the day after.");
  await save(page);
  await expect(page.getByText("Site saved")).toBeVisible();
  await page.reload();
  await expect(card(page).getByRole("status")).toContainText(/^Next run: .* less than 2 hours after saving, so the first run is the day after\.$/);
  await expect(card(page).getByRole("list", { name: "Selected versions" }).getByRole("listitem")).toHaveText(["AP410.12.27452 (production)", "AP450.15.31960 (rc2)"]);
  await expectAccessible(page);
  await expectAccessibleOnPhone(page);

  const reader = await addMember(owner.orgId, { role: "observer" });
  const client = await signedInClient(test.info().project.use.baseURL, reader.email);
  const { body } = await client.get(path);
  for (const text of ["AP41 0.12.27452", "Next run: "]) expect(body).toContain(text);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("SIT-7, X-5: versions are typed as lines; a wrong one is named with its line, and nothing typed is lost", async ({ page }) => {
    const { owner, path } = await newSite("firmware-typed");
    await openSignedIn(page, owner.email, path);
    await card(page).getByLabel("Enable Auto Update").check();
    await card(page).getByLabel("Auto upgrade to custom firmware").check();
    const lines = card(page).getByLabel("Version per model");
    await lines.fill("ap41 0.12.27452\nAP43 9.9");
    await card(page).getByLabel("Day of Week").selectOption("Tuesday");
    await save(page);
    await expect(lines).toHaveAccessibleDescription("Line 2: AP43 has no version 9.9");
    await expect(lines).toHaveValue("ap41 0.12.27452\nAP43 9.9");
    await lines.fill("ap41 0.12.27452");
    await save(page);
    await expect(page.getByText("Site saved")).toBeVisible();
    await page.goto(path);
    await expect(lines).toHaveValue("AP41 0.12.27452");
    await expect(card(page).getByRole("status")).toContainText(/^Next run: Tuesday, .*, 2:00 am, Copenhagen/);
  });
});
