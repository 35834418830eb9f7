import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { type Browser, filled, signedInAs } from "./browser.ts";
import { openAs, tabTo } from "./setup/stage.ts";
import { addMember, addSites, newOwner, type Owner } from "./setup/test-data.ts";

const text = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
const told = (page: Page) => page.locator("[data-form-error]");
const said = (page: Page, words: string) => expect(page.getByText(words, { exact: true })).toBeVisible();

const ada = { firstName: "Ada", lastName: "Weir", role: "super_user" } as const;

async function newSite(owner: Owner) {
  const [id] = await addSites(owner, [{ name: "Quay Seven", streetAddress: "Mill Lane 3" }]);
  return `/orgs/${owner.orgId}/sites/${id}`;
}

/** Somebody else, who saves a site in between. */
async function colleague({ orgId }: Owner, path: string) {
  const { email } = await addMember(orgId, ada);
  const browser = await signedInAs(test.info().project.use.baseURL, email);
  return async (name: "name" | "streetAddress" | "country", value: string) => saveSite(browser, path, { [name]: value });
}

async function saveSite(browser: Browser, path: string, fields: Record<string, string>) {
  expect((await browser.send(filled(await browser.formOn(path, "Save"), fields))).status).toBe(303);
}

type SaveElsewhere = Awaited<ReturnType<typeof colleague>>;

async function saveTwice(page: Page, saveElsewhere: SaveElsewhere) {
  await saveElsewhere("name", "North Desk");
  await saveElsewhere("streetAddress", "Pier 1");
  await text(page, "Street address").fill("Mill Lane 5");
  await save(page);
  await expect(told(page)).toHaveText("Ada Weir saved this site after it was opened here. Compare what is marked, then save again");
  await expect(page.getByText("Ada Weir changed this to “Pier 1”")).toBeVisible();
  await expect(page.getByText("Ada Weir changed this to “North Desk”")).toBeVisible();
  await expect(text(page, "Street address")).toHaveValue("Mill Lane 5");
  await expect(text(page, "Street address")).toHaveAccessibleDescription(/Ada Weir changed this to “Pier 1”/);
  await expect(text(page, "Site Name (required)")).toHaveValue("North Desk");

  await saveElsewhere("country", "SE");
  await save(page);
  await expect(page.getByText("Ada Weir changed this to “Sweden”")).toBeVisible();
  await expect(page.getByText("Pier 1")).toHaveCount(0);
  await expect(text(page, "Street address")).toHaveValue("Mill Lane 5");
  await save(page);
  await said(page, "Site saved");
  await expect(text(page, "Site Name (required)")).toHaveValue("North Desk");
  await expect(text(page, "Street address")).toHaveValue("Mill Lane 5");
  await expect(page.getByLabel("Country")).toHaveValue("SE");
}

test("X-6, X-10: two people save a site; the second is told, again after a third save, and then saves knowingly", async ({ page }) => {
  const owner = await newOwner("conflict");
  const path = await newSite(owner);
  await openAs(page, owner.email, path);
  const saveElsewhere = await colleague(owner, path);
  await saveTwice(page, saveElsewhere);

  await text(page, "Street address").fill("Mill Lane 7");
  await saveElsewhere("streetAddress", "Pier 2");
  await text(page, "Street address").press("Enter");
  await expect(told(page)).toBeFocused();
  await expectAccessible(page);
  await tabTo(page, /^Take theirs/);
  await page.keyboard.press("Enter");
  await expect(text(page, "Street address")).toBeFocused();
  await expect(text(page, "Street address")).toHaveValue("Pier 2");
  await page.keyboard.press("Enter");
  await expect(told(page)).toHaveCount(0);
  await said(page, "Site saved");
  await expect(text(page, "Street address")).toHaveValue("Pier 2");
});

test.describe("without script", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5, X-6: two people save a site; the second is told, again after a third save, and then saves knowingly", async ({ page }) => {
    const owner = await newOwner("conflict");
    const path = await newSite(owner);
    await openAs(page, owner.email, path);
    await saveTwice(page, await colleague(owner, path));
  });
});

test("X-6: two Super Users change somebody's access; what only the first changed is taken over", async ({ page, context }) => {
  const owner = await newOwner("conflict");
  const { id } = await addMember(owner.orgId, ada);
  await newSite(owner);
  const path = `/orgs/${owner.orgId}/administrators/${id}`;
  await openAs(page, owner.email, path);
  const second = await context.newPage();
  await second.goto(path);
  await second.getByRole("radio", { name: "Observer", exact: false }).first().check();
  await second.getByRole("radio", { name: "Specific Sites" }).check();
  await second.getByRole("checkbox", { name: "Quay Seven" }).check();
  await save(second);
  await said(second, "Administrator saved");

  await page.getByRole("radio", { name: /^Helpdesk/ }).check();
  await save(page);
  await expect(told(page)).toContainText("You saved this access after it was opened here");
  await expect(page.getByText("You changed this to “Observer”")).toBeVisible();
  await expect(page.getByText("You changed this to “Specific Sites”")).toBeVisible();
  await expect(page.getByRole("radio", { name: /^Helpdesk/ })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Quay Seven" })).toBeChecked();
  await page.getByRole("button", { name: "Take that" }).click();
  await expect(page.getByRole("radio", { name: /^Observer/ })).toBeChecked();
  await expect(page.getByRole("radio", { name: /^Observer/ })).toBeFocused();
  await save(page);
  await said(page, "Administrator saved");
  await expect(page.getByRole("radio", { name: /^Observer/ })).toBeChecked();
});

test("X-6: of two windows on My Account the second is told, keeps what was typed, and saves knowingly", async ({ page, context }) => {
  const owner = await newOwner("conflict");
  await openAs(page, owner.email, "/account");
  const second = await context.newPage();
  await second.goto("/account");
  await text(page, "First Name (required)").fill("Augusta");
  await page.getByRole("checkbox", { name: "24-Hour Time" }).check();
  await save(page);
  await said(page, "Your account is saved");

  await text(second, "First Name (required)").fill("Bertha");
  await text(second, "Primary Phone").fill("0351 998877");
  await save(second);
  await expect(told(second)).toContainText("Your account was saved elsewhere after this page was opened");
  await expect(second.getByText("Another window changed this to “Augusta”")).toBeVisible();
  await expect(second.getByText("Another window changed this to “on”")).toBeVisible();
  await expect(second.getByRole("checkbox", { name: "24-Hour Time" })).toBeChecked();
  await expect(text(second, "First Name (required)")).toHaveValue("Bertha");
  await save(second);
  await said(second, "Your account is saved");
  await expect(text(second, "First Name (required)")).toHaveValue("Bertha");
  await expect(text(second, "Primary Phone")).toHaveValue("0351 998877");
  await expect(second.getByRole("checkbox", { name: "24-Hour Time" })).toBeChecked();
});
