import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessibleInBothThemes, expectFitsPhone } from "./setup/accessibility.ts";
import { fillForm, signedInClient } from "./setup/http-client.ts";
import { openSignedIn } from "./setup/pages.ts";
import { newOwner } from "./setup/test-data.ts";

const differences = (page: Page) => page.getByRole("list", { name: "Differences" }).getByRole("listitem");

/** Changes settings three times, compares points and restores one value, then all of a point. */
async function journey(page: Page, baseURL: string | undefined) {
  const owner = await newOwner("history");
  const settings = `/orgs/${owner.orgId}/settings`;
  const client = await signedInClient(baseURL, owner.email);
  const changes = [["session_expiry", "60"], ["session_expiry", "120"], ["ui_idle_timeout", "15"]] as const;
  for (const [name, value] of changes) {
    expect((await client.send(fillForm(await client.formOn(settings, "Save"), { [name]: value }))).status).toBe(303);
  }
  await openSignedIn(page, owner.email, `${settings}/history`);
  await expect(differences(page)).toHaveText([/^Session Policy: Inactivity Timeout after\s*Default → 15/]);
  await page.getByRole("radio", { name: /^From: Before the oldest change/ }).check();
  await page.getByRole("radio", { name: /^To: / }).nth(1).check();
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(differences(page)).toHaveText([/^Session Policy: Session Timeout after\s*Default → 120/]);
  await page.getByRole("radio", { name: /^From: / }).nth(2).check();
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByRole("button", { name: /^Restore the first value/ }).click();
  await expect(page.getByText("Settings restored")).toBeVisible();
  await page.goto(settings);
  await expect(page.getByLabel(/^Session Timeout/)).toHaveValue("60");
  await expect(page.getByLabel(/^Inactivity Timeout/)).toHaveValue("15");
  await page.goto(`${settings}/history`);
  await page.getByRole("radio", { name: /^From: Before the oldest change/ }).check();
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(differences(page)).toHaveCount(2);
  await page.getByRole("button", { name: /^Restore All/ }).click();
  await expect(page.getByText("Settings restored")).toBeVisible();
  await page.goto(settings);
  await expect(page.getByLabel(/^Inactivity Timeout/)).toHaveValue("");
  await page.goto(`${settings}/history`);
}

test("ORG-31: two points of the history are compared, and one value or all of a point are restored", async ({ page, baseURL }) => {
  await journey(page, baseURL);
  await expectAccessibleInBothThemes(page);
  await expectFitsPhone(page);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ORG-31, X-5: the history compares and restores in plain pages", async ({ page, baseURL }) => {
    await journey(page, baseURL);
  });
});
