import { expect, test } from "./fixtures.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addSites, newOwner } from "./setup/test-data.ts";

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
  await page.locator("html[data-hydrated]").waitFor();
  await page.route("**/_next/static/**", () => {});
  await page.getByLabel("Email").fill("nonsense");
  await page.getByLabel("Email").press("Enter");
  await expect(page.getByText(message)).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("nonsense");
  await expect(page.getByLabel("Email")).toBeFocused();
});

test("X-4: a navigation that takes 300 ms shows a progress bar until the page is there, a faster one shows none, and nothing is prefetched", async ({ page }) => {
  const owner = await newOwner("slow");
  await addSites(owner, [{ name: "Quay Seven" }]);
  const payloads: string[] = [];
  page.on("request", (request) => {
    if (request.headers().rsc === "1") payloads.push(new URL(request.url()).pathname);
  });
  await page.clock.install();
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}`);
  await page.locator("html[data-hydrated]").waitFor();
  await page.clock.pauseAt(Date.now() + 3_600_000);
  const bar = page.getByRole("progressbar", { name: "Loading" });
  const menu = page.getByRole("navigation", { name: "Main" });

  await menu.getByRole("link", { name: "Site Configuration" }).click();
  await expect(page.getByRole("heading", { name: "Site Configuration" })).toBeVisible();
  await page.clock.fastForward(1_000);
  await expect(bar).toHaveCount(0);
  expect(payloads).toEqual([`/orgs/${owner.orgId}/sites`]);

  for (const link of [menu.getByRole("link", { name: "Administrators" }), page.getByRole("link", { name: "Invite Administrator" })]) {
    let respond = () => {};
    await page.route("**/administrators**", async (route) => {
      await new Promise<void>((resolve) => (respond = resolve));
      await route.continue();
    }, { times: 1 });
    const request = page.waitForRequest("**/administrators**");
    await link.click();
    await request;
    await page.clock.fastForward(299);
    await expect(bar).toHaveCount(0);
    await page.clock.fastForward(1);
    await expect(bar).toBeVisible();
    respond();
    await expect(bar).toHaveCount(0);
  }
  await expect(page.getByRole("heading", { name: /Invite Administrator$/ })).toBeVisible();
});
