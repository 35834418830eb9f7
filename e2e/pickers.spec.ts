import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { inDatabase } from "./setup/database.ts";
import { openSignedIn } from "./setup/pages.ts";
import { addSites, newOwner, type Owner } from "./setup/test-data.ts";
import { uniqueEmail } from "./setup/unique.ts";

test.describe.configure({ mode: "parallel" });

const laterSites = ["Store 207", "Store 311"];

/** An organization with 320 sites and 120 groups, and its Super User signed in. */
async function openManySites(page: Page): Promise<Owner> {
  const owner = await newOwner("pickers");
  const numbers = Array.from({ length: 320 }, (_, at) => String(at + 1).padStart(3, "0"));
  await addSites(owner, numbers.map((number) => ({ name: `Store ${number}`, group: Number(number) <= 120 ? `Region ${number}` : undefined })));
  await openSignedIn(page, owner.email, `/orgs/${owner.orgId}/sites`);
  return owner;
}

async function fillInvitation(page: Page, { orgId }: Owner) {
  await page.goto(`/orgs/${orgId}/administrators/invite`);
  await page.getByLabel("Email").fill(uniqueEmail("picked"));
  await page.getByLabel("First Name").fill("Nora");
  await page.getByLabel("Last Name").fill("Falk");
  await page.getByRole("radio", { name: /^Observer/ }).check();
  await page.getByRole("radio", { name: "Specific Sites" }).check();
}

const invite = (page: Page) => page.getByRole("button", { name: "Invite", exact: true }).click();
const picker = (page: Page, name = "Sites to choose from") => page.getByRole("group", { name });
const status = (of: Locator) => of.getByRole("status");

/** The sites granted to the invited person, from the database. */
const grantedSites = ({ orgId }: Owner) =>
  inDatabase((sql) => sql<{ name: string }[]>`select s.name from membership_scopes m join sites s on s.id = m.site_id where m.organization_id = ${orgId} order by s.name`).then(
    (rows) => rows.map(({ name }) => name),
  );

