import { expect, test } from "./fixtures.ts";
import { openSignedIn } from "./setup/pages.ts";
import { newOwner } from "./setup/test-data.ts";

test("X-11: leaving My Account with unsaved changes asks first and its card is marked; a dialog keeps what was typed", async ({ page }) => {
  const { email } = await newOwner("leaving");
  await openSignedIn(page, email, "/account");
  const phone = page.getByRole("textbox", { name: "Primary Phone" });
  await phone.fill("0351 998877");
  await expect(page.locator("section#account-information")).toHaveAttribute("data-changed", "");
  await page.getByRole("link", { name: "CHANGE" }).click();
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
