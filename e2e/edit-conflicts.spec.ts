import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { expectAccessible } from "./setup/accessibility.ts";
import { type HttpClient, fillForm, signedInClient } from "./setup/http-client.ts";
import { openSignedIn, tabTo } from "./setup/pages.ts";
import { addMember, addSites, newOwner, type Owner } from "./setup/test-data.ts";

const textbox = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
const formError = (page: Page) => page.locator("[data-form-error]");
const expectText = (page: Page, words: string) => expect(page.getByText(words)).toBeVisible();

const ada = { firstName: "Ada", lastName: "Weir", role: "super_user" } as const;

async function newSite(owner: Owner) {
  const [id] = await addSites(owner, [{ name: "Quay Seven", streetAddress: "Mill Lane 3" }]);
  return `/orgs/${owner.orgId}/sites/${id}`;
}

/** Another Super User; returns a function that saves the site as them. */
async function newColleague({ orgId }: Owner, path: string) {
  const { email } = await addMember(orgId, ada);
  const client = await signedInClient(test.info().project.use.baseURL, email);
  return async (name: "name" | "streetAddress" | "country", value: string) => saveSite(client, path, { [name]: value });
}

async function saveSite(client: HttpClient, path: string, fields: Record<string, string>) {
  expect((await client.send(fillForm(await client.formOn(path, "Save"), fields))).status).toBe(303);
}

type SaveAsColleague = Awaited<ReturnType<typeof newColleague>>;

async function saveTwice(page: Page, saveAsColleague: SaveAsColleague) {
  await saveAsColleague("name", "North Desk");
  await saveAsColleague("streetAddress", "Pier 1");
  await textbox(page, "Location").fill("Mill Lane 5");
  await save(page);
  await expect(formError(page)).toHaveText("Ada Weir changed this site after you opened it. Compare the marked fields, then save again");
  await expect(page.getByText("Ada Weir changed this to “Pier 1”")).toBeVisible();
  await expect(page.getByText("Ada Weir changed this to “North Desk”")).toBeVisible();
  await expect(textbox(page, "Location")).toHaveValue("Mill Lane 5");
  await expect(textbox(page, "Location")).toHaveAccessibleDescription(/Ada Weir changed this to “Pier 1”/);
  await expect(textbox(page, "Site Name (required)")).toHaveValue("North Desk");

  await saveAsColleague("country", "SE");
  await save(page);
  await expect(page.getByText("Ada Weir changed this to “Sweden”")).toBeVisible();
  await expect(page.getByText("Pier 1")).toHaveCount(0);
  await expect(textbox(page, "Location")).toHaveValue("Mill Lane 5");
  await save(page);
  await expectText(page, "Site saved");
  await expect(textbox(page, "Site Name (required)")).toHaveValue("North Desk");
  await expect(textbox(page, "Location")).toHaveValue("Mill Lane 5");
  await expect(page.getByLabel("Country")).toHaveValue("SE");
}

test("X-6, X-10: two people save a site; the second sees the conflict, again after a third save, and then resolves it", async ({ page }) => {
  const owner = await newOwner("conflict");
  const path = await newSite(owner);
  await openSignedIn(page, owner.email, path);
  const saveAsColleague = await newColleague(owner, path);
  await saveTwice(page, saveAsColleague);

  await textbox(page, "Location").fill("Mill Lane 7");
  await saveAsColleague("streetAddress", "Pier 2");
  await textbox(page, "Location").press("Enter");
  await expect(formError(page)).toBeFocused();
  await expectAccessible(page);
  await tabTo(page, /^Use theirs/);
  await page.keyboard.press("Enter");
  await expect(textbox(page, "Location")).toBeFocused();
  await expect(textbox(page, "Location")).toHaveValue("Pier 2");
  await page.keyboard.press("Enter");
  await expect(formError(page)).toHaveCount(0);
  await expectText(page, "Site saved");
  await expect(textbox(page, "Location")).toHaveValue("Pier 2");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("X-5, X-6: two people save a site; the second sees the conflict, again after a third save, and then resolves it", async ({ page }) => {
    const owner = await newOwner("conflict");
    const path = await newSite(owner);
    await openSignedIn(page, owner.email, path);
    await saveTwice(page, await newColleague(owner, path));
  });
});

test("X-6: two Super Users change the same access; fields that only the first changed are merged", async ({ page, context }) => {
  const owner = await newOwner("conflict");
  const { id } = await addMember(owner.orgId, ada);
  await newSite(owner);
  const path = `/orgs/${owner.orgId}/administrators/${id}`;
  await openSignedIn(page, owner.email, path);
  const second = await context.newPage();
  await second.goto(path);
  await second.getByRole("radio", { name: "Observer", exact: false }).first().check();
  await second.getByRole("radio", { name: "Specific Sites" }).check();
  await second.getByRole("checkbox", { name: "Quay Seven" }).check();
  await save(second);
  await expectText(second, "Administrator saved");

  await page.getByRole("radio", { name: /^Helpdesk/ }).check();
  await save(page);
  await expect(formError(page)).toContainText("You changed this access after you opened it");
  await expect(page.getByText("You changed this to “Observer”")).toBeVisible();
  await expect(page.getByText("You changed this to “Specific Sites”")).toBeVisible();
  await expect(page.getByRole("radio", { name: /^Helpdesk/ })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Quay Seven" })).toBeChecked();
  await page.getByRole("button", { name: "Use that" }).click();
  await expect(page.getByRole("radio", { name: /^Observer/ })).toBeChecked();
  await expect(page.getByRole("radio", { name: /^Observer/ })).toBeFocused();
  await save(page);
  await expectText(page, "Administrator saved");
  await expect(page.getByRole("radio", { name: /^Observer/ })).toBeChecked();
});

test("X-6: the second of two windows on My Account sees the conflict, keeps what was typed, and resolves it", async ({ page, context }) => {
  const owner = await newOwner("conflict");
  await openSignedIn(page, owner.email, "/account");
  const second = await context.newPage();
  await second.goto("/account");
  await textbox(page, "First Name (required)").fill("Augusta");
  await page.getByRole("checkbox", { name: "24-Hour Time" }).check();
  await save(page);
  await expectText(page, "Account saved");

  await textbox(second, "First Name (required)").fill("Bertha");
  await textbox(second, "Primary Phone").fill("0351 998877");
  await save(second);
  await expect(formError(second)).toContainText("Your account was changed elsewhere after you opened this page");
  await expect(second.getByText("Another window changed this to “Augusta”")).toBeVisible();
  await expect(second.getByText("Another window changed this to “on”")).toBeVisible();
  await expect(second.getByRole("checkbox", { name: "24-Hour Time" })).toBeChecked();
  await expect(textbox(second, "First Name (required)")).toHaveValue("Bertha");
  await save(second);
  await expectText(second, "Account saved");
  await expect(textbox(second, "First Name (required)")).toHaveValue("Bertha");
  await expect(textbox(second, "Primary Phone")).toHaveValue("0351 998877");
  await expect(second.getByRole("checkbox", { name: "24-Hour Time" })).toBeChecked();
});