test("X-8, ADM-2: the search finds sites beyond the first 50, and exactly the picked ones are granted", async ({ page }) => {
  const owner = await openManySites(page);
  await fillInvitation(page, owner);
  const sites = picker(page);
  await expect(status(sites)).toHaveText("50 of 320");
  await expect(sites.getByRole("checkbox")).toHaveCount(50);
  await expect(page.getByLabel(/More sites by name/)).toBeHidden();
  await sites.getByRole("checkbox", { name: "Store 004" }).check();

  const search = sites.getByRole("searchbox");
  await search.fill("store 2");
  await expect(status(sites)).toHaveText("50 matches, 91 more");
  await expect(sites.getByRole("checkbox")).toHaveCount(50);
  await search.fill("207");
  await expect(status(sites)).toHaveText("1 match");
  await sites.getByRole("checkbox", { name: "Store 207" }).check();
  await expect(sites).toContainText("2 selected");

  await search.fill("311");
  await expect(sites.getByRole("checkbox")).toHaveCount(1);
  await expect(sites).toContainText("2 selected");
  await sites.getByRole("checkbox", { name: "Store 311" }).check();
  await search.fill("nowhere");
  await expect(status(sites)).toHaveText("No results");
  await expectAccessible(page);
  await search.press("Enter");
  await expect(page).toHaveURL(/invite$/);

  await search.fill("");
  await expect(sites.getByRole("checkbox", { checked: true })).toHaveCount(3);
  await expect(sites.locator("label").first()).toHaveText("Store 004");
  await sites.getByRole("checkbox", { name: "Store 004" }).uncheck();
  await expect(sites).toContainText("2 selected");
  await search.fill("nowhere");
  await invite(page);
  await expect(page.getByText("Invitation sent")).toBeVisible();
  expect(await grantedSites(owner)).toEqual(laterSites);

  await page.getByRole("link", { name: "Nora Falk" }).click();
  await expect(picker(page).getByRole("checkbox")).toHaveCount(50);
  await expect(picker(page).locator("label").nth(1)).toHaveText("Store 311");
  await expect(picker(page)).toContainText("2 selected");
  await picker(page).getByRole("checkbox", { name: "Store 207" }).uncheck();
  await picker(page).getByRole("searchbox").fill("320");
  await picker(page).getByRole("checkbox", { name: "Store 320" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Administrator saved")).toBeVisible();
  expect(await grantedSites(owner)).toEqual(["Store 311", "Store 320"]);
});

test("X-10: a site is found and picked by keyboard", async ({ page }) => {
  const owner = await openManySites(page);
  await fillInvitation(page, owner);
  await page.getByRole("radio", { name: "Specific Sites" }).focus();
  await page.keyboard.press("Tab");
  const search = picker(page).getByRole("searchbox");
  await expect(search).toBeFocused();
  await page.keyboard.type("207");
  await page.keyboard.press("Enter");
  await expect(status(picker(page))).toHaveText("1 match");
  await page.keyboard.press("Tab");
  await expect(picker(page).getByRole("checkbox", { name: "Store 207" })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(picker(page)).toContainText("1 selected");
  await page.keyboard.press("Shift+Tab");
  await expect(search).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("store 311");
  await expect(picker(page).getByRole("checkbox", { name: "Store 311" })).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.getByLabel("Email").press("Enter");
  await expect(page.getByText("Invitation sent")).toBeVisible();
  expect(await grantedSites(owner)).toEqual(laterSites);
});

test.describe("when the search fails", () => {
  test.use({ expectedConsoleErrors: [/Failed to load resource/] });

  test("X-4: the picker shows the error, keeps what is picked, and retries on Enter; an outdated response is dropped", async ({ page }) => {
    const owner = await openManySites(page);
    await fillInvitation(page, owner);
    const sites = picker(page);
    await sites.getByRole("checkbox", { name: "Store 004" }).check();
    await page.route(/\/sites\/options/, (route) => route.abort());
    await sites.getByRole("searchbox").fill("207");
    await expect(status(sites)).toHaveText("The search failed. Press Enter to try again.");
    await expect(sites).toContainText("1 selected");
    await page.unroute(/\/sites\/options/);
    await sites.getByRole("searchbox").press("Enter");
    await expect(sites.getByRole("checkbox", { name: "Store 207" })).toBeVisible();
    await expect(status(sites)).toHaveText("1 match");

    let respondToOld = () => {};
    const hold = new Promise<void>((resolve) => (respondToOld = resolve));
    await page.route(/search=store\+1/, async (route) => {
      await hold;
      await route.continue().catch(() => {});
    });
    const oldRequest = page.waitForRequest(/search=store\+1/);
    await sites.getByRole("searchbox").fill("store 1");
    await oldRequest;
    await sites.getByRole("searchbox").fill("311");
    await expect(sites.getByRole("checkbox", { name: "Store 311" })).toBeVisible();
    respondToOld();
    await expect(status(sites)).toHaveText("1 match");
    await invite(page);
    await expect(page.getByText("Invitation sent")).toBeVisible();
    expect(await grantedSites(owner)).toEqual(["Store 004"]);
  });
});

test("X-6: concurrently granted sites beyond the first 50 are named and can be merged", async ({ page }) => {
  const owner = await openManySites(page);
  await fillInvitation(page, owner);
  await picker(page).getByRole("checkbox", { name: "Store 001" }).check();
  await invite(page);
  await page.getByRole("link", { name: "Nora Falk" }).click();
  await picker(page).getByRole("checkbox", { name: "Store 003" }).check();
  await inDatabase((sql) => sql`update membership_scopes set site_id = s.id from sites s
    where s.organization_id = ${owner.orgId} and membership_scopes.organization_id = ${owner.orgId} and s.name = 'Store 207'`);
  await inDatabase((sql) => sql`update memberships set version = version + 1 where organization_id = ${owner.orgId} and account_id is null`);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(picker(page)).toContainText("changed this to “Store 207”");
  await expect(picker(page)).toContainText("2 selected");
  await picker(page).getByRole("button", { name: /^Use t/ }).click();
  await expect(picker(page)).toContainText("1 selected");
  await expect(picker(page).getByRole("checkbox", { name: "Store 207" })).toBeChecked();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Administrator saved")).toBeVisible();
  expect(await grantedSites(owner)).toEqual(["Store 207"]);
});

test("SIT-6: the group for several sites is found by search", async ({ page }) => {
  const owner = await openManySites(page);
  await page.goto(`/orgs/${owner.orgId}/sites`);
  await page.getByRole("checkbox", { name: "Select Store 001" }).check();
  await page.getByRole("button", { name: "Add to group" }).click();
  const groups = picker(page, "Site group");
  await groups.getByRole("radio", { name: "Region 004" }).check();
  await groups.getByRole("searchbox").fill("119");
  await expect(groups.getByRole("radio")).toHaveCount(2);
  await page.keyboard.press("Tab");
  await expect(groups.getByRole("radio", { name: "Region 004" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(groups.getByRole("radio", { name: "Region 119" })).toBeChecked();
  await page.getByRole("dialog").getByRole("button", { name: "Add to Group" }).click();
  await expect(page.getByText("Store 001: added to Region 119")).toBeVisible();
});

test("X-8: the palette links to the list of all matches", async ({ page }) => {
  await openManySites(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search pages, sites, people and actions" }).fill("store 2");
  await page.getByRole("option", { name: "All sites that match “store 2”" }).click();
  await expect(page).toHaveURL(/\/sites\?search=store%202$/);
  await expect(page.getByText("1–50 of 141")).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5, X-4: sites are picked by name; an unknown name is an error beside the field and loses nothing", async ({ page }) => {
    const owner = await openManySites(page);
    await fillInvitation(page, owner);
    await expect(picker(page).getByRole("searchbox")).toBeHidden();
    await expect(status(picker(page))).toHaveText("50 of 320");
    await page.getByRole("checkbox", { name: "Store 004" }).check();
    const names = page.getByLabel("More sites by name, one per line");
    await names.fill("store 207\nStore 999");
    await invite(page);
    await expect(names).toHaveValue("store 207\nStore 999");
    await expect(names).toHaveAccessibleDescription("No site is called “Store 999”");
    await expect(page.getByRole("checkbox", { name: "Store 004" })).toBeChecked();
    await names.fill("store 207\nStore 311");
    await invite(page);
    await expect(page.getByText("Invitation sent")).toBeVisible();
    expect(await grantedSites(owner)).toEqual(["Store 004", ...laterSites]);

    await page.getByRole("link", { name: "Nora Falk" }).click();
    await expect(picker(page).locator("label").nth(1)).toHaveText("Store 207");
    await page.getByRole("checkbox", { name: "Store 207" }).uncheck();
    await page.getByLabel("More sites by name, one per line").fill("Store 320");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Administrator saved")).toBeVisible();
    expect(await grantedSites(owner)).toEqual(["Store 004", "Store 311", "Store 320"]);
  });

  test("SIT-6: the group for several sites is picked by name", async ({ page }) => {
    const owner = await openManySites(page);
    await page.goto(`/orgs/${owner.orgId}/sites`);
    await page.getByRole("checkbox", { name: "Select Store 001" }).check();
    await page.getByRole("button", { name: "Add to group" }).click();
    await page.getByLabel("Or a site group by name").fill("region 119");
    await page.getByRole("dialog").getByRole("button", { name: "Add to Group" }).click();
    await expect(page.getByText("Store 001: added to Region 119")).toBeVisible();
  });
});
