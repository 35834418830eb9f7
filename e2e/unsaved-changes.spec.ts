import { expect, test } from "./fixtures.ts";
import { clearSession, openSignedIn, signIn } from "./setup/pages.ts";
import { newOwner } from "./setup/test-data.ts";

test("X-11: leaving My Account with unsaved changes asks first and its card is marked; a dialog keeps what was typed", async ({ page }) => {
  const { email } = await newOwner("leaving");
  await openSignedIn(page, email, "/account");
  const phone = page.getByRole("textbox", { name: "Primary Phone" });
  await phone.fill("0351 998877");
  await expect(page.locator("section#account-information")).toHaveAttribute("data-changed", "");
  await page.getByRole("link", { name: "CHANGE email address", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Change Email" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/account$/);
  await expect(phone).toHaveValue("0351 998877");
  for (const leaving of [page.getByRole("link", { name: "Site Configuration" }), page.getByRole("button", { name: "Set up…" })]) {
    const confirmation = page.waitForEvent("dialog");
    const click = leaving.click();
    await (await confirmation).dismiss();
    await click;
    await expect(page).toHaveURL(/\/account$/);
    await expect(phone).toHaveValue("0351 998877");
  }
  await phone.fill("");
  await expect(page.locator("section#account-information")).not.toHaveAttribute("data-changed");

  const discard = page.getByRole("link", { name: "Discard" }).first();
  await expect(discard).toBeHidden();
  await phone.fill("0351 112233");
  await discard.click();
  await expect(phone).toHaveValue("");
  await expect(discard).toBeHidden();
  await page.setViewportSize({ width: 900, height: 420 });
  await page.mouse.wheel(0, 600);
  await expect(page.getByRole("button", { name: "Save", exact: true }).last()).toBeInViewport();
});

test("ACC-14, X-4: a form whose session has ended leads to sign-in and back, with what was typed", async ({ page }) => {
  const { email, orgId } = await newOwner("returning");
  await openSignedIn(page, email, `/orgs/${orgId}/sites/new`);
  await page.getByLabel("Site Name").fill("Quay Seven");
  await page.getByLabel("Country").selectOption("DK");
  await clearSession(page);
  await page.getByRole("button", { name: "Create Site" }).first().click();
  await expect(page.getByText("You are signed out")).toBeVisible();
  await page.getByRole("main").getByRole("alert").getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, email);
  await expect(page.getByText("We restored what you entered")).toBeVisible();
  await expect(page.getByLabel("Site Name")).toHaveValue("Quay Seven");
  await expect(page.getByLabel("Country")).toHaveValue("DK");
  await page.getByRole("button", { name: "Create Site" }).first().click();
  await expect(page.getByRole("link", { name: "Quay Seven" })).toBeVisible();
});

test("SES-12: what was typed before the session ended is not filled in for another account", async ({ page }) => {
  const [ada, bo] = [await newOwner("returning"), await newOwner("returning")];
  await openSignedIn(page, ada.email, "/account");
  const phone = page.getByRole("textbox", { name: "Primary Phone" });
  await phone.fill("0351 998877");
  await clearSession(page);
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await page.getByRole("main").getByRole("alert").getByRole("link", { name: "Sign in" }).click();
  await signIn(page, bo.email);
  await expect(page.getByRole("main").getByText(bo.email)).toBeVisible();
  await expect(phone).toHaveValue("");
  expect(await page.evaluate(() => window.sessionStorage.length)).toBe(0);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("ACC-14, X-5: a plain form whose session has ended leads to sign-in and back to its page", async ({ page }) => {
    const { email, orgId } = await newOwner("returning");
    await openSignedIn(page, email, `/orgs/${orgId}/sites/new`);
    await page.getByLabel("Site Name").fill("Quay Seven");
    await page.getByLabel("Country").selectOption("DK");
    await clearSession(page);
    await page.getByRole("button", { name: "Create Site" }).first().click();
    await expect(page.getByRole("heading", { name: /^Sign in/ })).toBeVisible();
    await signIn(page, email);
    await expect(page).toHaveURL(`/orgs/${orgId}/sites/new`);
    await expect(page.getByLabel("Site Name")).toBeVisible();
  });
});
