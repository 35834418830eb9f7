import { expect, test } from "./fixtures.ts";

const message = "Enter one email address, like name@example.com";

test("X-4: the schema of a form is loaded only when the form gets the focus", async ({ page }) => {
  await page.goto("/recover");
  await page.waitForLoadState("networkidle");
  const schemaRequest = page.waitForRequest((request) => request.resourceType() === "script");
  await page.getByLabel("Email").fill("nonsense");
  await schemaRequest;
  await page.getByLabel("Email").blur();
  await expect(page.getByText(message)).toBeVisible();
});

test("X-4, X-5: when the schema does not load, the form is submitted and the server validates it", async ({ page }) => {
  await page.goto("/recover");
  await page.waitForLoadState("networkidle");
  await page.route("**/_next/static/**", () => {});
  await page.getByLabel("Email").fill("nonsense");
  await page.getByLabel("Email").press("Enter");
  await expect(page.getByText(message)).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("nonsense");
  await expect(page.getByLabel("Email")).toBeFocused();
});
