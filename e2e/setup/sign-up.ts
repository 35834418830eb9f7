import { expect, type Page } from "@playwright/test";

export const newPassword = "violet-kettle-47-orbit";

/** Fills in the form of a new account, from the sign-in page, and waits for the page about the email. */
export async function signUp(page: Page, email: string, { firstName = "Ines", lastName = "Okafor", region = "Europe" } = {}): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Create Account" }).click();
  await expect(page.getByRole("heading", { name: "Create Account" })).toBeVisible();
  await page.getByRole("radio", { name: region }).check();
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("First Name").fill(firstName);
  await page.getByLabel("Last Name").fill(lastName);
  await page.getByRole("textbox", { name: "Password" }).fill(newPassword);
  await page.getByLabel(/I accept the terms/).check();
  await page.getByRole("button", { name: "Create Account" }).click();
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
}
