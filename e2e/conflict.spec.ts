import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { inDatabase, newOwner, type Owner } from "./setup/database.ts";
import { signIn, tabTo } from "./setup/stage.ts";

const text = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();
const told = (page: Page) => page.locator("[data-form-error]");
const said = (page: Page, words: string) => expect(page.getByText(words, { exact: true })).toBeVisible();

async function comeIn(page: Page, email: string) {
  await signIn(page, email);
  await expect(page.getByRole("heading", { name: "Site Configuration" })).toBeVisible();
}

/** Another Super User of an organization, and the id of their membership. */
async function newColleague({ orgId, accountId }: Owner, first: string, last: string) {
  const [id, membershipId] = [randomUUID(), randomUUID()];
  const email = `${first}-${id}@example.test`.toLowerCase();
  await inDatabase((sql) => sql`insert into accounts (id, email, first_name, last_name, password_hash, password_changed_at, analytics_allowed, terms_accepted_at)
    select ${id}, ${email}, ${first}, ${last}, password_hash, now(), 'no', now() from accounts where id = ${accountId}`);
  await inDatabase((sql) => sql`insert into memberships (id, organization_id, account_id, email, first_name, last_name, role, scope, accepted_at)
    values (${membershipId}, ${orgId}, ${id}, ${email}, ${first}, ${last}, 'super_user', 'all', now())`);
  return { email, membershipId };
}

async function newSite({ orgId }: Owner) {
  const id = randomUUID();
  await inDatabase((sql) => sql`insert into sites (id, organization_id, name, country, time_zone, street_address)
    values (${id}, ${orgId}, 'Quay Seven', 'DK', 'Europe/Copenhagen', 'Mill Lane 3')`);
  return `/orgs/${orgId}/sites/${id}`;
}

/** Somebody else, who saves a site in between. */
async function colleague(page: Page, email: string, path: string) {
  await comeIn(page, email);
  await page.goto(path);
  return async (name: string, value: string) => {
    await page.goto(path);
    await (name === "Country" ? page.getByLabel(name).selectOption(value) : text(page, name).fill(value));
    await save(page);
    await said(page, "Site saved");
  };
}

async function saveTwice(page: Page, saveElsewhere: (name: string, value: string) => Promise<void>) {
  await saveElsewhere("Site Name (required)", "North Desk");
  await saveElsewhere("Street address", "Pier 1");
  await text(page, "Street address").fill("Mill Lane 5");
  await save(page);
  await expect(told(page)).toHaveText("Ada Weir saved this site after it was opened here. Compare what is marked, then save again");
  await expect(page.getByText("Ada Weir changed this to “Pier 1”")).toBeVisible();
  await expect(page.getByText("Ada Weir changed this to “North Desk”")).toBeVisible();
  await expect(text(page, "Street address")).toHaveValue("Mill Lane 5");
  await expect(text(page, "Street address")).toHaveAccessibleDescription(/Ada Weir changed this to “Pier 1”/);
  await expect(text(page, "Site Name (required)")).toHaveValue("North Desk");

  await saveElsewhere("Country", "SE");
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

test("X-6, X-10: two people save a site; the second is told, again after a third save, and then saves knowingly", async ({ page, elsewhere }) => {
  const owner = await newOwner("conflict");
  const { email } = await newColleague(owner, "Ada", "Weir");
  const path = await newSite(owner);
  await comeIn(page, owner.email);
  await page.goto(path);
  const saveElsewhere = await colleague(await elsewhere(), email, path);
  await saveTwice(page, saveElsewhere);

  await text(page, "Street address").fill("Mill Lane 7");
  await saveElsewhere("Street address", "Pier 2");
  await text(page, "Street address").press("Enter");
  await expect(told(page)).toBeFocused();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
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

  test("X-5, X-6: two people save a site; the second is told, again after a third save, and then saves knowingly", async ({ page, elsewhere }) => {
    const owner = await newOwner("conflict");
    const { email } = await newColleague(owner, "Ada", "Weir");
    const path = await newSite(owner);
    await comeIn(page, owner.email);
    await page.goto(path);
    await saveTwice(page, await colleague(await elsewhere(), email, path));
  });
});

test("X-6: two Super Users change somebody's access; what only the first changed is taken over", async ({ page, context }) => {
  const owner = await newOwner("conflict");
  const { membershipId } = await newColleague(owner, "Ada", "Weir");
  await newSite(owner);
  await comeIn(page, owner.email);
  const second = await context.newPage();
  for (const one of [page, second]) await one.goto(`/orgs/${owner.orgId}/administrators/${membershipId}`);
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
  await comeIn(page, owner.email);
  const second = await context.newPage();
  for (const one of [page, second]) await one.goto("/account");
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
