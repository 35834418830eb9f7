import { expect, test } from "./fixtures.ts";

const refusal = "Enter one address, like name@example.com";

test("X-4: a page is not sent what its form is checked with before somebody turns to the form", async ({ page }) => {
  await page.goto("/recover");
  await page.waitForLoadState("networkidle");
  const come = page.waitForRequest((request) => request.resourceType() === "script");
  await page.getByLabel("Email").fill("nonsense");
  await come;
  await page.getByLabel("Email").blur();
  await expect(page.getByText(refusal)).toBeVisible();
});

test("X-4, X-5: on a line too slow for it, the form is sent and the server says the same", async ({ page }) => {
  await page.goto("/recover");
  await page.waitForLoadState("networkidle");
  await page.route("**/_next/static/**", () => {});
  await page.getByLabel("Email").fill("nonsense");
  await page.getByLabel("Email").press("Enter");
  await expect(page.getByText(refusal)).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("nonsense");
  await expect(page.getByLabel("Email")).toBeFocused();
});
