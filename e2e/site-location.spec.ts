import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { openSignedIn, tabTo } from "./setup/pages.ts";
import { addSites, newOwner } from "./setup/test-data.ts";

const location = (page: Page) => page.getByRole("textbox", { name: "Location", exact: true });
const map = (page: Page) => page.getByRole("region", { name: /^Map of the location/ });
const coordinates = (page: Page) => page.locator("input[name=latlng]");

async function openNewSite(page: Page): Promise<string> {
  const owner = await newOwner("location");
  const path = `/orgs/${owner.orgId}/sites`;
  await openSignedIn(page, owner.email, `${path}/new`);
  return path;
}

test("SIT-3, SIT-2: a place is suggested, typed as coordinates and clicked on the map, and proposes country and time zone", async ({ page }) => {
  const path = await openNewSite(page);
  await page.getByLabel("Site Name").fill("Ferry Quay");
  await location(page).fill("gdansk");
  await page.getByRole("list", { name: "Suggestions" }).getByRole("button", { name: "Gdańsk, Poland" }).click();
  await expect(page.getByText("Country set to Poland. Time zone set to Warsaw")).toBeVisible();
  await expect(location(page)).toHaveValue("Gdańsk, Poland");
  await expect(page.getByLabel("Country")).toHaveValue("PL");
  await expect(page.getByLabel("Time Zone")).toHaveValue("Europe/Warsaw");
  await expect(page.getByAltText("Location of the site").or(page.getByTitle("Location of the site"))).toBeVisible();

  await location(page).fill(`27° 43' N, 85° 19' E`);
  await expect(coordinates(page)).toHaveValue("27.716667, 85.316667");
  await expect(page.getByText("Time zone set to Kathmandu")).toBeVisible();
  await map(page).click({ position: { x: 40, y: 60 } });
  await expect(coordinates(page)).not.toHaveValue("27.716667, 85.316667");
  await expect(location(page)).toHaveValue(await coordinates(page).inputValue());
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create Site" }).click();
  await expect(page.getByText("Site created")).toBeVisible();

  await page.goto(`${path}?view=map`);
  await page.getByRole("button", { name: "Ferry Quay" }).click();
  await page.getByRole("link", { name: "Ferry Quay" }).click();
  await expect(page).toHaveURL(/\/sites\/[\w-]{36}$/);
});

test("SIT-3: the time zone of a saved site is offered, not changed, and the location is set by keyboard", async ({ page }) => {
  const owner = await newOwner("location");
  const [id] = await addSites(owner, [{ name: "Ferry Quay", streetAddress: "" }]);
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/sites/${id}`);
  const zone = await page.getByLabel("Time Zone").inputValue();
  await location(page).fill("-33.868889, 151.209444");
  await expect(page.getByText("The time zone there is Sydney")).toBeVisible();
  await expect(page.getByLabel("Time Zone")).toHaveValue(zone);
  await page.getByRole("button", { name: "Use this time zone" }).click();
  await expect(page.getByLabel("Time Zone")).toHaveValue("Australia/Sydney");

  await page.getByRole("button", { name: "Remove from map" }).click();
  await expect(coordinates(page)).toHaveValue("");
  await tabTo(page, /^Map of the location/);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(coordinates(page)).toHaveValue(/^-?\d/);
  await page.getByRole("button", { name: "Toggle fullscreen view" }).click();
  await expect(page.getByRole("button", { name: "Toggle fullscreen view" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Toggle fullscreen view" }).click();
  const typed = await coordinates(page).inputValue();
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await expect(page.getByText("Site saved")).toBeVisible();
  await expect(coordinates(page)).toHaveValue(typed);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("SIT-3, SIT-20, X-5: address and coordinates are typed, and the map leads to the list", async ({ page }) => {
    const path = await openNewSite(page);
    await page.getByLabel("Site Name").fill("Ferry Quay");
    await page.getByLabel("Country").selectOption("DE");
    await page.getByLabel("Time Zone").selectOption("Europe/Berlin");
    await page.getByLabel("Coordinates").fill("120, 10");
    await page.getByRole("button", { name: "Create Site" }).first().click();
    await expect(page.getByText("Latitude goes from -90 to 90")).toBeVisible();
    await expect(page.getByLabel("Coordinates")).toHaveValue("120, 10");
    await page.getByLabel("Coordinates").fill("54,32; 10,13");
    await location(page).fill("Kai 1, Kiel");
    await page.getByRole("button", { name: "Create Site" }).first().click();
    await expect(page.getByText("Site created")).toBeVisible();
    await page.goto(`${path}?view=map`);
    await expect(page.getByText("1 site on the map.")).toBeVisible();
    await page.getByRole("link", { name: "Show the sites as a list" }).click();
    await page.getByRole("link", { name: "Ferry Quay" }).click();
    await expect(page.getByLabel("Coordinates")).toHaveValue("54.32, 10.13");
  });
});
